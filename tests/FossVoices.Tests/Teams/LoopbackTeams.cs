using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace FossVoices.Tests.Teams;

/// <summary>A faithful Microsoft Teams on loopback: metadata, keys, token endpoint, connector, and people who type and click.</summary>
internal sealed class LoopbackTeams : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TeamsWorld _world = new();
    private readonly ConnectorCheck _check = ConnectorCheck.Create();

    private LoopbackTeams(TimeProvider time)
    {
        Identity = new LoopbackIdentity(time, () => Address);
        Delivery = new LoopbackDelivery(_world, Identity, time, () => ServiceUrl);
        var connector = new LoopbackConnector(_world, new ConnectorRoutes(_world, _check), Identity, Faults);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async context =>
        {
            if (await Identity.TryHandleAsync(context))
                return;
            if (context.Request.Path.StartsWithSegments($"{LoopbackConnector.Region}/v3", StringComparison.Ordinal))
                await connector.HandleAsync(context);
            else
                context.Response.StatusCode = 404;
        });
    }

    public LoopbackIdentity Identity { get; }

    public LoopbackDelivery Delivery { get; }

    public ConnectorFaults Faults { get; } = new();

    public string Address => _app.Urls.First();

    /// <summary>The connector, as activities name it.</summary>
    public string ServiceUrl => $"{Address}{LoopbackConnector.Region}/";

    public IReadOnlyList<ConnectorRequest> Log => [.. _world.Log];

    public static async Task<LoopbackTeams> StartAsync(TimeProvider? time = null)
    {
        var teams = new LoopbackTeams(time ?? TimeProvider.System);
        await teams._app.StartAsync();
        return teams;
    }

    /// <param name="hasApp">Whether the app is installed for the person.</param>
    /// <param name="hasOldClient">Whether the person's client knows no Action.Execute.</param>
    public TeamsPerson AddPerson(string name, string locale = "en-US", bool hasApp = true, string tenant = TeamsWorld.Tenant, bool hasOldClient = false)
    {
        var id = $"29:1{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(_world.NewId() + name)))}-A";
        var person = new TeamsPerson(id, name, locale, tenant) { HasApp = hasApp, HasOldClient = hasOldClient };
        lock (_world.Gate)
            _world.People[id] = person;
        return person;
    }

    public TeamsChannel AddChannel(string name)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(_world.NewId() + name)))[..32];
        var channel = new TeamsChannel($"19:{key[..16]}@thread.tacv2", $"19:{key}@thread.tacv2", name);
        lock (_world.Gate)
            _world.Channels[channel.Id] = channel;
        return channel;
    }

    public TeamsConversation Chat(TeamsPerson person) => _world.ChatWith(person);

    /// <summary>A channel as the place of a new thread.</summary>
    public static TeamsConversation In(TeamsChannel channel) => new(channel.Id, null, channel);

    /// <summary>What the bot has said there, oldest first.</summary>
    public ImmutableArray<TeamsMessage> Seen(TeamsConversation conversation) => _world.Standing(conversation.Id);

    /// <summary>The app is installed for somebody, who has the chat from now on.</summary>
    public async Task InstallAsync(TeamsPerson person)
    {
        person.HasApp = true;
        await ToldAsync("installationUpdate", person, Chat(person), activity => activity["action"] = "add");
        await ToldAsync("conversationUpdate", person, Chat(person), activity =>
            activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = TeamsWorld.Bot }, new JsonObject { ["id"] = person.Id, ["aadObjectId"] = person.Account }));
    }

    public Task UninstallAsync(TeamsPerson person)
    {
        person.HasApp = false;
        return ToldAsync("installationUpdate", person, Chat(person), activity => activity["action"] = "remove");
    }

    public async Task InstallAsync(TeamsChannel channel, TeamsPerson by)
    {
        channel.IsRemoved = false;
        await ToldAsync("installationUpdate", by, In(channel), activity => activity["action"] = "add");
        await ToldAsync("conversationUpdate", by, In(channel), activity =>
        {
            activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = TeamsWorld.Bot });
            activity["channelData"]!["eventType"] = "teamMemberAdded";
        });
    }

    /// <summary>Somebody takes the app out of the team.</summary>
    public async Task RemoveAsync(TeamsChannel channel, TeamsPerson by)
    {
        channel.IsRemoved = true;
        await ToldAsync("conversationUpdate", by, In(channel), activity =>
        {
            activity["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = TeamsWorld.Bot });
            activity["channelData"]!["eventType"] = "teamMemberRemoved";
        });
        await ToldAsync("installationUpdate", by, In(channel), activity => activity["action"] = "remove");
    }

    /// <summary>Somebody types. In a channel the bot hears it only where it is mentioned, and there it is.</summary>
    public Task<Delivered> TypeAsync(TeamsPerson person, TeamsConversation conversation, string text) => ToldAsync("message", person, conversation, activity =>
    {
        activity["textFormat"] = "plain";
        activity["text"] = text;
        if (conversation.Channel is null)
            return;
        if (conversation.Id == conversation.Channel.Id)
            activity["conversation"]!["id"] = _world.NewThread(conversation.Channel, (string)activity["id"]!).Id;
        const string At = $"<at>{TeamsWorld.BotName}</at>";
        activity["text"] = $"{At} {text}\n";
        activity["entities"]!.AsArray().Add(new JsonObject { ["type"] = "mention", ["text"] = At, ["mentioned"] = new JsonObject { ["id"] = TeamsWorld.Bot, ["name"] = TeamsWorld.BotName } });
    });

    /// <summary>Presses a button of the card, with inputs filled in.</summary>
    /// <param name="message">As the person sees it, or saw it when the device last heard.</param>
    /// <param name="verb">The verb of the button.</param>
    /// <param name="title">Which of several with the verb; null for the first.</param>
    public async Task<Clicked> ClickAsync(TeamsPerson person, TeamsMessage message, string verb, IReadOnlyDictionary<string, string>? given = null, string? title = null)
    {
        var card = message.CardFor(person) ?? throw new InvalidOperationException("The message has no card.");
        var action = card.Doing(verb, title) ?? throw new InvalidOperationException($"Nothing here does '{verb}': {string.Join(" | ", card.Buttons)}.");
        if (person.HasOldClient)
        {
            var older = action["fallback"] as JsonObject ?? throw new InvalidOperationException($"An old client shows no '{action["title"]}'.");
            var data = card.Gathered(action, given ?? ImmutableDictionary<string, string>.Empty);
            // What the older action carries goes before what the newer one does; the inputs are the same.
            foreach (var (name, value) in older["data"] as JsonObject ?? [])
                data[name] = value?.DeepClone();
            return new Clicked(await ToldAsync("message", person, message.Conversation, activity =>
            {
                activity["replyToId"] = message.Id;
                activity["value"] = data;
            }), "", null);
        }

        var told = new JsonObject { ["type"] = "Action.Execute", ["data"] = card.Gathered(action, given ?? ImmutableDictionary<string, string>.Empty) };
        foreach (var name in new[] { "id", "verb", "title" }.Where(name => action[name] is not null))
            told[name] = action[name]!.DeepClone();
        return Answered(person, message.Id, await ToldAsync("invoke", person, message.Conversation, activity =>
        {
            activity["name"] = "adaptiveCard/action";
            activity["replyToId"] = message.Id;
            activity["value"] = new JsonObject { ["action"] = told, ["trigger"] = "manual" };
        }));
    }

    /// <summary>Tells the bot of anything.</summary>
    public Task<Delivered> ToldAsync(string type, TeamsPerson person, TeamsConversation conversation, Action<JsonObject> with)
    {
        var activity = Delivery.Activity(type, person, conversation);
        with(activity);
        return Delivery.SendAsync(activity);
    }

    /// <summary>A certificate for the bot, to show in place of its secret.</summary>
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Delivery.Dispose();
        Identity.Dispose();
    }

    /// <summary>Shows what an invoke was answered with, as the client does.</summary>
    private Clicked Answered(TeamsPerson person, string messageId, Delivered delivered)
    {
        if (delivered is not { Status: 200, Body: { } body })
            return new Clicked(delivered, "", $"Something went wrong ({delivered.Status})");
        switch (((int?)body["statusCode"], (string?)body["type"]))
        {
            case (200, CardView.ContentType) when body["value"] is JsonObject card:
                _check.Card(card);
                // A view of one's own: in a chat with the bot there is nobody else, and every device gets it.
                lock (_world.Gate)
                    _world.Find(messageId)?.ShowTo(person, card);
                return new Clicked(delivered, "", null);
            case (200, "application/vnd.microsoft.activity.message"):
                return new Clicked(delivered, (string)body["value"]!, null);
            case ( >= 400 and < 600, "application/vnd.microsoft.error"):
                return new Clicked(delivered, "", $"{body["value"]!["code"]}: {body["value"]!["message"]}");
            case var other:
                throw new InvalidOperationException($"The client shows nothing for {other}: {body.ToJsonString()}");
        }
    }
}

/// <summary>What somebody sees right after pressing a button.</summary>
/// <param name="Told">A line of text that the bot answered; empty where it answered with a card or not at all.</param>
/// <param name="Error">What the client says went wrong; null where nothing did.</param>
internal sealed record Clicked(Delivered Delivered, string Told, string? Error);
