using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// The one writer of a process. Turns wait in a queue; whatever waits is committed together, so that many people share the price of one write to the disk.
/// Each turn stands or falls alone, and nobody is told anything before the commit.
/// </summary>
internal sealed class TurnWriter : IAsyncDisposable
{
    private const int MostWaiting = 4096;
    private const int MostTogether = 256;

    private readonly Channel<Write> _waiting = Channel.CreateBounded<Write>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Func<CancellationToken, Task<PreparedConnection>> _open;
    private readonly Task _writing;
    private PreparedConnection? _connection;

    public TurnWriter(Database database)
        : this(database.OpenForWritingAsync)
    {
    }

    /// <param name="open">Opens the connection that writes: at first, and again after a failure.</param>
    public TurnWriter(Func<CancellationToken, Task<PreparedConnection>> open)
    {
        _open = open;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>
    /// Runs a turn inside a transaction and returns what it returns once that is on the disk. An exception out of the turn undoes this turn alone and comes back to
    /// the caller. The turn must do nothing but database work and arithmetic: everybody waits for it.
    /// </summary>
    /// <param name="cancellationToken">Counts until the turn is queued; after that it may be kept.</param>
    /// <exception cref="StorageUnavailable">Nothing was kept; the message asks to try again.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteTransaction, Task<T>> turn, CancellationToken cancellationToken)
    {
        var write = new Write<T>(turn);
        try
        {
            await _waiting.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageUnavailable("FossVoices is stopping; please try again in a minute.", e);
        }

        return await write.Kept;
    }

    /// <summary>Writes what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        await CloseAsync();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Write>(MostTogether);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            StorageUnavailable? failure = null;
            try
            {
                await CommitAsync(batch);
            }
            catch (Exception e) // Whatever it is, the next batch may do better, and an unhandled exception would end the writer.
            {
                failure = StorageUnavailable.JustNow(e);
                while (batch.Count < MostTogether && _waiting.Reader.TryRead(out var write))
                    batch.Add(write); // Who waited for a lock that never came is told so, too.
                await CloseAsync();
            }

            foreach (var write in batch)
                write.Settle(failure);
        }
    }

    private async Task CommitAsync(List<Write> batch)
    {
        _connection ??= await _open(CancellationToken.None);
        await using var transaction = _connection.BeginTransaction(); // BEGIN IMMEDIATE: never upgrades, so never deadlocks.
        while (batch.Count < MostTogether && _waiting.Reader.TryRead(out var write))
        {
            batch.Add(write);
            await write.TryAsync(transaction);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>After a failure the connection may be in any state; a new one is in a known one.</summary>
    private async Task CloseAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private abstract class Write
    {
        public abstract Task TryAsync(SqliteTransaction transaction);

        public abstract void Settle(StorageUnavailable? failure);
    }

    private sealed class Write<T>(Func<SqliteTransaction, Task<T>> turn) : Write
    {
        private static readonly object s_nothing = new();

        private readonly TaskCompletionSource<T> _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _exception;

        public Task<T> Kept => _kept.Task;

        public override async Task TryAsync(SqliteTransaction transaction)
        {
            await transaction.ExecuteAsync("savepoint turn", s_nothing);
            try
            {
                _result = await turn(transaction);
            }
            catch (Exception e) when (!StorageUnavailable.IsMeantBy(e))
            {
                _exception = e;
                await transaction.ExecuteAsync("rollback to turn", s_nothing);
            }

            await transaction.ExecuteAsync("release turn", s_nothing);
        }

        public override void Settle(StorageUnavailable? failure)
        {
            if ((_exception ?? failure) is { } exception)
                _kept.SetException(exception);
            else
                _kept.SetResult(_result!);
        }
    }
}
