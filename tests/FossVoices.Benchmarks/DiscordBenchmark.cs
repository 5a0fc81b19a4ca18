using System.Diagnostics;
using System.Globalization;
using Dapper;
using FossVoices.Discord;
using FossVoices.Host.Commands;
using FossVoices.Host.Web;
using FossVoices.Tests.Discord;
using Microsoft.Data.Sqlite;

namespace FossVoices.Benchmarks;

/// <summary>
/// People who answer in Discord at once, over each transport. The bot runs in a process of its own; Discord and the people are this process, so that the bot's
/// processor time and memory are its own. At the end the bot is killed, and what it had acknowledged is counted in its database.
/// </summary>
internal static class DiscordBenchmark
{
    /// <summary>Choices that each person makes.</summary>
    private const int Choices = 4;

    public static async Task<int> RunAsync(int people, string studies)
    {
        var sound = true;
        foreach (var transport in new[] { Transport.Gateway, Transport.Http })
            sound &= await MeasureAsync(transport, people, studies);
        return sound ? 0 : 1;
    }

    /// <summary>The bot: runs until its input ends. For this benchmark, which starts it.</summary>
    public static async Task<int> BeAsync(string data, string studies, string transport, string api, string key)
    {
        var over = Enum.Parse<Transport>(transport);
        var settings = new DiscordSettings(new BotToken(LoopbackWorld.Token), over, over == Transport.Http ? key : null, Guild: null, new Uri(api));
        await using var site = await Site.StartAsync(
            data, studies, "http://127.0.0.1:0", new Terminal(TextReader.Null, TextWriter.Null, Console.Error, TimeProvider.System), CancellationToken.None, discord: settings);
        await Console.Out.WriteLineAsync(site.Addresses[0]);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task<bool> MeasureAsync(Transport transport, int people, string studies)
    {
        var data = Directory.CreateTempSubdirectory("fossvoices-bench-").FullName;
        await using var discord = await LoopbackDiscord.StartAsync(isChecked: false);
        discord.Deadline = TimeSpan.FromSeconds(30); // Measured, not enforced: what is late is to be seen as a figure.
        using var bot = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, ["discord-bot", data, studies, transport.ToString(), discord.Api.ToString(), Convert.ToHexStringLower(discord.SigningKey.GeneratePublicKey().GetEncoded())])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var home = new Uri((await bot.StandardOutput.ReadLineAsync())!);
            if (transport == Transport.Http)
                discord.Endpoint = new Uri(home, DiscordSettings.Path);
            while (discord.Commands.Count == 0 || (transport == Transport.Gateway && !discord.Gateway.HasListener))
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            var channel = discord.AddChannel("general");
            var opened = await discord.CommandAsync(discord.AddPerson("Olu", permissions: 1 << 5), channel, "voices-study open");
            await opened.Settled;
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AnswerAsync(discord, channel, [])));

            var (cpu, clock, waits) = (Cpu(bot), Stopwatch.StartNew(), new List<double>());
            var kept = await Task.WhenAll(Enumerable.Range(0, people).Select(_ => AnswerAsync(discord, channel, waits)));
            var (took, spent, peak) = (clock.Elapsed, Cpu(bot) - cpu, Peak(bot));
            bot.Kill();
            await bot.WaitForExitAsync();
            waits.Sort();
            var stored = await CountAsync(data) - (100 * Choices);
            var (p99, perClick) = (waits[waits.Count * 99 / 100], spent.TotalMilliseconds / waits.Count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{transport,-8}{people} people, {waits.Count} clicks in {took.TotalSeconds:0.0} s: CPU {perClick:0.00} ms a click (aim: 1), acknowledged p50 {waits[waits.Count / 2]:0} ms, p99 {p99:0} ms (aim: 1000), peak {peak / 1e6:0} MB (aim: 300); {stored} of {kept.Sum()} acknowledged answers were in the database after a kill"));
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
    private static async Task<int> AnswerAsync(LoopbackDiscord discord, LoopbackChannel channel, List<double> waits)
    {
        var person = discord.AddPerson("Somebody");
        var invitation = discord.Seen(channel).Last(message => message.Buttons.Contains("Start"));
        var own = (await ClickAsync(invitation, "Start")).Message!;
        while (Offered(Act.Page) is { } page)
            await ClickAsync(own, page);
        await ClickAsync(own, Offered(Act.Agree)!);
        if (Offered(Act.Quotes) is { } quotes)
            await ClickAsync(own, quotes);
        var answers = 0;
        for (; answers < Choices && Offered(Act.Choose) is { } choice; answers++)
            await ClickAsync(own, choice);
        return answers;

        string? Offered(Act act) => own.CustomIds.FirstOrDefault(id => CustomId.TryRead(id)?.Act == act);

        async Task<LoopbackInteraction> ClickAsync(LoopbackMessage message, string control)
        {
            var clicked = await discord.ClickAsync(person, message, control);
            await clicked.Settled;
            lock (waits)
                waits.Add(clicked.AnsweredAfter.TotalMilliseconds);
            return clicked.Failure is null ? clicked : throw new InvalidOperationException(clicked.Failure);
        }
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
