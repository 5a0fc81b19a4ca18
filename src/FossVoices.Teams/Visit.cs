using FossVoices.Channels;
using FossVoices.Teams.Connector;

namespace FossVoices.Teams;

/// <summary>Who is there, and how to write to them.</summary>
/// <param name="Delivery">Teams' id of what happened.</param>
/// <param name="Reference">The private chat with the person.</param>
/// <param name="Locale">The language of the person's Teams.</param>
/// <param name="Replies">The message that was used; null where something was typed.</param>
internal sealed record Visit(string Delivery, string Person, Reference Reference, string? Locale, string? Replies)
{
    /// <summary>Sent again as it is, it is the same delivery.</summary>
    public Incoming Heard(Cards.Desk desk, Channels.Said said, Asked? asked) => new(
        $"{Respondent.Platform}:{Reference.Tenant}:{Reference.Conversation}:{Delivery}", desk.Study, desk.Flow, new Person(Respondent.Platform, Person),
        new Place(Respondent.Platform, Reference.Conversation), asked, said, desk.Chosen ?? Locale);
}
