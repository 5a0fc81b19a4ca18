using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Reports;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>One's own words, one answer a card: what is released of it, and what can be chosen instead.</summary>
internal static class WordsCard
{
    /// <summary>The ids of the inputs.</summary>
    public const string Level = "level", Name = "name", Also = "also", Reply = "reply";

    private const int LongestName = 100;

    /// <param name="place">Which of them, counted from 0; the last where there are fewer.</param>
    public static Card Of(Desk desk, Outcome.OwnWords own, int place)
    {
        var head = Fieldwork.OwnWordsText.Head(own, desk.Language);
        if (own.Words.IsEmpty)
            return PlainCards.Onward(desk, own.Note is { } only ? $"{only}\n{head}" : head);
        place = Math.Clamp(place, 0, own.Words.Length - 1);
        var word = own.Words[place];
        return Card.Fitting(most => Card.Of(
            desk, own.Note ?? head,
            [
                .. own.Note is { } note ? [Text(note, bold: true)] : Array.Empty<JsonObject>(),
                .. QuestionCard.Paragraphs(own.Terms, most),
                Heading($"{Number(place + 1)}/{Number(own.Words.Length)} · {Shortened.To(word.Ask, Math.Min(most, 200))}", "Medium"),
                .. QuestionCard.Paragraphs(word.Shown, most),
                Text(Fieldwork.OwnWordsText.Now(own, word, desk.Language), bold: true),
                .. Fieldwork.OwnWordsText.Beside(word, place + 1, desk.Language).Select(line => Text(line)),
                .. word.Quoted is { Due: not null } quoted ? [Element.Words(Reply, desk.Say("words_reply"), Excerpt.Longest, isLong: true, quoted.Reply)] : Array.Empty<JsonObject>(),
                Element.Choices(
                    Level, desk.Say("release"), own.Offered.Select(offered => (offered.Release.Spelt(), offered.Label)), value: word.Release.Spelt(), error: desk.Say("choose_one")),
                .. own.Offered.Any(offered => offered.Release == Release.Named) ? [Element.Words(Name, desk.Say("release_name"), LongestName, isLong: false, word.Name)] : Array.Empty<JsonObject>(),
                Element.Words(Also, desk.Say("quote_also"), 500, isLong: false),
                Text(Fieldwork.OwnWordsText.How(own, desk.Language), subtle: true),
            ],
            [
                Element.Button(desk, desk.Say("release_do"), Act.Release, about: $"{Number(place)} {word.Id}", takesInputs: true, style: "positive"),
                .. word.CanAgree ? [Element.Button(desk, desk.Say("words_yes"), Act.Approve, about: $"{Number(place)} yes {word.Paraphrase?.Mark} {word.Id}", takesInputs: true)] : Array.Empty<JsonObject>(),
                .. word.CanRefuse ? [Element.Button(desk, desk.Say("words_no"), Act.Approve, about: $"{Number(place)} no {word.Paraphrase?.Mark} {word.Id}")] : Array.Empty<JsonObject>(),
                .. place > 0 ? [Element.Button(desk, desk.Say("back"), Act.Words, about: Number(place - 1))] : Array.Empty<JsonObject>(),
                .. place + 1 < own.Words.Length ? [Element.Button(desk, desk.Say("more"), Act.Words, about: Number(place + 1))] : Array.Empty<JsonObject>(),
            ]));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
