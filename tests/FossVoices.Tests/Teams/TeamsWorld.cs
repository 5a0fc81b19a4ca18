using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>Somebody on the loopback Teams.</summary>
/// <param name="Id">As Teams names people to a bot.</param>
/// <param name="Tenant">The organisation that the account belongs to.</param>
internal sealed record TeamsPerson(string Id, string Name, string Locale, string Tenant)
{
    public string Account { get; } = new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Id)).AsSpan(0, 16)).ToString();

    /// <summary>Whether the app is installed for the person; without it nobody can be written to.</summary>
    public bool HasApp { get; set; } = true;

    /// <summary>The person blocked the bot.</summary>
    public bool Blocks { get; set; }

    /// <summary>The person's client knows no Action.Execute, and shows what stands in for it.</summary>
    public bool HasOldClient { get; init; }
}

/// <summary>A team with its one channel.</summary>
internal sealed record TeamsChannel(string Team, string Id, string Name)
{
    /// <summary>The app was taken out of the team.</summary>
    public bool IsRemoved { get; set; }
}

/// <summary>Messages that belong together: a chat with one person, or a thread of a channel.</summary>
/// <param name="Id"><c>a:…</c>, or <c>19:…;messageid=…</c>.</param>
internal sealed record TeamsConversation(string Id, TeamsPerson? Person, TeamsChannel? Channel);

/// <summary>A request to the connector as it came, and what became of it.</summary>
/// <param name="Authorization">The header, to see where the bot's token went.</param>
internal sealed record ConnectorRequest(string Method, string Path, JsonNode? Body, string Authorization, int Status, string Refusal);

/// <summary>What the loopback Teams holds. Every access to what changes is under its lock.</summary>
internal sealed class TeamsWorld
{
    public const string App = "6f1d2a34-5b67-4c89-9abc-def012345678";
    public const string Tenant = "11111111-2222-4333-8444-555555555555";
    public const string Secret = "loopback~client~secret";
    public const string Bot = $"28:{App}";
    public const string BotName = "FossVoices";

    private long _last = 1_790_000_000_000;

    public Lock Gate { get; } = new();

    public Dictionary<string, TeamsPerson> People { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TeamsChannel> Channels { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TeamsConversation> Conversations { get; } = new(StringComparer.Ordinal);

    /// <summary>What the bot has said, by its id, and by conversation and channel, oldest first.</summary>
    private readonly Dictionary<string, TeamsMessage> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TeamsMessage>> _byPlace = new(StringComparer.Ordinal);

    /// <summary>The ids of what the bot was told.</summary>
    public HashSet<string> Heard { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request in the order of its arrival.</summary>
    public ConcurrentQueue<ConnectorRequest> Log { get; } = new();

    public void Keep(TeamsMessage message)
    {
        lock (Gate)
        {
            _messages.Add(message.Id, message);
            In(message.Conversation.Id).Add(message);
            if (message.Conversation.Channel is { } channel && channel.Id != message.Conversation.Id)
                In(channel.Id).Add(message);
        }
    }

    /// <summary>Null where there never was such a message.</summary>
    public TeamsMessage? Find(string id)
    {
        lock (Gate)
            return _messages.GetValueOrDefault(id);
    }

    /// <summary>What stands in a conversation, oldest first; in a channel, in all of its threads.</summary>
    public System.Collections.Immutable.ImmutableArray<TeamsMessage> Standing(string conversation)
    {
        lock (Gate)
            return [.. In(conversation).Where(message => !message.IsDeleted)];
    }

    private List<TeamsMessage> In(string place) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_byPlace, place, out _) ??= [];

    /// <summary>A time in milliseconds, as Teams numbers messages; never the same twice.</summary>
    public string NewId() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    /// <summary>The chat with somebody: always the same.</summary>
    public TeamsConversation ChatWith(TeamsPerson person)
    {
        lock (Gate)
        {
            var id = $"a:1{person.Account.Replace("-", "", StringComparison.Ordinal)}_{person.Id[^4..]}";
            return Conversations.TryGetValue(id, out var known) ? known : Conversations[id] = new TeamsConversation(id, person, null);
        }
    }

    /// <summary>A new thread of a channel, named by its first message.</summary>
    public TeamsConversation NewThread(TeamsChannel channel, string firstMessage)
    {
        lock (Gate)
            return Conversations[$"{channel.Id};messageid={firstMessage}"] = new TeamsConversation($"{channel.Id};messageid={firstMessage}", null, channel);
    }

    /// <summary>The conversation of this id; a channel's own id stands for the channel.</summary>
    public TeamsConversation ConversationOf(string id)
    {
        lock (Gate)
        {
            return Conversations.GetValueOrDefault(id)
                ?? (Channels.TryGetValue(id, out var channel) ? new TeamsConversation(id, null, channel) : throw ConnectorRefusal.ConversationNotFound);
        }
    }
}
