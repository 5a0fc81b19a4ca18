using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Teams.Cards;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams;

/// <summary>
/// Tries each thing the bot needs on the real Teams: a token, the keys to check who calls, and one round by the operator's own message. Only from that message
/// the bot learns where it may write, so message, card and update are tried there.
/// </summary>
/// <param name="bearer">What gives the bot its tokens.</param>
/// <param name="urls">Where the program listens, as <c>serve</c> would.</param>
internal sealed class LiveCheck(TeamsSettings settings, IBearer bearer, IReadOnlyList<string> urls, TimeProvider time, Func<double> chance, ILoggerFactory logs)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(20);

    /// <param name="ask">Tells the operator what to do.</param>
    public async IAsyncEnumerable<LiveResult> RunAsync(
        Func<string, Task> ask, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        yield return token;
        using var metadata = new HttpClient { Timeout = s_each };
        using var keys = new SigningKeys(metadata, settings.Cloud.Metadata, time);
        var checks = await KeysAsync(keys, cancellationToken);
        yield return checks;
        if (token.Passed == false || checks.Passed == false)
        {
            yield return new LiveResult("message", null, "Not tried before the token and the keys are right.");
            yield break;
        }

        var once = new Once();
        var underway = new Underway(logs.CreateLogger<Underway>());
        var listening = await ListenAsync(keys, once, underway, cancellationToken);
        if (listening.App is not { } app)
        {
            yield return new LiveResult("message", false, listening.Why);
            yield break;
        }

        await using (app)
        {
            await ask($"Now write anything to the bot in a private chat in Teams, within two minutes. The bot's messaging endpoint must lead to {app.Urls.First().TrimEnd('/')}{TeamsSettings.Path}.");
            using var patience = new CancellationTokenSource(s_patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            var (message, why) = await HeardAsync(once, either.Token, cancellationToken);
            if (message is null)
            {
                yield return new LiveResult("message", false, why);
                yield break;
            }

            yield return new LiveResult("message", true, "Your message came, with a token that was checked.");
            foreach (var result in await RoundAsync(message, cancellationToken))
                yield return result;
            await underway.SettleAsync();
        }
    }

    private async Task<LiveResult> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bearer.TokenAsync(anew: true, cancellationToken) is null
                ? new LiveResult("token", null, "Nothing is authenticated, so no token is asked for.")
                : new LiveResult("token", true, "Microsoft gives the bot a token.");
        }
        catch (NoToken e)
        {
            return new LiveResult("token", false, e.Message);
        }
    }

    private static async Task<LiveResult> KeysAsync(SigningKeys keys, CancellationToken cancellationToken)
    {
        try
        {
            await keys.ReadAsync(cancellationToken);
            return new LiveResult("keys", true, "The keys by which callers are checked can be read.");
        }
        catch (KeysUnavailable e)
        {
            return new LiveResult("keys", false, e.Message);
        }
    }

    private async Task<(WebApplication? App, string Why)> ListenAsync(SigningKeys keys, IActivities once, Underway underway, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "fossvoices" });
        builder.WebHost.UseKestrelCore().UseUrls([.. urls]);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var endpoint = new MessagesEndpoint(
            settings, new TokenCheck(settings, keys, time), TeamsServices.HostsOf(settings), new Arrivals(time), once, underway, time, logs.CreateLogger<MessagesEndpoint>(), cancellationToken);
        app.UseRouting();
        app.MapPost(TeamsSettings.Path, endpoint.AnswerAsync);
        try
        {
            await app.StartAsync(cancellationToken);
            return (app, "");
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            await app.DisposeAsync();
            return (null, $"Nothing can listen on {string.Join(", ", urls)} ({e.Message}). If 'serve' runs there, stop it for this check.");
        }
    }

    private static async Task<(Activity? Message, string Why)> HeardAsync(Once once, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            return await once.Heard.WaitAsync(patience);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, once.WasDoubted
                ? "Somebody called, but with a token that is not from Teams or not for this bot. Is 'FossVoices:Teams:AppId' the application (client) id of the bot's registration, and 'Cloud' the right one?"
                : "No message came. Does the messaging endpoint of the bot's registration lead here over https, is the Teams channel switched on there, and was the app added?");
        }
    }

    private async Task<IReadOnlyList<LiveResult>> RoundAsync(Activity message, CancellationToken cancellationToken)
    {
        using var http = ConnectorClient.Client();
        var connector = new ConnectorClient(http, bearer, TeamsServices.HostsOf(settings), time, chance, logs.CreateLogger<ConnectorClient>());
        var to = new Reference(message.ServiceUrl, message.Tenants[0], message.Scene.Conversation, message.Bot);
        var answered = ResultOf("answer", await connector.CallAsync(ConnectorCall.Send(to, Speaker.Words("FossVoices hears you.")), s_each, cancellationToken), "It was answered.");
        if (answered.Passed != true)
            return [answered, NotTried("card"), NotTried("update")];
        var desk = new Desk("", "", Flows.Wording.Original);
        var sent = await connector.CallAsync(ConnectorCall.Send(to, PlainCards.Sentence(desk, "FossVoices: a test card. It is changed at once.").Message), s_each, cancellationToken);
        var card = ResultOf("card", sent, "A card was sent.");
        if (sent is not ConnectorAnswer.Done { Id: { } id })
            return [answered, card, sent is ConnectorAnswer.Done ? new LiveResult("update", null, "Teams told no id of the card, so that it could not be changed.") : NotTried("update")];
        var updated = await connector.CallAsync(ConnectorCall.Update(to, id, PlainCards.Sentence(desk, "FossVoices: the test card was changed. If you see this, all is well.").Message), s_each, cancellationToken);
        return [answered, card, ResultOf("update", updated, "It was changed where it stands.")];
    }

    private static LiveResult NotTried(string what) => new(what, null, "Not tried, since what comes before it failed.");

    private static LiveResult ResultOf(string what, ConnectorAnswer answer, string passed) => answer switch
    {
        ConnectorAnswer.Done => new LiveResult(what, true, passed),
        ConnectorAnswer.Refused refused => new LiveResult(what, false, refused.Why),
        ConnectorAnswer.Later(_, var why) => new LiveResult(what, false, why),
        ConnectorAnswer.Unknown(var why) => new LiveResult(what, false, why),
        _ => throw new System.Diagnostics.UnreachableException(answer.GetType().Name),
    };

    /// <summary>Takes the first message, and answers nothing by itself. What is turned away although Teams sent it says what is to be set.</summary>
    private sealed class Once : IActivities
    {
        private readonly TaskCompletionSource<(Activity? Message, string Why)> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(Activity? Message, string Why)> Heard => _heard.Task;

        /// <summary>Whether somebody called with a token that was not believed.</summary>
        public bool WasDoubted { get; private set; }

        public Task<Answered> HearAsync(Activity activity, bool again, CancellationToken cancellationToken)
        {
            if (activity is { Happened: Happened.Wrote, Scene.IsPersonal: true })
                _heard.TrySetResult((activity, ""));
            return Task.FromResult(new Answered(activity.Happened is Happened.Executed or Happened.Invoked ? StatusCodes.Status501NotImplemented : StatusCodes.Status202Accepted));
        }

        public void TurnedAway(Activity activity, Barred why) => _heard.TrySetResult((null, why switch
        {
            Barred.Host => $"Your message came, but is to be answered to {HostOf(activity.ServiceUrl)}, where the bot's token may not go. If your cloud has this address, add it to 'FossVoices:Teams:ServiceHosts'.",
            Barred.Tenant => $"Your message came, but from the tenant {string.Join(", ", activity.Tenants.Select(tenant => Reports.Shortened.To(tenant, 60)))}. If its people are to be heard, add it to 'FossVoices:Teams:AllowedTenants'.",
            Barred.Endorsement => $"A message came over '{Reports.Shortened.To(activity.Channel, 60)}', for which its key may not sign. Write to the bot in Teams.",
            _ => "A message came with a token that names another address to answer to. Teams itself does not do that; try again.",
        }));

        public void Doubted() => WasDoubted = true;

        private static string HostOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Reports.Shortened.To(uri.Authority, 100) : "an address that is none";
    }
}
