using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class VaultTests
{
    private const string Canary = "quinquereme of Nineveh";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_are_in_no_file_while_they_are_kept()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", Canary);

        Assert.False(store.Holds(Canary));
        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
        await store.ReopenAsync();
        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
    }

    [Fact]
    public async Task Words_from_before_there_were_keys_still_read_and_are_sealed_when_they_change()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", "New words.");
        await store.DoAsync($"update answer set words = x'01{Convert.ToHexString("Old words."u8)}' where words is not null");
        await store.DoKeysAsync("delete from session_key");

        Assert.Equal(new Value.Words("Old words."), await WordsAsync(store, "s1"));

        await store.SayAsync("c1", new Reply.Change("why"));
        await store.SayAsync("c2", new Reply.Said(Canary));
        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
        Assert.False(store.Holds(Canary));
    }

    [Theory]
    [InlineData("update answer set words = (select words from answer where session = 's2' and words is not null) where session = 's1' and words is not null")]
    [InlineData("update answer set address = 'why#rest' where session = 's1' and words is not null")]
    [InlineData("update answer set words = cast(words || x'00' as blob) where session = 's1' and words is not null")]
    [InlineData("update answer set words = substr(words, 1, 9) where session = 's1' and words is not null")]
    public async Task Words_that_were_moved_or_changed_are_not_taken_for_what_was_said(string meddling)
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", "The first.");
        await AnswerAsync(store, "s2", "The other.");

        await store.DoAsync(meddling);

        var refused = await Assert.ThrowsAsync<StorageUnavailable>(() => store.LoadAsync("s1"));
        Assert.Contains("do not fit their key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_withdrawal_an_old_copy_of_the_database_cannot_be_read()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", Canary);
        await AnswerAsync(store, "s2", "The other.");
        await store.DoAsync($"vacuum into '{store.Database.File}.old'");

        await store.Turns.WithdrawAsync(SmallFlow.Study, "s1", Cancellation);
        await store.CloseAsync();
        File.Move($"{store.Database.File}.old", store.Database.File, overwrite: true);
        await store.ReopenAsync();

        var refused = await Assert.ThrowsAsync<StorageUnavailable>(() => store.LoadAsync("s1"));
        Assert.Contains("is gone", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new Value.Words("The other."), await WordsAsync(store, "s2"));
    }

    [Fact]
    public async Task A_key_without_a_session_is_destroyed_after_an_hour_and_others_stay()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", Canary);
        await store.Database.Vault.MakeAsync(SmallFlow.Study, "never begun", store.Time.GetUtcNow(), Cancellation);

        Assert.Equal(0, await store.Turns.DestroyStrayKeysAsync(store.Time.GetUtcNow(), Cancellation));
        Assert.Equal(1, await store.Turns.DestroyStrayKeysAsync(store.Time.GetUtcNow().AddHours(1), Cancellation));

        Assert.Null(store.Database.Vault.Find(SmallFlow.Study, "never begun"));
        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
    }

    [Fact]
    public async Task Somebody_who_had_begun_already_leaves_no_key_behind()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1");

        Assert.IsType<Kept.Before>(await store.TryBeginAsync("another device", "ada", "s2"));
        Assert.IsType<Kept.Before>(await store.TryBeginAsync("begin s1", "ada", "s1"));

        Assert.Equal("s1", await store.AskKeysAsync<string>("select group_concat(session) from session_key"));
    }

    [Fact]
    public async Task Keys_are_wrapped_anew_while_another_process_serves()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", Canary);
        var before = (await File.ReadAllBytesAsync(MasterFile(store), Cancellation), store.Database.StudyKey("s"));

        await using (var other = await Database.OpenAsync(store.Folder, given: null, Cancellation))
            Assert.Equal(1, await other.Vault.RotateAsync(next: null, Cancellation));

        Assert.NotEqual(before.Item1, await File.ReadAllBytesAsync(MasterFile(store), Cancellation));
        await AnswerAsync(store, "s2", "The other."); // With a key made by a process that has not been told.
        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
        await store.ReopenAsync();
        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
        Assert.Equal(new Value.Words("The other."), await WordsAsync(store, "s2"));
        Assert.Equal(before.Item2, store.Database.StudyKey("s"));
    }

    [Fact]
    public async Task A_rotation_that_was_cut_off_before_the_new_master_key_was_in_place_is_finished()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", Canary);
        var old = await File.ReadAllBytesAsync(MasterFile(store), Cancellation);
        await store.Database.Vault.RotateAsync(next: null, Cancellation);
        await store.CloseAsync();
        File.Move(MasterFile(store), MasterFile(store) + ".next");
        await File.WriteAllBytesAsync(MasterFile(store), old, Cancellation);

        await store.ReopenAsync();

        Assert.Equal(new Value.Words(Canary), await WordsAsync(store, "s1"));
        Assert.False(File.Exists(MasterFile(store) + ".next"));
    }

    [Fact]
    public async Task Without_the_file_of_keys_a_database_with_words_is_refused()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", Canary);
        await store.CloseAsync();
        File.Delete(store.Database.Vault.File);

        var refused = await Assert.ThrowsAsync<StorageUnavailable>(store.ReopenAsync);

        Assert.Contains("without it nobody's words can be read", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(store.Database.Vault.File));
    }

    [Fact]
    public async Task A_database_from_before_there_were_session_keys_keeps_its_pseudonyms()
    {
        await using var store = await Store.OpenAsync();
        var master = MasterKey.Read(MasterFile(store))!;
        await store.DoAsync($"update master_key set fingerprint = '{master.Fingerprint}'");
        await store.CloseAsync();
        File.Delete(store.Database.Vault.File);

        await store.ReopenAsync();

        Assert.Equal(master.AsRoot().OfStudy("s"), store.Database.StudyKey("s"));
    }

    [Fact]
    public async Task A_master_key_that_is_given_is_written_nowhere()
    {
        var folder = Store.NewFolder();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "given.key");
        var given = MasterKey.Make(file);
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        File.Delete(file);

        await using (await Database.OpenAsync(folder, given, Cancellation))
        {
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), f => File.ReadAllBytes(f).AsSpan().IndexOf(bytes) >= 0);
        await Assert.ThrowsAsync<StorageUnavailable>(() => Database.OpenAsync(folder, given: null, Cancellation));
        Directory.Delete(folder, recursive: true);
    }

    private static string MasterFile(Store store) => Path.Combine(store.Folder, "keys", "master.key");

    private static async Task<Value> WordsAsync(Store store, string session) => (await store.LoadAsync(session)).Progress.Answers["why"].Value;

    internal static async Task AnswerAsync(Store store, string id, string words)
    {
        await store.BeginAsync($"person of {id}", id);
        await store.SayAsync($"{id} 1", SmallFlow.Choose("upstream"), id);
        await store.SayAsync($"{id} 2", SmallFlow.Choose("4"), id);
        await store.SayAsync($"{id} 3", SmallFlow.Choose("2"), id);
        await store.SayAsync($"{id} 4", new Reply.Said(words), id);
    }
}
