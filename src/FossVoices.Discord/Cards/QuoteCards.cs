using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;

namespace FossVoices.Discord.Cards;

/// <summary>Somebody's own words that are proposed to be posted, and the author's word on them.</summary>
internal static class QuoteCards
{
    /// <summary>The form's input for parts that stay hidden.</summary>
    public const string Hidden = "hidden";

    /// <summary>The form's input for more words to hide.</summary>
    public const string Also = "also";

    private const int MostParts = 10;

    public static Card Of(Desk desk, AskedQuote quote, int waiting) => Card.Of(
        [
            $"### {desk.Say("quote_ask")}",
            string.Join('\n', Desk.Plain(Component.Cut(quote.Shown, 1500)).Split('\n').Select(line => $"> {line}")),
            $"{desk.Say(quote.State switch { "approved" => "quote_is_approved", "refused" => "quote_is_refused", _ => "quote_is_open" })} {(waiting > 1 ? desk.Say("quote_more", ("count", Number(waiting - 1))) : "")}",
        ],
        Component.Row(
            Component.Button(desk.Say("quote_yes"), IdOf(desk, Act.QuoteYes, quote.Id), Component.Style.Success),
            Component.Button(desk.Say("quote_no"), IdOf(desk, Act.QuoteNo, quote.Id)),
            Component.Button(desk.Say("quote_hide"), IdOf(desk, Act.QuoteHide, quote.Id)),
            Component.Button(desk.Say("mine"), desk.Id(Act.Mine))));

    /// <summary>What was noted, and the way to the next.</summary>
    public static Card Decided(Desk desk, string sentence, int waiting) => Card.Of(
        [Desk.Plain(sentence)],
        Component.Row([
            .. waiting > 0 ? [Component.Button(desk.Say("quote_next"), desk.Id(Act.Quote), Component.Style.Primary)] : Array.Empty<JsonObject>(),
            Component.Button(desk.Say("mine"), desk.Id(Act.Mine))]));

    /// <summary>The form to hide parts; sending it says yes to what is left.</summary>
    public static JsonObject Form(Desk desk, AskedQuote quote, string once)
    {
        var parts = Telling(quote);
        var labels = new List<JsonObject>();
        if (!parts.IsEmpty)
        {
            labels.Add(Component.Label(desk.Say("quote_parts"), Component.Checkboxes(
                Hidden, [.. parts.Select(i => new Flows.Option(Number(i), Component.Cut(quote.Parts[i].Text, Component.LongestOption)))], 0, parts.Length,
                [.. parts.Where(i => quote.Parts[i].Hidden).Select(Number)])));
        }

        labels.Add(Component.Label(desk.Say("quote_also"), Component.Input(Also, isLong: true, isRequired: false, 1000, null, null), desk.Say("quote_also_how")));
        return new JsonObject
        {
            ["type"] = 9,
            ["data"] = new JsonObject
            {
                ["custom_id"] = $"{once}.{IdOf(desk, Act.SendQuote, quote.Id)}",
                ["title"] = Component.Cut(desk.Say("quote_hide"), Component.LongestLabel),
                ["components"] = new JsonArray([.. labels]),
            },
        };
    }

    /// <summary>The parts that stay hidden: those that were ticked, and those that the form had no room for and that were hidden before.</summary>
    public static ImmutableArray<int> HiddenBy(AskedQuote quote, ImmutableArray<string> ticked)
    {
        var offered = Telling(quote);
        return
        [
            .. offered.Where(i => ticked.Contains(Number(i))),
            .. Enumerable.Range(0, quote.Parts.Length).Where(i => quote.Parts[i] is { Telling: true, Hidden: true } && !offered.Contains(i)),
        ];
    }

    private static ImmutableArray<int> Telling(AskedQuote quote) =>
        [.. Enumerable.Range(0, quote.Parts.Length).Where(i => quote.Parts[i].Telling && !string.IsNullOrWhiteSpace(quote.Parts[i].Text)).Take(MostParts)];

    /// <summary>The quote stands where else a question's address does.</summary>
    private static CustomId IdOf(Desk desk, Act act, string quote) => desk.Id(act, new Asked("", quote, 0));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
