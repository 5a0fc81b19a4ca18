using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FossVoices.Reports;
using FossVoices.Tests.Reports;

namespace FossVoices.Tests.Hostile;

/// <summary>Every hostile string in every place of a report where words stand, through every renderer.</summary>
public sealed partial class HostileReportTests
{
    private static readonly GapReport s_benign = Report("A plain word");

    /// <summary>Reports with the string as title, question, label, code and quote; the endless ones as title and quote.</summary>
    private static readonly (string Kind, string Text, GapReport Report)[] s_reports =
        [.. HostileCorpus.All.Select(one => (one.Kind, one.Text, one.Text.Length > 3000 ? s_benign with { Title = one.Text, Quoted = [one.Text] } : Report(one.Text)))];

    [Fact]
    public void There_are_more_than_five_hundred_of_every_kind()
    {
        Assert.True(HostileCorpus.All.Length > 600, $"{HostileCorpus.All.Length}");
        Assert.True(HostileCorpus.All.Select(one => one.Kind).Distinct().Count() >= 13);
        Assert.Contains(HostileCorpus.All, one => one.Text.Length == 1_000_000);
    }

    [Fact]
    public void A_message_to_Discord_fits_and_has_no_mention_no_link_and_no_markup_of_theirs() => Each(report =>
    {
        var text = DiscordText.Of(report);
        Assert.InRange(text.Length, 1, DiscordText.Limit);
        Read(text);
        Unmarked(text);
    });

    [Fact]
    public void Markdown_has_no_mention_no_link_and_no_markup_of_theirs() => Each(report =>
    {
        var text = Markdown.Of(ReportText.Of(report));
        Read(text);
        Unmarked(text);
    });

    [Fact]
    public void Plain_text_holds_nothing_that_a_terminal_obeys() => Each(report => Read(PlainText.Of(ReportText.Of(report))));

    [Fact]
    public void An_alternative_text_fits_and_can_be_read() => Each(report =>
    {
        Assert.InRange(AltText.Of(report).Length, 1, AltText.Limit);
        Read(AltText.Of(report));
    });

    [Fact]
    public void A_page_has_no_tag_but_our_own() => Each(report =>
    {
        var html = Html.Page(ReportText.Of(report), "en", svg: null);
        Assert.Equal(html.Count(c => c == '<'), Tags().Count(html));
        Assert.All(Tags().Matches(html), tag => Assert.True(OurTag().IsMatch(tag.Value), tag.Value));
    });

    [Fact]
    public void A_picture_is_sound_and_has_no_element_but_those_of_a_plain_one()
    {
        var known = Names(GapPicture.Svg(s_benign, dark: false));
        Each(report => Assert.Subset(known, Names(GapPicture.Svg(report, dark: false))), every: FossVoices.Tests.Storage.Long.Run(always: 12, lots: 1));

        static HashSet<string> Names(string svg) => [.. XDocument.Parse(svg).Descendants().SelectMany(element => element.Attributes().Select(a => a.Name.LocalName).Append(element.Name.LocalName))];
    }

    [Fact]
    public void A_card_fits_Teams_and_has_no_key_action_or_link_but_those_of_a_plain_one()
    {
        var known = Keys(JsonNode.Parse(TeamsCard.Of(s_benign))!).ToHashSet(StringComparer.Ordinal);
        Each(report =>
        {
            var card = TeamsCard.Of(report);
            Assert.InRange(Encoding.UTF8.GetByteCount(card), 1, TeamsCard.Limit);
            var node = JsonNode.Parse(card)!;
            Assert.Subset(known, Keys(node).ToHashSet(StringComparer.Ordinal));
            foreach (var text in TextBlocks(node))
                Assert.DoesNotMatch(@"\]\(|<at|\{\{|\*\*", text);
            Read(string.Join('\n', TextBlocks(node)));
        });
    }

    [Fact]
    public void The_snapshot_keeps_every_word_exactly() => Each(report =>
    {
        // What has no UTF-8 form has none in a file either.
        if (IsWellFormed(report.Title))
            Assert.Equal(report.Title, ReportJson.Read(ReportJson.Of(report)).Title);
    });

    /// <param name="every">Every so manieth alone, where drawing each takes long.</param>
    private static void Each(Action<GapReport> check, int every = 1)
    {
        foreach (var (kind, text, report) in s_reports.Where((_, i) => i % every == 0))
        {
            try
            {
                check(report);
            }
            catch (Exception e)
            {
                Assert.Fail($"{kind}: {string.Concat(text.Take(60).Select(c => c < 127 && !char.IsControl(c) ? $"{c}" : $"\\u{(int)c:x4}"))} ({text.Length}): {e.Message}");
            }
        }
    }

    private static GapReport Report(string text) =>
        Draft.Of(SampleStudy.Of(_ => text), SampleCounts.Facts(Audience.Channel, SampleCounts.WithGaps())) with { Quoted = [text] };

    /// <summary>What a text must be to be read: no control character, nothing that turns the direction, no pile of accents.</summary>
    private static void Read(string text)
    {
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            Assert.False(category == UnicodeCategory.Control && rune.Value != '\n', $"U+{rune.Value:X4}");
            Assert.False(rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029 or 0x200E or 0x200F or 0x061C or 0xFEFF, $"U+{rune.Value:X4}");
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            Assert.InRange(marks, 0, 3);
        }
    }

    /// <summary>Reads Markdown as a chat does: what is escaped is itself, and of the rest nothing may act but our own bold, emphasis, headings, lists and tables.</summary>
    private static void Unmarked(string text)
    {
        var live = Escape().Replace(text, "");
        Assert.DoesNotMatch(@"@(?:everyone|here|channel)|<[@#:/ti!a-z]|\]\(|\]:|[a-zA-Z]://|www\.[a-z]|`|\|\||~~|__", live);
        Assert.DoesNotMatch(@"(?m)^(?:>|-#|###|[+=~]|\d+[.)])", live);
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return false;
        }

        return true;
    }

    private static IEnumerable<string> Keys(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(p => Keys(p.Value).Prepend(p.Key == "type" ? $"type {p.Value}" : p.Key)),
        JsonArray all => all.SelectMany(Keys),
        _ => [],
    };

    private static IEnumerable<string> TextBlocks(JsonNode? node) => node switch
    {
        JsonObject all when all["type"]?.GetValue<string>() == "TextBlock" => [all["text"]!.GetValue<string>()],
        JsonObject all => all.SelectMany(p => TextBlocks(p.Value)),
        JsonArray all => all.SelectMany(TextBlocks),
        _ => [],
    };

    [GeneratedRegex("^</?(?:html|head|meta|title|style|body|main|h1|h2|h3|p|ul|li|table|thead|tbody|tr|th|td|div|figure|!doctype html)(?: (?:lang|charset|name|content|class|scope|tabindex|role|aria-label)=\"[^\"<>]*\")*>$", RegexOptions.NonBacktracking)]
    private static partial Regex OurTag();

    [GeneratedRegex("<[^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\\.", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
