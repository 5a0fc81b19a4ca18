using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Definitions;
using FossVoices.Reports;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>What somebody sees of the own answers: at the end, in a pause, and whenever asked for; and the way to delete them.</summary>
internal static class OwnCards
{
    /// <summary>The id of the input that names the answer to be changed.</summary>
    public const string Which = "which";

    private const int LongestLine = 300;

    public static Card Finished(Desk desk, Outcome.Finished finished, Taken? readBack) => Card.Fitting(most => Card.Of(
        desk, desk.Say("finished"),
        [
            .. readBack is null ? [] : new[] { Text(ReadBackCard.Line(desk, readBack), subtle: true) },
            Heading(desk.Say("finished"), "Medium"),
            .. finished.Note is { } note ? [Text($"⚠️ {note}", bold: true)] : Array.Empty<JsonObject>(),
            .. finished.Closing.SelectMany(line => QuestionCard.Paragraphs(line, most)),
            .. Answers(desk, finished.Answers, most),
        ],
        [.. Change(desk, finished.Answers), Element.Button(desk, desk.Say("mine"), Act.Mine), Element.Button(desk, desk.Say("withdraw"), Act.Withdraw, style: "destructive")]));

    public static Card Paused(Desk desk, Outcome.Paused paused) => Card.Of(
        desk, desk.Say("paused"), [Heading(desk.Say("paused"), "Medium"), Text(Sentences.Count(desk.Language, "paused", paused.Left))],
        [
            Element.Button(desk, desk.Say("resume"), Act.Resume, style: "positive"),
            .. paused.Reminder switch
            {
                ReminderOffer.Offered => [Element.Button(desk, desk.Say("remind"), Act.Remind)],
                ReminderOffer.Asked => [Element.Button(desk, desk.Say("remind_not"), Act.Forget)],
                _ => Array.Empty<JsonObject>(),
            },
            Element.Button(desk, desk.Say("mine"), Act.Mine),
            Element.Button(desk, desk.Say("language_set"), Act.Language),
        ]);

    public static Card Mine(Desk desk, Outcome.MyData data) => Card.Fitting(most => Card.Of(
        desk, desk.Say("mine"),
        [
            Heading(desk.Say("mine"), "Medium"),
            Text(desk.Say("kept_until", ("day", Day.InWords(data.KeptUntil, desk.Language)), ("receipt", data.Receipt))),
            .. data.Quotes is { } quotes ? [Text(desk.Say("quotes_said", ("answer", quotes)))] : Array.Empty<JsonObject>(),
            .. data.Answers.IsEmpty ? [Text(desk.Say("mine_none"))] : Answers(desk, data.Answers, most),
        ],
        [Element.Button(desk, desk.Say("onward"), Act.Show, style: "positive"), .. Change(desk, data.Answers), Element.Button(desk, desk.Say("withdraw"), Act.Withdraw, style: "destructive")]));

    /// <summary>One quote that waits for its author's word.</summary>
    public static Card Quote(Desk desk, AskedQuote quote) => Card.Of(
        desk, desk.Say("quote_ask"),
        [
            Heading(desk.Say("quote_ask"), "Medium"),
            Text($"“{quote.Shown}”"),
            Element.Choices(
                QuoteHidden, desk.Say("quote_hide"), quote.Parts.Select((part, i) => (Number(i), Shortened.To(part.Text, 200))), several: true,
                value: string.Join(',', quote.Parts.Select((part, i) => (part, i)).Where(p => p.part.Hidden).Select(p => Number(p.i)))),
            Element.Words(QuoteAlso, desk.Say("quote_also"), 500, isLong: false),
        ],
        Element.Button(desk, desk.Say("quote_yes"), Act.Quote, about: $"yes {quote.Id}", takesInputs: true, style: "positive"),
        Element.Button(desk, desk.Say("quote_no"), Act.Quote, about: $"no {quote.Id}"));

    /// <summary>The ids of the inputs that say what of a quote is to be hidden.</summary>
    public const string QuoteHidden = "hidden", QuoteAlso = "also";

    public static Card Withdraw(Desk desk, int answers) => Card.Of(
        desk, desk.Say("withdraw_ask"),
        [
            Heading(desk.Say("withdraw_ask"), "Medium"), Text(answers == 0 ? desk.Say("withdraw_none") : Sentences.Count(desk.Language, "withdraw", answers)),
            Text(desk.Say("withdraw_figures")), Text(desk.Say("withdraw_typed"), subtle: true),
        ],
        Element.Button(desk, desk.Say("withdraw_do"), Act.Delete, style: "destructive"), Element.Button(desk, desk.Say("withdraw_keep"), Act.Show));

    public static Card Withdrawn(Desk desk, Outcome.Withdrawn withdrawn) => Card.Of(
        desk, Sentences.Count(desk.Language, "withdrawn", withdrawn.Answers), [Text(Sentences.Count(desk.Language, "withdrawn", withdrawn.Answers), bold: true), Text(desk.Say("withdrawn_teams"))]);

    private static IEnumerable<JsonObject> Answers(Desk desk, ImmutableArray<Channels.Given> answers, int most) =>
        answers.SelectMany(given => new[]
        {
            Text(Shortened.To(given.Ask, Math.Min(most, LongestLine)), subtle: true),
            Text(given.Answer.Length == 0 ? desk.Say("skipped") : Shortened.To(given.Answer, Math.Min(most, LongestLine)), bold: true),
        }).Prepend(Text(desk.Say("answers"))).Take(answers.IsEmpty ? 0 : int.MaxValue);

    /// <summary>Every answer can be changed: named in a list that opens.</summary>
    private static IEnumerable<JsonObject> Change(Desk desk, ImmutableArray<Channels.Given> answers)
    {
        if (answers.IsEmpty)
            yield break;
        yield return new JsonObject
        {
            ["type"] = "Action.ShowCard",
            ["title"] = desk.Say("change_one"),
            ["card"] = new JsonObject
            {
                ["type"] = "AdaptiveCard",
                ["version"] = "1.5",
                ["body"] = new JsonArray
                {
                    Element.Choices(
                        Which, desk.Say("change_which"), answers.Select((given, i) => (given.Address, $"{Number(i + 1)}. {Shortened.To(given.Ask, 60)}")), compact: true, error: desk.Say("choose_one")),
                },
                ["actions"] = new JsonArray { Element.Button(desk, desk.Say("change"), Act.Change, takesInputs: true) },
            },
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
