using Dapper;
using FossVoices.Discord;
using FossVoices.Host.Commands;
using FossVoices.Host.Web;
using FossVoices.Tests.Web;
using Microsoft.Data.Sqlite;

namespace FossVoices.Tests.Discord;

/// <summary>The whole program in a Discord on loopback: its own server and database, and people who click.</summary>
internal sealed class InDiscord : IAsyncDisposable
{
    private readonly Transport _transport;
    private readonly bool _direct;
    private Site? _site;

    private InDiscord(LoopbackDiscord discord, Transport transport, string studies, bool direct)
    {
        (Discord, _transport, Studies, _direct) = (discord, transport, studies, direct);
        Channel = discord.AddChannel("general");
        Organiser = discord.AddPerson("Olu", permissions: 1 << 5);
    }

    public LoopbackDiscord Discord { get; }

    public LoopbackChannel Channel { get; }

    public DiscordPerson Organiser { get; }

    public string Data { get; } = Directory.CreateTempSubdirectory("voices-").FullName;

    /// <summary>The folder of studies.</summary>
    public string Studies { get; }

    /// <summary>What was logged.</summary>
    public StringWriter Log { get; } = new();

    public Uri Home => new(_site!.Addresses[0]);

    /// <summary>The invitation in the channel.</summary>
    public LoopbackMessage Invitation => InvitationIn(Channel);

    public LoopbackMessage InvitationIn(LoopbackChannel channel) => Discord.Seen(channel).Last(message => message.Buttons.Contains("Start"));

    /// <param name="studies">The folder of studies; null for a small one.</param>
    /// <param name="direct">Whether the bot reads direct messages.</param>
    public static async Task<InDiscord> StartAsync(Transport transport = Transport.Gateway, string? studies = null, bool direct = false)
    {
        var program = new InDiscord(await LoopbackDiscord.StartAsync(), transport, studies ?? Served.Garden, direct);
        await program.StartAgainAsync();
        return program;
    }

    /// <summary>An organiser opens the study in the channel.</summary>
    public Task<LoopbackMessage> InviteAsync() => InviteAsync(Channel);

    public async Task<LoopbackMessage> InviteAsync(LoopbackChannel channel)
    {
        await Discord.CommandAsync(Organiser, channel, "voices-study open");
        await LoopbackBot.Until(() => Discord.Seen(channel).Any(message => message.Buttons.Contains("Start")));
        return InvitationIn(channel);
    }

    /// <summary>Stops it and starts it again on the same data, as after an update.</summary>
    public async Task RestartAsync()
    {
        await _site!.DisposeAsync();
        await StartAgainAsync();
    }

    /// <summary>A count in the database, as somebody with the file would see it.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "fossvoices.db")};Mode=ReadOnly;Pooling=false");
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
        await Discord.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task StartAgainAsync()
    {
        var settings = new DiscordSettings(
            new BotToken(LoopbackWorld.Token), _transport, _transport == Transport.Http ? Convert.ToHexStringLower(Discord.SigningKey.GeneratePublicKey().GetEncoded()) : null,
            Guild: null, Discord.Api)
        {
            ReadsDirectMessages = _direct,
        };
        _site = await Site.StartAsync(
            Data, Studies, "http://127.0.0.1:0", new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Synchronized(Log), TimeProvider.System),
            TestContext.Current.CancellationToken, discord: settings);
        Discord.Endpoint = _transport == Transport.Http ? new Uri(Home, DiscordSettings.Path) : null;
        // Nobody can press anything before the bot has told its commands and listens.
        while (Discord.Commands.Count == 0 || (_transport == Transport.Gateway && !Discord.Gateway.HasListener))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
