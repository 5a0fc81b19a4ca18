using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>The card that stands in a channel and lets people in. No answer is ever given there.</summary>
internal static class Invitation
{
    /// <param name="turnout">So many take part, or more, see <see cref="Turnout"/>; 0 to say nothing. The button carries it, so that a click tells what its card says.</param>
    /// <param name="note">What came of pressing the button, for whoever did; null on the card that everybody sees.</param>
    public static Card Of(Desk desk, Post.Invitation invitation, int turnout, string? note = null, params IEnumerable<JsonObject> more)
    {
        var count = turnout.ToString(CultureInfo.InvariantCulture);
        return Card.Of(
            desk, desk.Say("invite_summary", ("title", invitation.Title)),
            [
                Heading(invitation.Title),
                .. invitation.Text.SelectMany(line => QuestionCard.Paragraphs(line)),
                Text($"{Sentences.Count(desk.Language, "invite_minutes", invitation.Minutes)} {desk.Say("invite_private")}"),
                .. turnout > 0 ? [Text(desk.Say("invite_turnout", ("count", count)))] : Array.Empty<JsonObject>(),
                .. note is null ? [] : new[] { Text(note, bold: true) },
            ],
            [Element.Button(desk, invitation.Begin, Act.Join, about: count, style: "positive"), .. more]);
    }
}
