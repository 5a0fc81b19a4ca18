using System.Collections.Immutable;
using System.Text.Json.Nodes;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>The card that stands in a channel and lets people in. No answer is ever given there.</summary>
internal static class Invitation
{
    /// <param name="note">What came of pressing the button, for whoever did; null on the card that everybody sees.</param>
    public static Card Of(Desk desk, string title, ImmutableArray<string> text, int minutes, string begin, string? note = null, params IEnumerable<JsonObject> more) => Card.Of(
        desk, desk.Say("invite_summary", ("title", title)),
        [
            Heading(title),
            .. text.SelectMany(line => QuestionCard.Paragraphs(line)),
            Text($"{Sentences.Count(desk.Language, "invite_minutes", minutes)} {desk.Say("invite_private")}"),
            .. note is null ? [] : new[] { Text(note, bold: true) },
        ],
        [Element.Button(desk, begin, Act.Join, style: "positive"), .. more]);
}
