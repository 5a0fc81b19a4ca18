using System.Collections.Immutable;

namespace FossVoices.Teams;

/// <summary>What a person's chat last showed.</summary>
/// <param name="Chosen">The language that the person chose; null where Teams' own is followed.</param>
/// <param name="Address">The question that was shown last; empty where none stands.</param>
/// <param name="Message">The message that shows it; null where Teams told no id.</param>
internal sealed record Chat(string Study, string Flow, string? Chosen = null, string Address = "", string? Message = null, bool Paused = false)
{
    /// <summary>The sides that the person's teams show; null where nobody has asked Teams yet.</summary>
    public ImmutableArray<string>? Vouched { get; init; }

    /// <summary>See <see cref="Cards.Desk.Through"/>.</summary>
    public string? Through { get; init; }
}

/// <summary>
/// Chats while the program runs, so that a card can be put in place of what it shows and typed words find their study. What is forgotten, by a restart or
/// since there are too many, the store knows, but for the ids of messages: an old card then stays as it is, and says so when it is used.
/// </summary>
internal sealed class Chats
{
    private readonly Recent<string, Chat> _byPerson = new(half: 25_000);

    /// <param name="person">The person's id in Teams.</param>
    public Chat? Find(string person) => _byPerson.TryFind(person, out var chat) ? chat : null;

    public void Keep(string person, Chat chat) => _byPerson.Keep(person, chat);

    /// <summary>Changes what is known of a chat; nothing where nothing is.</summary>
    public void Change(string person, Func<Chat, Chat> now) => _byPerson.Change(person, now);
}
