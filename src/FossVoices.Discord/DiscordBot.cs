using FossVoices.Discord.Gateway;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord;

/// <summary>The bot while the program runs: tells Discord its commands, then listens, over the gateway or by the web server's endpoint.</summary>
internal sealed partial class DiscordBot(
    DiscordSettings settings, DiscordRest rest, Answering answering, Underway underway, IGatewayNews news, TimeProvider time, Func<double> chance, ILoggerFactory logs,
    ILogger<DiscordBot> log)
    : BackgroundService
{
    /// <summary>The program as Discord is told of it.</summary>
    public const string UserAgent = $"FossVoices/{Version}";

    public const string Version = "1.0";

    /// <summary>Where Discord may read what this program is.</summary>
    public static Uri Home { get; } = new("https://discord.com/developers/applications");

    private GatewaySettings Gateway => new(settings.Token) { Intents = GatewaySettings.Guilds | (settings.ReadsDirectMessages ? GatewaySettings.DirectMessages : 0) };

    /// <summary>Makes the commands known. What is wrong is a sentence for the operator; null where nothing is.</summary>
    public async Task<string?> TellCommandsAsync(CancellationToken cancellationToken)
    {
        var application = await rest.SendAsync(new ApiRequest(Route.Application), cancellationToken);
        if (application is not ApiAnswer.Done(var json) || ApiJson.Text(json, "id") is not { } id)
            return SentenceOf(application);
        var route = settings.Guild is { } guild ? Route.GuildCommands(id, guild) : Route.Commands(id);
        return await rest.SendAsync(new ApiRequest(route, Commands.All()), cancellationToken) switch
        {
            ApiAnswer.Done => null,
            ApiAnswer.Refused { Meaning: Refusal.TargetGone or Refusal.RightMissing } when settings.Guild is { } named => NotIn(named),
            var told => SentenceOf(told),
        };
    }

    /// <summary>The server of the settings is none that the bot is in.</summary>
    public static string NotIn(string guild) =>
        $"The bot is not in the server {guild} that 'FossVoices:Discord:Guild' names. Ask it in by the install link of the application's page, or take the setting out.";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await TellCommandsAsync(stoppingToken) is { } wrong)
            {
                LogOff(wrong);
                // Discord may be away for a moment; whatever else it was will be said again by the gateway. Over HTTP nothing more is to be done.
            }

            if (settings.Transport == Transport.Gateway)
                LogOff(await new GatewayClient(rest, Gateway, UserAgent, answering, news, underway, time, chance, logs.CreateLogger<GatewayClient>()).RunAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped: what is under way is finished below.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await underway.SettleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string SentenceOf(ApiAnswer answer) => answer switch
    {
        ApiAnswer.TokenWrong => ApiAnswer.TokenWrong.Sentence,
        ApiAnswer.Refused refused => refused.Sentence,
        ApiAnswer.Unreachable(var why) => $"Discord cannot be reached: {why}",
        _ => "Discord answered with something that is no answer.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Discord is off: {Why}")]
    private partial void LogOff(string why);
}
