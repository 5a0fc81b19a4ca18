using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>One report, as a message, a card, a page and a picture.</summary>
public sealed class ChannelFormatTests
{
    private static readonly Func<string, string> s_endless = text => string.Concat(Enumerable.Repeat($"{text} @everyone [x](http://example.org) 日本語 👩‍👩‍👧 العربية ", 12));

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Samples => [.. Reports.Keys];

    private static Dictionary<string, Func<GapReport>> Reports { get; } = new(StringComparer.Ordinal)
    {
        ["gaps"] = () => Channel(SampleCounts.WithGaps()),
        ["sixty"] = () => Channel(SampleCounts.SixtyEach()),
        ["one side"] = () => Channel(SampleCounts.EightAndForty()),
        ["nobody"] = () => Channel(),
        ["too few"] = () => Channel(SampleCounts.AllAlike(up: 9, down: 4)),
        ["all alike"] = () => Channel(SampleCounts.AllAlike(up: 40, down: 60)),
        ["words"] = () => Channel(SampleCounts.AllAlike(up: 12, down: 25)),
        ["narrators"] = () => Channel(SampleCounts.Narrators()),
        ["simulated"] = () => Channel(SampleCounts.WithGaps()) with { Simulated = true },
        ["researcher"] = () => Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Researcher, SampleCounts.WithGaps())),
        ["endless words"] = () => Draft.Of(SampleStudy.Of(s_endless), SampleCounts.Facts(Audience.Channel, SampleCounts.WithGaps(), SampleCounts.Narrators())),
        ["German"] = () => Said(ManyLanguages.Sentences["German"]),
        ["Vietnamese"] = () => Said(ManyLanguages.Sentences["Vietnamese"]),
        ["Arabic"] = () => Said(ManyLanguages.Sentences["Arabic"]),
        ["long words"] = () => Said(string.Join(' ', Enumerable.Repeat("Security updates of everything that this rests on are announced", 8))),
        ["one long word"] = () => Said(string.Concat(Enumerable.Repeat("Sicherheitsaktualisierung", 20))),
        ["one word"] = () => Said("Ok"),
        ["200 items"] = () => Draft.Of(SampleStudy.Of(s_endless, copies: 40), SampleCounts.Facts(Audience.Channel, Many(40))),
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_message_fits_Discord_and_pings_nobody(string sample)
    {
        var text = DiscordText.Of(Reports[sample]());
        Assert.InRange(text.Length, 1, DiscordText.Limit);
        Assert.DoesNotContain("@everyone", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", text);
        Assert.DoesNotContain("http://", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_card_fits_Teams_and_says_what_the_text_says(string sample)
    {
        var report = Reports[sample]();
        var card = TeamsCard.Of(report);
        Assert.InRange(Encoding.UTF8.GetByteCount(card), 1, TeamsCard.Limit);
        var said = string.Concat(Strings(JsonNode.Parse(card)!));
        foreach (var gap in Digest.Of(report).Gaps)
            Assert.Contains(Harmless.Line(gap.Lines[0]), said, StringComparison.Ordinal);
        Assert.DoesNotContain("data:image", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_any_language_fit_once_and_five_times_as_long()
    {
        Assert.True(ManyLanguages.Sentences.Count >= 40);
        foreach (var (language, words) in ManyLanguages.Sentences)
        {
            foreach (var report in new[] { Said(words), Said(string.Join(' ', Enumerable.Repeat(words, 5))) })
            {
                Assert.True(DiscordText.Of(report).Length <= DiscordText.Limit, language);
                Assert.True(Encoding.UTF8.GetByteCount(TeamsCard.Of(report)) <= TeamsCard.Limit, language);
                Assert.True(AltText.Of(report).Length <= AltText.Limit, language);
                // The question that the first gap is about is told before anything is cut.
                Assert.Contains(words[..8], DiscordText.Of(report).Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void No_line_ends_between_a_sides_sign_and_what_is_said_of_it()
    {
        var report = Reports["sixty"]();
        string[] forms =
        [
            DiscordText.Of(report), Markdown.Of(ReportText.Of(report)), System.Net.WebUtility.HtmlDecode(Html.Page(ReportText.Of(report), "en", svg: null)),
            string.Join('\n', Strings(JsonNode.Parse(TeamsCard.Of(report)))),
        ];
        Assert.All(forms, form => Assert.DoesNotMatch("[▼▲] |[0-9] %", form));
        Assert.All(forms, form => Assert.Matches("▼\u00a0(downstream|[0-9]+\u00a0%)", form));
        var text = PlainText.Of(ReportText.Of(report));
        Assert.DoesNotMatch("[▼▲]\n|[0-9]\n *%", text);
        Assert.DoesNotContain(Harmless.Hold.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_card_is_one_by_the_published_schema_and_our_own_rules()
    {
        var schema = await CardSchema.LoadAsync();
        foreach (var (sample, report) in Reports)
            Assert.True(schema.Faults(TeamsCard.Of(report())) is [], $"{sample}: {string.Join("; ", schema.Faults(TeamsCard.Of(report())))}");
    }

    [Theory] // Each makes a good card bad; else the test above could not fail.
    [InlineData("\"type\":\"TextBlock\"", "\"type\":\"TextBlok\"")]
    [InlineData("\"weight\":\"Bolder\"", "\"weight\":\"Fat\"")]
    [InlineData("\"inlines\":", "\"in_lines\":")]
    [InlineData("\"id\":\"how\"", "\"id\":\"why\"")]
    [InlineData("\"version\":\"1.5\"", "\"version\":\"9.9\"")]
    [InlineData("\"fallback\":", "\"fallbak\":")]
    public async Task A_card_that_is_none_is_found_out(string good, string bad)
    {
        var card = TeamsCard.Of(Reports["gaps"]());
        Assert.Contains(good, card, StringComparison.Ordinal);
        Assert.NotEmpty((await CardSchema.LoadAsync()).Faults(card.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_picture_has_no_boxes_where_its_font_has_no_letters()
    {
        using var font = SkiaSharp.SKTypeface.FromStream(typeof(GapPicture).Assembly.GetManifestResourceStream("FossVoices.Reports.Fonts.DejaVuSans.ttf"));
        Assert.Equal("Žluťoučký kůň — ну, γειά σου", Glyphs.Of("Žluťoučký kůň — ну, γειά σου", font));
        Assert.Equal("Thanks", Glyphs.Of("Thanks 🪿", font));
        Assert.Null(Glyphs.Of("日本語", font));
        Assert.Null(Glyphs.Of("شكرا", font));
        Assert.Null(Glyphs.Of("תודה", font));
        Assert.Null(Glyphs.Of("धन्यवाद", font));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_alternative_text_fits_and_ends_with_a_sentence(string sample)
    {
        var text = AltText.Of(Reports[sample]());
        Assert.InRange(text.Length, 20, AltText.Limit);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_picture_is_drawn_alike_every_time_light_and_dark(string sample)
    {
        var report = Reports[sample]();
        foreach (var dark in new[] { false, true })
        {
            var png = GapPicture.Png(report, dark);
            Assert.Equal(png, GapPicture.Png(report, dark));
            Assert.Equal([0x89, 0x50, 0x4e, 0x47], png[..4]);
            Assert.InRange(png.Length, 5_000, 1_000_000);
            using var drawn = SkiaSharp.SKBitmap.Decode(png);
            Assert.InRange(Math.Max(drawn.Width, drawn.Height), 400, GapPicture.LongestEdge);
            var svg = System.Xml.Linq.XDocument.Parse(GapPicture.Svg(report, dark)).Root!;
            Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(element => element.Name.LocalName));
            Keep(sample, dark, png);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_page_holds_no_markup_but_its_own(string sample)
    {
        var report = Reports[sample]();
        var page = Html.Page(ReportText.Of(report), "en", GapPicture.Svg(report, dark: false));
        // Well-formed after the document type, which only hostile text could undo.
        var html = System.Xml.Linq.XDocument.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..].Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
            .Replace("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", "", StringComparison.Ordinal).Replace("<meta name=\"robots\" content=\"noindex\">", "", StringComparison.Ordinal));
        Assert.DoesNotContain(html.Descendants(), element => element.Name.LocalName is "script" or "a" or "b" or "img");
    }

    [Fact]
    public void A_channel_picture_draws_nothing_finer_than_the_text() => Assert.All(
        PictureRow.Of(Reports["sixty"](), 6).SelectMany(row => new[] { row.Downstream!, row.Upstream! }),
        share => Assert.True(share.To > share.From, $"{share.Label} is drawn as a single value"));

    [Fact]
    public void Message_with_gaps() => Golden.Match(DiscordText.Of(Reports["gaps"]()));

    [Fact]
    public void Message_where_everyone_agrees() => Golden.Match(DiscordText.Of(Reports["all alike"]()));

    [Fact]
    public void Message_of_nobody() => Golden.Match(DiscordText.Of(Reports["nobody"]()));

    [Fact]
    public void Message_of_two_hundred_items() => Golden.Match(DiscordText.Of(Reports["200 items"]()));

    [Fact]
    public void Message_of_long_words() => Golden.Match(DiscordText.Of(Reports["long words"]()));

    [Fact]
    public void Message_of_six_narrators() => Golden.Match(DiscordText.Of(Reports["narrators"]()));

    [Fact]
    public void Message_of_eight_and_forty() => Golden.Match(DiscordText.Of(Reports["one side"]()));

    [Fact]
    public void Card_with_gaps() => Golden.Match(JsonNode.Parse(TeamsCard.Of(Reports["gaps"]()))!.ToJsonString(s_indented) + "\n");

    [Fact]
    public void Alternative_text_with_gaps() => Golden.Match(AltText.Of(Reports["gaps"]()) + "\n");

    [Fact]
    public void Page_with_gaps() => Golden.Match(Html.Page(ReportText.Of(Reports["gaps"]()), "en", svg: null));

    /// <summary>The same words wherever words stand.</summary>
    private static GapReport Said(string words) => Draft.Of(SampleStudy.Of(_ => words), SampleCounts.Facts(Audience.Channel, SampleCounts.WithGaps()));

    private static GapReport Channel(params ReadOnlySpan<StratumCounts> strata) => Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, strata));

    private static StratumCounts Many(int copies)
    {
        var counts = SampleCounts.WithGaps();
        return counts with
        {
            Counts = counts.Counts with
            {
                Items = [.. Enumerable.Range(0, copies).SelectMany(copy => counts.Counts.Items.Select(item => item with { Item = copy == 0 ? item.Item : $"{item.Item}_{copy}" }))],
            },
        };
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject form => form.SelectMany(member => Strings(member.Value)),
        JsonArray list => list.SelectMany(Strings),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    /// <summary>Pictures are to be looked at: FOSSVOICES_PICTURES names a folder to keep them in.</summary>
    private static void Keep(string sample, bool dark, byte[] png)
    {
        if (Environment.GetEnvironmentVariable("FOSSVOICES_PICTURES") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, $"{sample}-{(dark ? "dark" : "light")}.png"), png);
    }
}
