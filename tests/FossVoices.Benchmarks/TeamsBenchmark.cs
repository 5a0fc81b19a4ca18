using System.Diagnostics;
using System.Globalization;

namespace FossVoices.Benchmarks;

/// <summary>
/// Turns of 64 people in Teams: ours, with tokens checked, cards, and every answer on the disk before it is acknowledged, beside Microsoft's own SDK for
/// node with a waterfall of ten questions in memory. Both are processes of their own behind the same connector on this machine, in the same run; a turn is
/// what somebody says or presses, until the next question has come. Only the bots' processor time counts.
/// </summary>
internal static class TeamsBenchmark
{
    private const int People = 64;
    private const int WarmTurns = 12_000;
    private const string Sdk = "botbuilder@4.23.3";
    private const string Dialogs = "botbuilder-dialogs@4.23.3";

    public static async Task<int> RunAsync(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-bench-").FullName;
        try
        {
            await using var platform = await TeamsPlatform.StartAsync();
            var ours = await OursAsync(platform, folder, seconds);
            Print("FossVoices, durable", ours);
            if (await PeerAsync(platform, folder, seconds) is { } peer)
            {
                Print("botbuilder, in memory", peer);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peer.CpuPerTurn / ours.CpuPerTurn:0.0} times the turns a CPU-second (aim: 10); p99 {ours.P99:0} ms (aim: 250)"));
            }
            else
            {
                Console.WriteLine("botbuilder: skipped, since npm is not here or can't install it.");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measured> OursAsync(TeamsPlatform platform, string folder, int seconds)
    {
        using var bot = await BotProcess.StartAsync(folder, Environment.ProcessPath!, "teams-serve", Path.Combine(folder, "data"), TeamsStudy.Write(folder), platform.Address);
        return await MeasureAsync(bot, seconds, (person, round) => new CardPerson(platform, bot.Endpoint, $"{person}-{round}"));
    }

    private static async Task<Measured?> PeerAsync(TeamsPlatform platform, string folder, int seconds)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, "peer")).FullName;
        if (!await BotProcess.TryRunAsync(home, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", home, Sdk, Dialogs))
            return null;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "botbuilder.cjs"), Path.Combine(home, "bot.cjs"));
        using var bot = await BotProcess.StartAsync(home, "node", "bot.cjs");
        return await MeasureAsync(bot, seconds, (person, round) => new TypingPerson(platform, bot.Endpoint, $"{person}-{round}"));
    }

    private static async Task<Measured> MeasureAsync(BotProcess bot, int seconds, Func<int, int, ITeamsPerson> person)
    {
        // Until everything is compiled: by turns, since on a busy machine seconds say little. Compiling took a third of the processor in the first half minute.
        await AnswerAsync(TimeSpan.FromMinutes(2), round: 1_000_000, enough: WarmTurns);
        var cpu = bot.Cpu;
        var clock = Stopwatch.StartNew();
        var took = await AnswerAsync(TimeSpan.FromSeconds(seconds), round: 0, enough: int.MaxValue);
        return Measured.Of(took, clock.Elapsed, bot.Cpu - cpu);

        async Task<List<double>> AnswerAsync(TimeSpan until, int round, int enough)
        {
            var from = Stopwatch.StartNew();
            var turns = 0;
            var all = await Task.WhenAll(Enumerable.Range(0, People).Select(i => Task.Run(async () =>
            {
                var own = new List<double>();
                for (var again = round; Goes(); again++)
                {
                    var its = person(i, again);
                    for (var more = true; more && Goes();)
                    {
                        var began = from.Elapsed;
                        more = await its.TurnAsync();
                        own.Add((from.Elapsed - began).TotalMilliseconds);
                        Interlocked.Increment(ref turns);
                    }
                }

                return own;
            })));
            return [.. all.SelectMany(own => own)];

            bool Goes() => from.Elapsed < until && Volatile.Read(ref turns) < enough;
        }
    }

    private static void Print(string what, Measured measured) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-24}{measured.PerSecond,8:0} turns/s   {1000 / measured.CpuPerTurn,8:0} turns a CPU-second   CPU {measured.CpuPerTurn,6:0.000} ms a turn   p50 {measured.P50,6:0.0} ms   p99 {measured.P99,6:0.0} ms"));
}
