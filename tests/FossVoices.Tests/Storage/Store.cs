using System.Text;
using Dapper;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Microsoft.Extensions.Time.Testing;

namespace FossVoices.Tests.Storage;

/// <summary>A real database in a folder of its own, gone when the test is over.</summary>
internal sealed class Store : IAsyncDisposable
{
    private Store(string folder, Database database)
    {
        (Folder, Database) = (folder, database);
        Writer = new TurnWriter(database);
        Turns = new TurnStore(database, Writer, Time);
    }

    public string Folder { get; }

    public Database Database { get; private set; }

    public TurnWriter Writer { get; private set; }

    public TurnStore Turns { get; private set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"fossvoices-{Path.GetRandomFileName()}");

    public static Task<Store> OpenAsync() => OpenAsync(NewFolder(), _ => { });

    /// <param name="opened">Sees every connection that is opened.</param>
    public static async Task<Store> OpenAsync(string folder, Action<PreparedConnection> opened) =>
        new(folder, await Database.OpenAsync(folder, given: null, opened, Cancellation));

    /// <summary>Turns go through another writer until what this returns is disposed of.</summary>
    public IDisposable With(TurnWriter writer)
    {
        var before = Turns;
        Turns = new TurnStore(Database, writer, Time);
        return new Undo(() => Turns = before);
    }

    /// <summary>What a restart does.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        Database = await Database.OpenAsync(Folder, Cancellation);
        Writer = new TurnWriter(Database);
        Turns = new TurnStore(Database, Writer, Time);
    }

    public async Task CloseAsync()
    {
        await Writer.DisposeAsync();
        await Database.DisposeAsync();
    }

    public async Task<Session> BeginAsync(string person = "ada", string id = "s1", string flow = SmallFlow.Id, Origin? origin = null, string wave = "", DateTimeOffset? keepUntil = null)
    {
        var kept = await TryBeginAsync($"begin {id}", person, id, flow, origin, wave, keepUntil);
        return Assert.IsType<Kept.Now>(kept).Session;
    }

    public Task<Kept> TryBeginAsync(
        string delivery, string person, string id, string flow = SmallFlow.Id, Origin? origin = null, string wave = "", DateTimeOffset? keepUntil = null)
    {
        var progress = Progress.Begin(SmallFlow.Flow, seed: 7);
        var session = new Session(
            SmallFlow.Study, id, flow, SmallFlow.Flow.Hash, person, wave, origin ?? new Origin("web", ""), progress, 0, Time.GetUtcNow(), null, null, keepUntil);
        var receipt = Receipt.Of(Database.StudyKey(SmallFlow.Study), SmallFlow.Study, id);
        return Turns.BeginAsync(SmallFlow.Study, delivery, session, Facts(progress), receipt.Fingerprint, "consent", new Bundle(session.FlowHash, flow, "{}"), Cancellation);
    }

    public Task<Kept> SayAsync(string delivery, Reply reply, string session = "s1", int? asked = null, Heard? heard = null) => Turns.TakeAsync(
        SmallFlow.Study,
        delivery,
        session,
        asked,
        s =>
        {
            var turn = FlowEngine.Take(SmallFlow.Flow, s.Progress, reply, heard, Time.GetUtcNow());
            return new Decided(turn, Facts(turn.Progress));
        },
        Cancellation);

    public async Task<Session> LoadAsync(string session = "s1") =>
        await Turns.LoadAsync(SmallFlow.Study, session, Cancellation) ?? throw new InvalidOperationException($"no session {session}");

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await Database.ReadAsync(Cancellation);
        return (await connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, cancellationToken: Cancellation)))!;
    }

    public async Task DoAsync(string sql)
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Cancellation));
    }

    public async Task DoKeysAsync(string sql)
    {
        await using var connection = await SqliteFile.OpenForWritingAsync(Database.Vault.File, Cancellation);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Cancellation));
    }

    public async Task<T> AskKeysAsync<T>(string sql)
    {
        await using var connection = await SqliteFile.OpenForReadingAsync(Database.Vault.File, Cancellation);
        return (await connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, cancellationToken: Cancellation)))!;
    }

    /// <summary>Whether the text is anywhere in the data folder: database, log, index of the log, copies.</summary>
    public bool Holds(string text) => Holds(Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text));

    public bool Holds(params byte[][] forms)
    {
        return Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(ReadShared)
            .Any(bytes => forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static PathFacts Facts(Progress progress) => PathFacts.Of(FlowPath.Of(SmallFlow.Flow, progress));

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
