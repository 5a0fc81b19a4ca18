using FossVoices.Channels;
using FossVoices.Teams.Connector;

namespace FossVoices.Teams;

/// <summary>Who is there, and how to write to them.</summary>
/// <param name="Delivery">Teams' id of what happened.</param>
/// <param name="Reference">The private chat with the person.</param>
/// <param name="Locale">The language of the person's Teams.</param>
/// <param name="Replies">The message that was used; null where something was typed.</param>
/// <param name="Once">The invitation that led here; null where none did.</param>
internal sealed record Visit(string Delivery, string Person, Reference Reference, string? Locale, string? Replies, string? Once = null)
{
    /// <summary>Sent again as it is, it is the same delivery.</summary>
    /// <param name="shown">The message that shows what is answered; null where none is known.</param>
    public Incoming Heard(Cards.Desk desk, Channels.Said said, Asked? asked, string? shown = null) => new(
        $"{Respondent.Platform}:{Reference.Tenant}:{Reference.Conversation}:{Delivery}", desk.Study, desk.Flow, new Person(Respondent.Platform, Person),
        new Place(Respondent.Platform, Reference.Conversation), asked, said, desk.Chosen ?? Locale)
    {
        Through = desk.Through,
        Trace = shown is { Length: > 0 } && said is Channels.Said.Answer ? Trace(shown) : null,
    };

    /// <summary>How a message in this chat is found again.</summary>
    public string Trace(string message) => $"{Reference.Conversation}\n{message}";

    /// <summary>The message; null where it is in another chat.</summary>
    public string? MessageOf(string trace) => trace.Split('\n') is [var conversation, var message] && conversation == Reference.Conversation ? message : null;
}
