using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using FossVoices.Discord;
using FossVoices.Tests.Discord;
using Microsoft.Data.Sqlite;

namespace FossVoices.Benchmarks;

/// <summary>
/// People who answer in Discord at once, over each transport. The bot runs in a process of its own; Discord and the people are this process, so that the bot's
/// processor time and memory are its own: the program as it is shipped, told where to find this Discord. At the end the bot is killed, and what it had acknowledged is counted in its database.
/// </summary>
internal static class DiscordBenchmark
{
    /// <summary>Choices that each person makes.</summary>
    private const int Choices = 4;

    private const int FirstPeople = 300;

    /// <summary>How long people read before they tap. They come evenly spread, so that a thousand tap two hundred times a second.</summary>
    private static readonly TimeSpan s_reads = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(int people, string studies)
    {
        var sound = true;
        foreach (var transport in new[] { Transport.Gateway, Transport.Http })
            sound &= await MeasureAsync(transport, people, studies);
        return sound ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(Transport transport, int people, string studies)
    {
        var data = Directory.CreateTempSubdirectory("fossvoices-bench-").FullName;
        await using var discord = await LoopbackDiscord.StartAsync(isChecked: false);
        var home = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        using var bot = Process.Start(Program(data, studies, home, transport, discord))!;
        var said = bot.StandardOutput.ReadToEndAsync();
        try
        {
            if (transport == Transport.Http)
                discord.Endpoint = new Uri(home, DiscordSettings.Path);
            while (discord.Commands.Count == 0 || (transport == Transport.Gateway && !discord.Gateway.HasListener))
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            var channel = discord.AddChannel("general");
            var opened = await discord.CommandAsync(discord.AddPerson("Olu", permissions: 1 << 5), channel, "voices-study open");
            await opened.Settled;
            // What starts up is compiled and opened by the first people; they are not measured.
            var before = (await Task.WhenAll(Enumerable.Range(0, FirstPeople).Select(i => AnswerAsync(discord, channel, [], i / (double)FirstPeople)))).Sum();

            var (cpu, clock, waits) = (Cpu(bot), Stopwatch.StartNew(), new List<double>());
            var kept = await Task.WhenAll(Enumerable.Range(0, people).Select(i => AnswerAsync(discord, channel, waits, i / (double)people)));
            var (took, spent, peak) = (clock.Elapsed, Cpu(bot) - cpu, Peak(bot));
            bot.Kill();
            await bot.WaitForExitAsync();
            await said;
            waits.Sort();
            var stored = await CountAsync(data) - before;
            var (p99, perClick) = (waits[waits.Count * 99 / 100], spent.TotalMilliseconds / waits.Count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{transport,-8}{people} people who read {s_reads.TotalSeconds:0} s before each tap, {waits.Count} taps in {took.TotalSeconds:0.0} s, {waits.Count(double.IsInfinity)} of them too late: CPU {perClick:0.00} ms a tap (aim: 1), acknowledged p50 {waits[waits.Count / 2]:0} ms, p99 {p99:0} ms (aim: 1000), peak {peak / 1e6:0} MB (aim: 300); {stored} of {kept.Sum()} acknowledged answers were in the database after a kill"));
            return stored >= kept.Sum() && perClick <= 1 && p99 <= 1000 && peak <= 300e6;
        }
        finally
        {
            if (!bot.HasExited)
                bot.Kill();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>From the invitation through some choices. Returns how many answers were acknowledged.</summary>
    /// <param name="waits">Gets the milliseconds until each click was acknowledged; infinite where Discord's three seconds went by.</param>
    /// <param name="share">Where within the time of reading this person stands, from 0 to 1.</param>
    private static async Task<int> AnswerAsync(LoopbackDiscord discord, LoopbackChannel channel, List<double> waits, double share)
    {
        await Task.Delay(s_reads * share, TimeProvider.System);
        var person = discord.AddPerson("Somebody");
        var invitation = discord.Seen(channel).Last(message => message.Buttons.Contains("Start"));
        var start = await discord.ClickAsync(person, invitation, "Start");
        if (!await DoneAsync(start))
            return 0;
        var own = start.Message!;
        var answers = 0;
        while (answers < Choices && (Offered(Act.Page) ?? Offered(Act.Agree) ?? Offered(Act.Quotes) ?? Offered(Act.Choose)) is { } next)
        {
            await Task.Delay(s_reads, TimeProvider.System);
            var isAnswer = next == Offered(Act.Choose);
            if (!await DoneAsync(await discord.ClickAsync(person, own, next)))
                return answers;
            answers += isAnswer ? 1 : 0;
        }

        return answers;

        string? Offered(Act act) => own.CustomIds.FirstOrDefault(id => CustomId.TryRead(id)?.Act == act);

        async Task<bool> DoneAsync(LoopbackInteraction clicked)
        {
            await clicked.Settled;
            lock (waits)
                waits.Add(clicked.Failure is null ? clicked.AnsweredAfter.TotalMilliseconds : double.PositiveInfinity);
            return clicked.Failure is null;
        }
    }

    /// <summary>The program itself, with its own settings of the runtime.</summary>
    private static ProcessStartInfo Program(string data, string studies, Uri home, Transport transport, LoopbackDiscord discord)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "fossvoices"), ["serve", "--data", data, "--studies", Path.GetFullPath(studies), "--urls", home.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = data, // Where no settings lie.
        };
        start.Environment["FOSSVOICES__DISCORD__TOKEN"] = LoopbackWorld.Token;
        start.Environment["FOSSVOICES__DISCORD__API"] = discord.Api.ToString();
        start.Environment["FOSSVOICES__DISCORD__TRANSPORT"] = transport.ToString();
        if (transport == Transport.Http)
            start.Environment["FOSSVOICES__DISCORD__PUBLICKEY"] = Convert.ToHexStringLower(discord.SigningKey.GeneratePublicKey().GetEncoded());
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static long Peak(Process process)
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    private static async Task<long> CountAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "fossvoices.db")};Pooling=false");
        return await connection.ExecuteScalarAsync<long>("select count(*) from answer");
    }
}
