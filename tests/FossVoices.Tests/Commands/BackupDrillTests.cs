using System.Text.Json;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Commands;

/// <summary>What somebody does whose machine has burnt, with what running-it.md told them to keep.</summary>
public sealed class BackupDrillTests : IDisposable
{
    private const string Canary = "quinquereme of Nineveh";

    private readonly Fossvoices _burnt = new();
    private readonly Fossvoices _new = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_new_machine_everything_can_be_read_again_except_what_was_withdrawn_since()
    {
        var (copy, keys) = (_new.File("db.copy", ""), _new.File("keys.copy", ""));
        await using (var database = await Database.OpenAsync(_burnt.Data, Cancellation))
        {
            await using var writer = new TurnWriter(database);
            var turns = new TurnStore(database, writer, TimeProvider.System);
            foreach (var id in new[] { "s1", "s2" })
                await AnswerAsync(database, turns, id);

            Assert.Equal(0, (await _burnt.SayAsync("backup", "--out", copy)).ExitCode); // While it is open.
            await turns.WithdrawAsync(SmallFlow.Study, "s2", Cancellation);
            Assert.Equal(0, (await _burnt.SayAsync("backup", "--keys", "--out", keys)).ExitCode);

            var running = await _burnt.SayAsync("restore", copy);
            Assert.Equal(3, running.ExitCode);
            Assert.Contains("stop FossVoices first", running.Error, StringComparison.Ordinal);
        }

        foreach (var file in new[] { copy, keys })
            Assert.True((await File.ReadAllBytesAsync(file, Cancellation)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Canary)) < 0, file);

        Assert.Equal(0, (await _new.SayAsync("restore", copy)).ExitCode);
        Assert.Equal(0, (await _new.SayAsync("restore", "--keys", keys)).ExitCode);
        var master = Path.Combine(_new.Data, "keys", "master.key");
        Assert.Contains("is missing", (await _new.SayAsync("doctor")).Error, StringComparison.Ordinal);
        File.Copy(Path.Combine(_burnt.Data, "keys", "master.key"), master);

        var doctor = await _new.SayAsync("doctor", "--json");
        Assert.Equal(1, doctor.ExitCode);
        using var found = JsonDocument.Parse(doctor.Out);
        Assert.Equal(1, found.RootElement.GetProperty("words").GetProperty("sealed").GetInt32());
        Assert.Equal("s2", found.RootElement.GetProperty("unreadable")[0].GetProperty("session").GetString());

        Assert.Equal(0, (await _new.SayAsync("rotate-key")).ExitCode);
        await using var restored = await Database.OpenAsync(_new.Data, Cancellation);
        await using var again = new TurnWriter(restored);
        var session = await new TurnStore(restored, again, TimeProvider.System).LoadAsync(SmallFlow.Study, "s1", Cancellation);
        Assert.Equal(new Value.Words(Canary), session!.Progress.Answers["role"].Value);
    }

    [Fact]
    public async Task A_sound_store_is_called_sound_and_a_file_that_is_no_backup_changes_nothing()
    {
        var doctor = await _new.SayAsync("doctor");
        Assert.Equal(0, doctor.ExitCode);
        Assert.StartsWith("Database: sound.", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("Files: their owner's alone.", doctor.Out, StringComparison.Ordinal);

        var copy = _new.File("keys.copy", "");
        await _new.SayAsync("backup", "--keys", "--out", copy);
        foreach (var wrong in new[] { _new.File("text", "no database at all"), copy })
        {
            var refused = await _new.SayAsync("restore", wrong);
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("is no sound backup of the database; nothing was changed", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await _new.SayAsync("doctor")).ExitCode);
    }

    public void Dispose()
    {
        _burnt.Dispose();
        _new.Dispose();
    }

    private static async Task AnswerAsync(Database database, TurnStore turns, string id)
    {
        var progress = Progress.Begin(SmallFlow.Flow, seed: 7);
        var facts = PathFacts.Of(FlowPath.Of(SmallFlow.Flow, progress));
        var session = new FossVoices.Sessions.Session(
            SmallFlow.Study, id, SmallFlow.Id, SmallFlow.Flow.Hash, $"person of {id}", "", new FossVoices.Sessions.Origin("web", ""), progress, 0,
            TimeProvider.System.GetUtcNow(), null, null);
        var receipt = FossVoices.Sessions.Receipt.Of(database.StudyKey(SmallFlow.Study), SmallFlow.Study, id);
        await turns.BeginAsync(SmallFlow.Study, $"begin {id}", session, facts, receipt.Fingerprint, "consent", new FossVoices.Studies.Bundle(session.FlowHash, session.Flow, "{}"), Cancellation);
        var answered = progress with { Answers = progress.Answers.SetItem("role", new Answer("role", new Value.Words(Canary), TimeProvider.System.GetUtcNow())) };
        await turns.TakeAsync(SmallFlow.Study, $"say {id}", id, 0, _ => new Decided(new Turn.Asked(answered, null), facts), Cancellation);
    }
}
