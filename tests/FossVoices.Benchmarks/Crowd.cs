using System.Globalization;
using FossVoices.Storage;

namespace FossVoices.Benchmarks;

/// <summary>Many respondents at once who answer one interview after the other, until the process is killed.</summary>
internal static class Crowd
{
    private const int Size = 16;

    /// <summary>Takes the database for itself until its input ends, as a program that hangs may.</summary>
    public static async Task<int> HoldAsync(string folder)
    {
        await using var database = await Database.OpenAsync(folder, CancellationToken.None);
        await using var connection = await database.OpenForWritingAsync(CancellationToken.None);
        await using var transaction = connection.BeginTransaction();
        await Console.Out.WriteLineAsync("held");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Prints a line for each turn that was acknowledged: the session and its revision.</summary>
    public static async Task<int> AnswerUntilKilledAsync(string folder, string name)
    {
        await using var database = await Database.OpenAsync(folder, CancellationToken.None);
        await using var writer = new TurnWriter(database);
        var turns = new TurnStore(database, writer, TimeProvider.System);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var oneAtATime = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Size).Select(async person =>
        {
            for (var round = 0; ; round++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{person}-{round}");
                var interview = new Interview(database, turns, id);
                for (var turn = 0; turn < Interview.Turns; turn++)
                {
                    var revision = await interview.TakeAsync(turn);
                    lock (oneAtATime)
                        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id} {revision}"));
                }
            }
        }));
        return 0;
    }
}
