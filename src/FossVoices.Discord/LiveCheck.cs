using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Discord.Gateway;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord;

/// <summary>Tries each thing the bot needs: the token, the commands, a way for interactions to come in, a message with a picture, and one round by the operator's own click.</summary>
internal sealed class LiveCheck(DiscordSettings settings, DiscordRest rest, TimeProvider time, Func<double> chance, ILoggerFactory logs)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <param name="channel">The id of a channel for a message, which is edited and deleted again; null to post none.</param>
    /// <param name="picture">A PNG to post there.</param>
    /// <param name="ask">Tells the operator what to do.</param>
    public async IAsyncEnumerable<LiveResult> RunAsync(
        string? channel, ReadOnlyMemory<byte> picture, Func<string, Task> ask, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var application = await rest.SendAsync(new ApiRequest(Route.Application), cancellationToken);
        yield return ResultOf("token", application, "Discord accepts the token.");
        if (application is not ApiAnswer.Done(var json) || ApiJson.Text(json, "id") is not { } id)
            yield break;

        var route = settings.Guild is { } guild ? Route.GuildCommands(id, guild) : Route.Commands(id);
        var told = await rest.SendAsync(new ApiRequest(route, Commands.All()), cancellationToken);
        yield return told is ApiAnswer.Refused { Meaning: Refusal.TargetGone or Refusal.RightMissing } && settings.Guild is { } named
            ? new LiveResult("commands", false, DiscordBot.NotIn(named))
            : ResultOf("commands", told, "/voices and /voices-study are known.");
        yield return EndpointOf(json);
        if (channel is null)
        {
            yield return new LiveResult("message", null, "No message was posted; name a channel with --channel ID.");
        }
        else
        {
            foreach (var result in await MessageAsync(channel, picture, cancellationToken))
                yield return result;
        }

        if (settings.Transport == Transport.Http)
            yield return new LiveResult("round", null, "Over HTTP, press Start on an invitation while 'serve' runs: if the consent text comes, the round works.");
        else
            yield return await RoundAsync(ask, cancellationToken);
    }

    private LiveResult EndpointOf(JsonElement application) => (settings.Transport, ApiJson.Text(application, "interactions_endpoint_url")) switch
    {
        (Transport.Http, { Length: > 0 } url) when url.EndsWith(DiscordSettings.Path, StringComparison.Ordinal) => new LiveResult("endpoint", true, $"Discord calls {url}."),
        (Transport.Http, _) => new LiveResult(
            "endpoint", false, $"Discord does not call this program. On the application's page, set the Interactions Endpoint URL to https://YOUR-HOST{DiscordSettings.Path}, while 'serve' runs."),
        (_, { Length: > 0 } url) => new LiveResult("endpoint", false, $"Discord calls {url} and sends the gateway nothing. Clear the Interactions Endpoint URL on the application's page."),
        _ => new LiveResult("endpoint", true, "Interactions come over the gateway."),
    };

    private async Task<ImmutableArray<LiveResult>> MessageAsync(string channel, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["content"] = "FossVoices: a test of a message with a picture. It is edited and then deleted." };
        var posted = await rest.SendAsync(
            new ApiRequest(Route.CreateMessage(channel), body) { Files = [new Upload("test.png", "image/png", picture, "A made-up report, to see whether pictures come through.")] }, cancellationToken);
        var first = ResultOf("message", posted, "A message with a picture and its description was posted.");
        if (posted is not ApiAnswer.Done(var message) || ApiJson.Text(message, "id") is not { } id)
            return [first];
        var edited = await rest.SendAsync(new ApiRequest(Route.EditMessage(channel, id), new JsonObject { ["content"] = "FossVoices: edited." }), cancellationToken);
        var deleted = await rest.SendAsync(new ApiRequest(Route.DeleteMessage(channel, id)), cancellationToken);
        return [first, ResultOf("edit", edited, "It was edited."), ResultOf("delete", deleted, "It was deleted.")];
    }

    /// <summary>The operator gives a command; the bot answers as it would answer anybody.</summary>
    private async Task<LiveResult> RoundAsync(Func<string, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var meters = new Meters();
        var once = new Once();
        var underway = new Underway(logs.CreateLogger<Underway>());
        var answering = new Answering(once, rest, meters, underway, time, logs.CreateLogger<Answering>());
        var gateway = new GatewayClient(
            rest, new GatewaySettings(settings.Token), DiscordBot.UserAgent, answering, new NoNews(), underway, time, chance, logs.CreateLogger<GatewayClient>());
        await ask("Now type /voices help in a channel of a server with the bot, within 90 seconds.");
        var running = gateway.RunAsync(either.Token);
        try
        {
            if (await Task.WhenAny(running, once.Heard.WaitAsync(either.Token)) == running)
                return new LiveResult("round", false, await running);
            await once.Heard.WaitAsync(either.Token);
            await underway.SettleAsync().WaitAsync(either.Token);
            return new LiveResult("round", true, "Your command came, and was answered so that only you see it. If you see the answer, all is well.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new LiveResult("round", false, gateway.IsReady
                ? "The bot is connected, and no command came. Was it invited to the server with the scopes 'bot' and 'applications.commands'?"
                : "The bot could not connect to the gateway in time.");
        }
        finally
        {
            await either.CancelAsync();
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static LiveResult ResultOf(string what, ApiAnswer answer, string passed) => answer switch
    {
        ApiAnswer.Done => new LiveResult(what, true, passed),
        ApiAnswer.TokenWrong => new LiveResult(what, false, ApiAnswer.TokenWrong.Sentence),
        ApiAnswer.Refused refused => new LiveResult(what, false, refused.Sentence),
        ApiAnswer.Unreachable(var why) => new LiveResult(what, false, $"Discord cannot be reached: {why}"),
        _ => throw new System.Diagnostics.UnreachableException(answer.GetType().Name),
    };

    /// <summary>Answers every command, and remembers that one came.</summary>
    private sealed class Once : IInteractions
    {
        private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Heard => _heard.Task;

        public Task<Told?> HearAsync(JsonElement interaction, CancellationToken cancellationToken)
        {
            _heard.TrySetResult();
            return Task.FromResult<Told?>(new Told(Card.Of(["FossVoices hears you. Only you see this."]).Whispered()));
        }
    }

    private sealed class NoNews : IGatewayNews
    {
        public Task HearAsync(GatewayNews news, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
