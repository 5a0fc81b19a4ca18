using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>Somebody on the loopback Discord.</summary>
/// <param name="Permissions">Discord's bits; 32 is Manage Server, 8 is Administrator.</param>
internal sealed record DiscordPerson(string Id, string Name, string Locale = "en-US", long Permissions = 0)
{
    /// <summary>Takes no direct messages from strangers.</summary>
    public bool ClosedToMessages { get; init; }

    /// <summary>The ids of the person's roles in the server.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}

/// <summary>What one side of Discord's channels holds, kept by <see cref="LoopbackDiscord"/>. Every access is under its lock.</summary>
internal sealed class LoopbackWorld
{
    public const string Application = "900000000000000001";
    public const string Bot = "900000000000000001";
    public const string Token = "OTAwMDAwMDAwMDAwMDAwMDAx.loopback.secret-bot-token";
    public const string Guild = "800000000000000001";
    public const string OtherGuild = "800000000000000002";

    private long _last = 1_100_000_000_000_000_000;

    /// <summary>The token was reset.</summary>
    public bool RefusesToken { get; set; }

    /// <summary>The Interactions Endpoint URL of the application's page.</summary>
    public string? EndpointUrl { get; set; }

    public Lock Gate { get; } = new();

    public Dictionary<string, LoopbackChannel> Channels { get; } = new(StringComparer.Ordinal);

    public List<LoopbackMessage> Messages { get; } = [];

    public Dictionary<string, DiscordPerson> People { get; } = new(StringComparer.Ordinal);

    /// <summary>The server's roles, by id.</summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.Ordinal) { [Guild] = "@everyone" };

    /// <summary>The registered commands: by guild, and under the empty name the global ones.</summary>
    public Dictionary<string, JsonArray> Commands { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request in the order of its arrival.</summary>
    public ConcurrentQueue<LoggedRequest> Log { get; } = new();

    public string NewId() => Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public LoopbackChannel ChannelOf(string id) => Channels.GetValueOrDefault(id) ?? throw LoopbackRefusal.UnknownChannel;

    public static JsonObject User(DiscordPerson person) => new()
    {
        ["id"] = person.Id,
        ["username"] = person.Name,
        ["discriminator"] = "0",
        ["global_name"] = person.Name,
        ["avatar"] = null,
    };

    public static JsonObject BotUser() => new()
    {
        ["id"] = Bot,
        ["username"] = "fossvoices",
        ["discriminator"] = "0000",
        ["global_name"] = null,
        ["avatar"] = null,
        ["bot"] = true,
    };
}

/// <param name="Kind">0 in a server, 1 direct messages.</param>
internal sealed record LoopbackChannel(string Id, int Kind, string Name)
{
    /// <summary>The server that it is in.</summary>
    public string Guild { get; init; } = LoopbackWorld.Guild;

    /// <summary>With whom, for direct messages.</summary>
    public string? Person { get; init; }

    /// <summary>What the bot lacks here: answered to every message, until set to null.</summary>
    public LoopbackRefusal? Refuses { get; set; }

    public JsonObject Json() => Kind == 1
        ? new JsonObject { ["id"] = Id, ["type"] = 1, ["last_message_id"] = null, ["flags"] = 0, ["recipients"] = new JsonArray() }
        : new JsonObject { ["id"] = Id, ["type"] = 0, ["name"] = Name, ["guild_id"] = Guild, ["position"] = 0, ["permission_overwrites"] = new JsonArray(), ["nsfw"] = false, ["flags"] = 0 };
}

/// <summary>A request as it came.</summary>
/// <param name="Body">Its JSON; of a multipart request the part <c>payload_json</c>.</param>
/// <param name="At">When it arrived, since the start.</param>
internal sealed record LoggedRequest(string Method, string Path, JsonNode? Body, IReadOnlyDictionary<string, byte[]> Files, int Status, TimeSpan At);
