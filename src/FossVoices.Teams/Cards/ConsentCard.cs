using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>What somebody reads and says before anything is kept. All of it is shown: what is too long for one card is read page by page, and agreed to at its end.</summary>
internal static class ConsentCard
{
    /// <summary>In UTF-16 units; even where each takes three bytes, a page stays below the limit.</summary>
    private const int MostOnPage = 5000;

    /// <summary>The id of the input that asks whether words may be quoted.</summary>
    public const string Quotes = "quotes";

    /// <param name="page">Counted from 0.</param>
    public static Card Of(Desk desk, Outcome.Consent consent, int page)
    {
        var pages = Pages(consent);
        page = Math.Clamp(page, 0, pages.Count - 1);
        var summary = desk.Say("consent_summary", ("title", consent.Title));
        IEnumerable<JsonObject> text = [Heading(consent.Title), .. pages[page].Select(line => Text(line))];
        if (page < pages.Count - 1)
        {
            return Card.Of(
                desk, summary, text, Element.Button(desk, desk.Say("more"), Act.Page, about: (page + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), style: "positive"),
                Language(desk));
        }

        return Card.Of(
            desk, summary,
            [
                .. text,
                Text(desk.Say("consent_words"), subtle: true),
                .. consent.Words.Quotes is { } quotes ? [QuotesOf(desk, quotes)] : Array.Empty<JsonObject>(),
                Text(desk.Say("consent_typed", ("agree", consent.Words.Agree)), subtle: true),
            ],
            Element.Button(desk, consent.Words.Agree, Act.Agree, takesInputs: true, style: "positive"),
            Element.Button(desk, consent.Words.Decline, Act.Decline),
            Language(desk));
    }

    /// <summary>What becomes of the card when somebody agrees: the receipt, which opens the answers without Teams, too.</summary>
    public static Card Agreed(Desk desk, string title, string receipt) => Card.Of(
        desk, desk.Say("agreed"),
        [Text(title, bold: true), Text(desk.Say("agreed")), Text(desk.Say("receipt", ("receipt", receipt)), bold: true), Text(desk.Say("receipt_keep")), Text(desk.Say("consent_words"), subtle: true)],
        Element.Button(desk, desk.Say("mine"), Act.Mine));

    private static JsonObject QuotesOf(Desk desk, QuoteQuestion quotes) =>
        Element.Choices(Quotes, quotes.Ask, quotes.Options.Select(option => (option.Id, option.Label)), error: desk.Say("choose_one"));

    private static JsonObject Language(Desk desk) => Element.Button(desk, desk.Say("language_set"), Act.Language);

    private static List<List<string>> Pages(Outcome.Consent consent)
    {
        var (pages, length) = (new List<List<string>> { new() }, 0);
        foreach (var paragraph in consent.Text.SelectMany(text => text.Chunk(MostOnPage).Select(part => new string(part))))
        {
            if (length > 0 && length + paragraph.Length > MostOnPage)
                (pages, length) = ([.. pages, []], 0);
            pages[^1].Add(paragraph);
            length += paragraph.Length;
        }

        return pages;
    }
}
