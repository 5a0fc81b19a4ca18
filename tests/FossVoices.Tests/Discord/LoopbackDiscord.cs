using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Org.BouncyCastle.Crypto.Parameters;

namespace FossVoices.Tests.Discord;

/// <summary>A faithful Discord on loopback: gateway, HTTP API, interactions by either way, and people who click. A client written by others holds it to account.</summary>
internal sealed class LoopbackDiscord : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LoopbackWorld _world = new();
    private readonly LoopbackInteractions _interactions;
    private readonly HttpClient _client = new();
    private readonly TimeProvider _time;
    private RequestCheck _check;

    private LoopbackDiscord(TimeProvider time, OpenApi? description, bool openMentions)
    {
        _time = time;
        _check = new RequestCheck(description, openMentions);
        _interactions = new LoopbackInteractions(_world, time);
        Limits = new LoopbackLimits(time);
        Gateway = new LoopbackGateway(_world, time);
        var api = new LoopbackApi(_world, new LoopbackRoutes(_world, _interactions, Gateway, () => _check, () => SocketAddress), Limits, time);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(context => context.Request.Path.StartsWithSegments("/api/v10", StringComparison.Ordinal) ? api.HandleAsync(context)
            : context.Request.Path.Value is "/gateway/" or "/gateway" or "/resume/" or "/resume" ? Gateway.ServeAsync(context, SocketAddress)
            : NotFound(context));
    }

    public LoopbackGateway Gateway { get; }

    public LoopbackLimits Limits { get; }

    /// <summary>The address to which the API's paths are added.</summary>
    public Uri Api => new($"{_app.Urls.First()}/api/v10/");

    /// <summary>The key whose public half the application knows.</summary>
    public Ed25519PrivateKeyParameters SigningKey { get; } = new(Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + 3)).ToArray(), 0);

    /// <summary>Where interactions are sent by HTTP; null sends them over the gateway.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Tells of every interaction twice, as a gateway may.</summary>
    public bool TellsTwice { get; set; }

    public IReadOnlyList<LoggedRequest> Log => [.. _world.Log];

    /// <summary>How long a first answer may take.</summary>
    public TimeSpan Deadline
    {
        get => _interactions.Deadline;
        set => _interactions.Deadline = value;
    }

    /// <summary>Somebody reset the bot's token.</summary>
    public bool RefusesToken
    {
        set => _world.RefusesToken = value;
    }

    /// <summary>What stands on the application's page as its Interactions Endpoint URL.</summary>
    public string? EndpointUrl
    {
        set => _world.EndpointUrl = value;
    }

    private string SocketAddress => _app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal);

    /// <param name="openMentions">Accepts messages with mentions on, for programs that are not ours.</param>
    /// <param name="isChecked">Checks requests by Discord's own description, where it is here.</param>
    public static async Task<LoopbackDiscord> StartAsync(TimeProvider? time = null, OpenApi? description = null, bool openMentions = false, bool isChecked = true)
    {
        var discord = new LoopbackDiscord(time ?? TimeProvider.System, description ?? (isChecked ? OpenApi.TryLoad() : null), openMentions);
        await discord._app.StartAsync();
        return discord;
    }

    public LoopbackChannel AddChannel(string name, string guild = LoopbackWorld.Guild)
    {
        var channel = new LoopbackChannel(_world.NewId(), 0, name) { Guild = guild };
        lock (_world.Gate)
            _world.Channels[channel.Id] = channel;
        return channel;
    }

    /// <summary>A role in the server; its id.</summary>
    public string AddRole(string name)
    {
        var id = _world.NewId();
        lock (_world.Gate)
            _world.Roles[id] = name;
        return id;
    }

    public DiscordPerson AddPerson(string name, string locale = "en-US", long permissions = 0, bool closed = false, params IReadOnlyList<string> roles)
    {
        var person = new DiscordPerson(_world.NewId(), name, locale, permissions) { ClosedToMessages = closed, Roles = roles };
        lock (_world.Gate)
            _world.People[person.Id] = person;
        return person;
    }

    /// <summary>What this person sees in a channel, oldest first; null for everybody's messages only.</summary>
    public IReadOnlyList<LoopbackMessage> Seen(LoopbackChannel channel, DiscordPerson? person = null)
    {
        lock (_world.Gate)
            return [.. _world.Messages.Where(m => !m.IsDeleted && m.Channel.Id == channel.Id && (m.OnlyFor is null || m.OnlyFor == person?.Id))];
    }

    /// <summary>The direct messages with somebody; null where there are none.</summary>
    public LoopbackChannel? DirectMessages(DiscordPerson person)
    {
        lock (_world.Gate)
            return _world.Channels.Values.FirstOrDefault(c => c.Person == person.Id);
    }

    public IReadOnlyList<JsonObject> Commands
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Commands.Values.SelectMany(c => c.OfType<JsonObject>())];
        }
    }

    /// <summary>An administrator of the server overrides who is offered a command.</summary>
    public void ShowToEveryone(string command)
    {
        lock (_world.Gate)
        {
            foreach (var registered in _world.Commands.Values.SelectMany(c => c.OfType<JsonObject>()).Where(c => (string?)c["name"] == command))
                registered["default_member_permissions"] = null;
        }
    }

    /// <summary>Presses a button, or chooses from a select; by custom_id or label.</summary>
    public Task<LoopbackInteraction> ClickAsync(DiscordPerson person, LoopbackMessage message, string control, params string[] values)
    {
        if (message.OnlyFor is { } only && only != person.Id)
            throw new InvalidOperationException("Nobody sees somebody else's ephemeral message.");
        var data = LoopbackPayload.Click(message, control, values);
        return DoAsync(_interactions.Create(3, person, message.Channel, message), data);
    }

    /// <summary>Sends the modal that an interaction opened.</summary>
    public Task<LoopbackInteraction> SubmitModalAsync(LoopbackInteraction opened, IReadOnlyDictionary<string, string> values)
    {
        var data = LoopbackPayload.Submit(opened.Modal ?? throw new InvalidOperationException("No modal is open."), values);
        return DoAsync(_interactions.Create(5, opened.Person, opened.Channel, opened.Source), data);
    }

    /// <summary>Sends a modal with what no client of Discord's own would send.</summary>
    public Task<LoopbackInteraction> ForgeAsync(LoopbackInteraction opened, JsonObject data) => DoAsync(_interactions.Create(5, opened.Person, opened.Channel, opened.Source), data);

    /// <summary>Tells the bot of the same interaction once more, as a gateway does after a resume.</summary>
    public Task TellAgainAsync(LoopbackInteraction interaction) => Gateway.DispatchAsync("INTERACTION_CREATE", interaction.Payload!, LoopbackWorld.Guild);

    /// <summary>Writes to the bot in direct messages; told to those alone who asked for direct messages.</summary>
    /// <returns>Discord's id of the message.</returns>
    public async Task<string> WriteAsync(DiscordPerson person, string text, string? id = null)
    {
        var channel = DirectMessages(person) ?? throw new InvalidOperationException("There are no direct messages with the bot.");
        var message = new JsonObject
        {
            ["id"] = id ?? _world.NewId(),
            ["channel_id"] = channel.Id,
            ["author"] = LoopbackWorld.User(person),
            ["content"] = text,
            ["timestamp"] = "2026-01-01T00:00:00.000000+00:00",
            ["type"] = 0,
        };
        await Gateway.DispatchAsync("MESSAGE_CREATE", message, needs: FossVoices.Discord.Gateway.GatewaySettings.DirectMessages);
        return (string)message["id"]!;
    }

    /// <summary>Gives a command: <c>name</c> or <c>name subcommand</c>. Discord offers only what is registered and allowed.</summary>
    public Task<LoopbackInteraction> CommandAsync(DiscordPerson person, LoopbackChannel channel, string line, IReadOnlyDictionary<string, string>? options = null)
    {
        var data = LoopbackPayload.Command(Registered(person, line), line, options ?? new Dictionary<string, string>(StringComparer.Ordinal), focused: null);
        return DoAsync(_interactions.Create(2, person, channel, null), data);
    }

    /// <summary>Types into an option that completes itself.</summary>
    public Task<LoopbackInteraction> TypeAsync(DiscordPerson person, LoopbackChannel channel, string line, string option, string typed)
    {
        var data = LoopbackPayload.Command(Registered(person, line), line, new Dictionary<string, string>(StringComparer.Ordinal) { [option] = typed }, option);
        return DoAsync(_interactions.Create(4, person, channel, null), data);
    }

    /// <summary>Lets every token that was given out grow older than fifteen minutes.</summary>
    public void ExpireTokens() => _interactions.ExpireAll();

    public Task DisconnectAsync(Disconnect kind) => Gateway.DisconnectAsync(kind);

    /// <inheritdoc cref="LoopbackLimits.Plan"/>
    public void RateLimit(string scope, string route = "", int times = 1, double retryAfter = 0.1) => Limits.Plan(scope, route, times, retryAfter);

    /// <summary>Removes the channel, and says so.</summary>
    public Task DeleteChannelAsync(LoopbackChannel channel)
    {
        lock (_world.Gate)
            _world.Channels.Remove(channel.Id);
        return Gateway.DispatchAsync("CHANNEL_DELETE", channel.Json(), channel.Guild);
    }

    /// <summary>Removes the bot from the server, or (where unavailable) lets the server have an outage.</summary>
    public Task RemoveFromGuildAsync(bool isOutage = false)
    {
        var gone = new JsonObject { ["id"] = LoopbackWorld.Guild };
        if (isOutage)
            gone["unavailable"] = true;
        return Gateway.DispatchAsync("GUILD_DELETE", gone, LoopbackWorld.Guild);
    }

    /// <summary>A body signed as Discord signs, at this second.</summary>
    public HttpRequestMessage Signed(Uri endpoint, byte[] body, DateTimeOffset? at = null)
    {
        var timestamp = (at ?? _time.GetUtcNow()).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Signature-Timestamp", timestamp);
        request.Headers.Add("X-Signature-Ed25519", Convert.ToHexStringLower(DiscordSigner.Sign(SigningKey, timestamp, body)));
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisconnectAsync(new Disconnect.Cut());
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private JsonObject Registered(DiscordPerson person, string line)
    {
        var name = line.Split(' ')[0];
        var command = Commands.FirstOrDefault(c => (string?)c["name"] == name) ?? throw new InvalidOperationException($"No command '{name}' is registered.");
        var needs = long.TryParse((string?)command["default_member_permissions"], System.Globalization.CultureInfo.InvariantCulture, out var bits) ? bits : (long?)null;
        return needs is { } needed && (person.Permissions & 8) == 0 && (needed == 0 || (person.Permissions & needed) != needed)
            ? throw new InvalidOperationException($"Discord does not offer '{name}' to {person.Name}.")
            : command;
    }

    private async Task<LoopbackInteraction> DoAsync(LoopbackInteraction interaction, JsonObject data)
    {
        var payload = interaction.Payload = LoopbackPayload.Of(interaction, data);
        var timeOut = Task.Delay(_interactions.Deadline, _time);
        if (Endpoint is { } endpoint)
            _ = PostAsync(endpoint, interaction, payload);
        else
            await Gateway.DispatchAsync("INTERACTION_CREATE", payload, interaction.Channel.Kind == 0 ? interaction.Channel.Guild : null);
        if (TellsTwice && Endpoint is null)
            await Gateway.DispatchAsync("INTERACTION_CREATE", payload, interaction.Channel.Kind == 0 ? interaction.Channel.Guild : null);
        if (await Task.WhenAny(interaction.First, timeOut) == timeOut)
            _interactions.TimeOut(interaction);
        return interaction;
    }

    private async Task PostAsync(Uri endpoint, LoopbackInteraction interaction, JsonObject payload)
    {
        using var request = Signed(endpoint, Encoding.UTF8.GetBytes(payload.ToJsonString()));
        try
        {
            using var response = await _client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if ((int)response.StatusCode != 200)
            {
                interaction.Failure = (int)response.StatusCode == 202 ? null : $"{(int)response.StatusCode}";
                return;
            }

            var body = JsonNode.Parse(text) as JsonObject;
            _check.Callback(body);
            _interactions.Answer(interaction.Id, interaction.Token, body!, new Dictionary<string, byte[]>(StringComparer.Ordinal));
        }
        catch (Exception fault) when (fault is HttpRequestException or LoopbackRefusal or System.Text.Json.JsonException)
        {
            interaction.Failure = fault.Message;
            _interactions.TimeOut(interaction);
        }
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
