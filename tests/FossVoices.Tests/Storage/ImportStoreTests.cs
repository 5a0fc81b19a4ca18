using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class ImportStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_withdrew_is_not_brought_back_by_importing_the_transcript_again()
    {
        await using var store = await Store.OpenAsync();
        var file = File("a.md", [("ADA", "tired"), ("BOB", "fine")]);
        await Import(store).TakeAsync(file, Cancellation);
        var ada = await store.AskAsync<string>("select s.session from session s join respondent r using (study, respondent) where r.name = 'ADA'");
        await store.Turns.WithdrawAsync("s", ada, Cancellation);

        var again = await Import(store).TakeAsync(file, Cancellation);
        var elsewhere = await Import(store).TakeAsync(File("b.md", [("ADA", "tired elsewhere")]), Cancellation);

        Assert.Equal(["ADA"], again.Left);
        Assert.Equal(["BOB"], again.Narrators);
        Assert.Equal((0, 0), (again.Added, again.Removed));
        Assert.Equal(["ADA"], elsewhere.Left);
        Assert.Empty(elsewhere.Narrators);
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from session"));
        Assert.Equal(1, await store.AskKeysAsync<long>("select count(*) from session_key"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from respondent where name = 'ADA'"));
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from left_narrator"));
    }

    [Fact]
    public async Task Turns_become_answers_with_the_question_that_preceded()
    {
        await using var store = await Store.OpenAsync();
        var imported = await Import(store).TakeAsync(File("a.md", [("ADA", "I built it."), ("BOB", "I broke it."), ("ADA", "Then I mended it.")]), Cancellation);

        Assert.Equal(["ADA", "BOB"], imported.Narrators);
        Assert.Equal((3, 0, 0, 0), (imported.Added, imported.Changed, imported.Unchanged, imported.Removed));
        var ada = await FindAsync(store, "ADA");
        Assert.Equal(
            [("turn-0001", "I built it."), ("turn-0002", "Then I mended it.")],
            ada.Progress.Answers.Values.OrderBy(a => a.Address, StringComparer.Ordinal).Select(a => (a.Address, ((Value.Words)a.Value).Text)));
        Assert.Equal(new Origin("import", "", Public: true), ada.Origin);
        Assert.NotNull(ada.FinishedAt);
        var uncoded = await CodingStoreTests.Coding(store).UncodedAsync("s", "lexicon", "1", 10, Cancellation);
        Assert.All(uncoded, turn => Assert.Equal(("And?", "upstream"), (turn.Question, turn.Side)));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_keeps_its_codes()
    {
        await using var store = await Store.OpenAsync();
        var file = File("a.md", [("ADA", "one"), ("ADA", "two")]);
        await Import(store).TakeAsync(file, Cancellation);
        await ReadAllAsync(store);
        store.Time.Advance(TimeSpan.FromDays(1));

        var again = await Import(store).TakeAsync(file, Cancellation);

        Assert.Equal((0, 0, 2, 0), (again.Added, again.Changed, again.Unchanged, again.Removed));
        Assert.Empty(await CodingStoreTests.Coding(store).UncodedAsync("s", "lexicon", "1", 10, Cancellation));
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from session"));
        Assert.Equal(1, await store.AskAsync<long>("select count(distinct at) from answer"));
    }

    [Fact]
    public async Task A_changed_file_replaces_what_it_held_and_only_that_is_read_again()
    {
        await using var store = await Store.OpenAsync();
        await Import(store).TakeAsync(File("a.md", [("ADA", "one"), ("ADA", "two"), ("ADA", "three"), ("BOB", "four")]), Cancellation);
        await ReadAllAsync(store);

        var changed = await Import(store).TakeAsync(File("a.md", [("ADA", "one"), ("ADA", "deux"), ("CLEO", "five")]), Cancellation);

        Assert.Equal((1, 1, 1, 2), (changed.Added, changed.Changed, changed.Unchanged, changed.Removed));
        Assert.Equal(
            ["deux", "five"],
            (await CodingStoreTests.Coding(store).UncodedAsync("s", "lexicon", "1", 10, Cancellation)).Select(turn => turn.Text).Order(StringComparer.Ordinal));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from respondent where name = 'BOB'"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from withdrawn"));
    }

    [Fact]
    public async Task One_narrator_of_two_files_is_one_respondent_with_two_sessions()
    {
        await using var store = await Store.OpenAsync();
        await Import(store).TakeAsync(File("a.md", [("ADA", "one")]), Cancellation);
        await Import(store).TakeAsync(File("b.md", [("ADA", "two")]), Cancellation);

        Assert.Equal(1, await store.AskAsync<long>("select count(*) from respondent"));
        Assert.Equal(2, await store.AskAsync<long>("select count(*) from session"));
    }

    [Fact]
    public async Task Names_are_kept_only_of_those_who_published_their_words()
    {
        await using var store = await Store.OpenAsync();
        await Import(store).TakeAsync(File("ada-lovelace.md", [("LOVELACE", "one")]) with { Public = false, Release = "count" }, Cancellation);
        await store.Database.ScrubAsync(Cancellation);
        Assert.False(store.Holds("LOVELACE"));
        Assert.False(store.Holds("ada-lovelace.md"));

        await Import(store).TakeAsync(File("ada-lovelace.md", [("LOVELACE", "one")]), Cancellation);
        Assert.Equal("LOVELACE", await store.AskAsync<string>("select name from respondent"));

        await Import(store).TakeAsync(File("ada-lovelace.md", [("LOVELACE", "one")]) with { Public = false }, Cancellation);
        await store.Database.ScrubAsync(Cancellation);
        Assert.False(store.Holds("LOVELACE"));
    }

    [Theory]
    [InlineData("none", "no")]
    [InlineData("count", "no")]
    [InlineData("anonymous", "anonymous")]
    public async Task The_release_says_whether_words_may_be_quoted(string release, string quotes)
    {
        await using var store = await Store.OpenAsync();
        await Import(store).TakeAsync(File("a.md", [("ADA", "one")]) with { Release = release }, Cancellation);

        Assert.Equal(quotes, (await FindAsync(store, "ADA")).Progress.Quotes);
        Assert.Equal(release == "none", (await CodingStoreTests.Coding(store).UncodedAsync("s", "lexicon", "1", 10, Cancellation)).Count == 0);
    }

    internal static ImportedFile File(string name, (string Narrator, string Words)[] turns, string side = "upstream") =>
        new("s", "", name, side, Public: true, "named", [.. turns.Select((turn, i) => new NarratedTurn(turn.Narrator, i + 1, "And?", turn.Words))]);

    internal static ImportStore Import(Store store) => new(store.Database, store.Writer, store.Time);

    private static async Task<Session> FindAsync(Store store, string narrator) =>
        (await store.Turns.FindAsync("s", Session.ImportedFlow, "", ImportStore.PseudonymOf(store.Database.StudyKey("s"), narrator), Cancellation))!;

    private static async Task ReadAllAsync(Store store)
    {
        var coding = CodingStoreTests.Coding(store);
        var all = await coding.UncodedAsync("s", "lexicon", "1", 100, Cancellation);
        await coding.SaveAsync("s", "lexicon", "1", [.. all.Select(turn => new CodedAnswer(turn.Session, turn.Address, turn.TextHash, []))], Cancellation);
    }
}
