using FossVoices.Channels;
using FossVoices.Flows;

namespace FossVoices.Discord.Cards;

/// <summary>What somebody reads and says before anything is kept.</summary>
internal static class ConsentCards
{
    /// <summary>Room for the title, and for the marks that keep a text from becoming markup.</summary>
    private const int MostOnPage = 3000;

    /// <param name="page">Counted from 0: a long text is read page by page, and agreed to at its end.</param>
    public static Card Of(Desk desk, Outcome.Consent consent, int page)
    {
        var pages = Pages(consent);
        page = Math.Clamp(page, 0, pages.Count - 1);
        var title = $"## {Desk.Plain(consent.Title)}";
        if (page < pages.Count - 1)
            return Card.Of([title, pages[page]], Component.Row(Component.Button(desk.Say("more"), desk.Id(Act.Page, choice: page + 1), Component.Style.Primary), Language(desk)));
        return Card.Of(
            [title, pages[page]],
            Component.Row(
                Component.Button(consent.Words.Agree, desk.Id(Act.Agree), Component.Style.Success),
                Component.Button(consent.Words.Decline, desk.Id(Act.Decline)),
                Language(desk)));
    }

    /// <summary>Whether words may be quoted, asked before anything is kept; "no" is the first to choose.</summary>
    public static Card Quotes(Desk desk, QuoteQuestion question) => Card.Of(
        [$"### {Desk.Plain(question.Ask)}"],
        question.Options.Chunk(Component.MostButtons).Select((row, r) => Component.Row(row.Select((option, i) =>
            Component.Button(option.Label, desk.Id(Act.Quotes, choice: (r * Component.MostButtons) + i), Component.Style.Primary)))));

    private static System.Text.Json.Nodes.JsonObject Language(Desk desk) => Component.Button(desk.Say("language_set"), desk.Id(Act.Language));

    /// <summary>Whole paragraphs, as many on a page as fit.</summary>
    private static List<string> Pages(Outcome.Consent consent)
    {
        var pages = new List<string> { "" };
        foreach (var paragraph in consent.Text.SelectMany(Parts))
        {
            if (pages[^1].Length > 0 && pages[^1].Length + paragraph.Length + 2 > MostOnPage)
                pages.Add("");
            pages[^1] += pages[^1].Length == 0 ? paragraph : $"\n\n{paragraph}";
        }

        return pages;
    }

    private static IEnumerable<string> Parts(string paragraph) =>
        paragraph.Chunk(MostOnPage / 2).Select(part => Desk.Plain(new string(part)));
}
