using System.Diagnostics;
using System.Globalization;
using FossVoices.Storage;

namespace FossVoices.Benchmarks;

/// <summary>
/// How many turns a second one respondent can make, how many 128 can make together, and how many a loop written by hand makes with the same statements in batches
/// of the same size. All in one run, since speeds on shared machines compare only within one.
/// </summary>
internal static class TurnBenchmark
{
    private const int Together = 128;

    /// <summary>What else the machine does changes from second to second, so one round says little.</summary>
    private const int Rounds = 5;

    public static async Task<int> RunAsync(int seconds)
    {
        await MeasureAsync(Together, 2); // Compiles everything,
        await RawLoop.MeasureAsync(Together, 1); // the loop, too.
        var rounds = new List<(Measured One, Measured Many, Measured Raw)>();
        for (var round = 1; round <= Rounds; round++)
        {
            rounds.Add((await MeasureAsync(1, seconds), await MeasureAsync(Together, seconds), await RawLoop.MeasureAsync(Together, seconds)));
            Print("one respondent", rounds[^1].One);
            Print($"{Together} respondents", rounds[^1].Many);
            Print("by hand, in batches", rounds[^1].Raw);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Median of {Rounds} rounds: {Together} to one {Median(r => r.Many.PerSecond / r.One.PerSecond):0.0} times (aim: 4); of the loop by hand {Median(r => r.Many.PerSecond / r.Raw.PerSecond):P0} (aim: 60 %); p99 {Median(r => r.Many.P99):0} ms (aim: 250); CPU {Median(r => r.Many.CpuPerTurn):0.000} ms a turn (aim: 0.25), of the loop by hand {Median(r => r.Raw.CpuPerTurn):0.000}"));
        return 0;

        double Median(Func<(Measured One, Measured Many, Measured Raw), double> of) => rounds.Select(of).Order().ElementAt(Rounds / 2);
    }

    private static void Print(string what, Measured measured) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-26}{measured.PerSecond,8:0} turns/s   p50 {measured.P50,6:0.0} ms   p99 {measured.P99,6:0.0} ms   CPU {measured.CpuPerTurn,6:0.000} ms a turn"));

    private static async Task<Measured> MeasureAsync(int respondents, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-bench-").FullName;
        try
        {
            await using var database = await Database.OpenAsync(folder, CancellationToken.None);
            await using var writer = new TurnWriter(database);
            var turns = new TurnStore(database, writer, TimeProvider.System);
            var clock = Stopwatch.StartNew();
            var cpu = Environment.CpuUsage.TotalTime;
            var taken = await Task.WhenAll(Enumerable.Range(0, respondents).Select(person => Task.Run(() => AnswerAsync(database, turns, person, clock, TimeSpan.FromSeconds(seconds)))));
            return Measured.Of([.. taken.SelectMany(t => t)], clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Answers until the time is over; returns how long each turn took, in milliseconds.</summary>
    private static async Task<List<double>> AnswerAsync(Database database, TurnStore turns, int person, Stopwatch clock, TimeSpan until)
    {
        var took = new List<double>();
        for (var round = 0; clock.Elapsed < until; round++)
        {
            var interview = new Interview(database, turns, string.Create(CultureInfo.InvariantCulture, $"{person}-{round}"));
            for (var turn = 0; turn < Interview.Turns; turn++)
            {
                var start = clock.Elapsed;
                await interview.TakeAsync(turn);
                took.Add((clock.Elapsed - start).TotalMilliseconds);
            }
        }

        return took;
    }
}

/// <param name="P50">Milliseconds; half of the turns took no longer.</param>
/// <param name="CpuPerTurn">Milliseconds of processor time of the whole process.</param>
internal sealed record Measured(double PerSecond, double P50, double P99, double CpuPerTurn)
{
    public static Measured Of(List<double> took, TimeSpan elapsed, TimeSpan cpu)
    {
        took.Sort();
        return new Measured(took.Count / elapsed.TotalSeconds, took[took.Count / 2], took[took.Count * 99 / 100], cpu.TotalMilliseconds / took.Count);
    }
}
