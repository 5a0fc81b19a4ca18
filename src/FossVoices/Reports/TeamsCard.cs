using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Reports;

/// <summary>
/// A report as an Adaptive Card 1.5 without picture data. What a study says is in text runs, in which no markup works. The chart
/// is a Teams element; wherever it is not known, the table in its place says the same.
/// </summary>
internal static class TeamsCard
{
    /// <summary>UTF-8 bytes.</summary>
    public const int Limit = 25 * 1024;

    private const int MostName = 60;

    private static readonly ImmutableArray<int> s_rows = [12, 8, 5, 3, 0];

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As much as fits: where texts are long, the table loses its last rows, then the card its last gaps.</summary>
    public static string Of(GapReport report)
    {
        var digest = Digest.Of(report);
        var sizes = s_rows.Select(rows => (rows, Gaps: digest.Gaps.Length))
            .Concat(Enumerable.Range(0, digest.Gaps.Length).Reverse().Select(gaps => (rows: 0, Gaps: gaps)));
        return sizes.Select(size => Card(report, digest with { Gaps = digest.Gaps[..size.Gaps] }, size.rows)).First(card => Encoding.UTF8.GetByteCount(card) <= Limit);
    }

    private static string Card(GapReport report, Digest digest, int rows)
    {
        var body = new JsonArray { CardElement.Heading(digest.Title) };
        foreach (var line in digest.Lead)
            body.Add(CardElement.Text(line, subtle: true));
        if (Figures(report, rows) is { } figures)
            body.Add(figures);
        foreach (var gap in digest.Gaps)
            body.Add(CardElement.Box([CardElement.Text(gap.Title, bold: true), .. gap.Lines.Select(line => CardElement.Text(line)), .. gap.Question is { } question ? [CardElement.Text($"💬 {question}")] : Array.Empty<JsonNode>()]));
        foreach (var (label, sentence) in digest.Lines)
            body.Add(CardElement.Box([CardElement.Text(label, bold: true), CardElement.Text(sentence)]));
        body.Add(CardElement.Box([CardElement.Text(digest.Sure), CardElement.Text(digest.Next)], id: "how", visible: false));
        var card = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["lang"] = "en",
            ["fallbackText"] = Shortened.To($"{digest.Title}. {string.Join(' ', digest.Lead)}", 500),
            ["speak"] = Shortened.To($"{digest.Title}. {string.Join(' ', digest.Gaps.Select(gap => gap.Title + "."))}", 500),
            ["body"] = body,
            ["actions"] = new JsonArray
            {
                new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = "How sure is this?", ["targetElements"] = new JsonArray { "how" } },
                new JsonObject
                {
                    ["type"] = "Action.Execute", ["title"] = "Have your say", ["verb"] = "voices.start",
                    ["data"] = new JsonObject { ["study"] = report.Study, ["wave"] = report.Wave },
                    // Hosts that know no Action.Execute send this; it has no verb, so what it does is part of the data.
                    ["fallback"] = new JsonObject
                    {
                        ["type"] = "Action.Submit", ["title"] = "Have your say",
                        ["data"] = new JsonObject { ["act"] = "start", ["study"] = report.Study, ["wave"] = report.Wave },
                    },
                },
            },
        };
        return card.ToJsonString(s_options) + "\n";
    }

    private static JsonObject? Figures(GapReport report, int most)
    {
        var rows = PictureRow.Of(report, most);
        if (rows.IsEmpty)
            return null;

        var table = new JsonObject
        {
            ["type"] = "Table",
            ["columns"] = new JsonArray { Column(4), Column(2), Column(2), Column(3) },
            ["rows"] = new JsonArray([Row("", Words.Down, Words.Up, "what it says"), .. rows.Select(row => Row(Shortened.To(row.Name, MostName), row.Downstream?.Label ?? "not shown", row.Upstream?.Label ?? "not shown", row.Says))]),
        };

        // Words such as "most" have no length to draw.
        var drawn = rows.Where(row => row is { Downstream.IsFigure: true, Upstream.IsFigure: true }).ToImmutableArray();
        return drawn.IsEmpty ? table : new JsonObject
        {
            ["type"] = "Chart.VerticalBar.Grouped",
            ["xAxisTitle"] = rows[0].Axis,
            ["yAxisTitle"] = "%",
            ["data"] = new JsonArray
            {
                Bars($"▼{Harmless.Hold}downstream", "categoricalOrange", drawn.Select(row => (row.Name, row.Downstream!.Middle))),
                Bars($"▲{Harmless.Hold}upstream", "categoricalBlue", drawn.Select(row => (row.Name, row.Upstream!.Middle))),
            },
            ["fallback"] = table,
        };
    }

    private static JsonObject Bars(string legend, string color, IEnumerable<(string Name, double Share)> bars) => new()
    {
        ["legend"] = legend,
        ["color"] = color,
        ["values"] = new JsonArray([.. bars.Select(bar => new JsonObject { ["x"] = Shortened.To(bar.Name, MostName), ["y"] = Math.Round(bar.Share * 100) })]),
    };

    private static JsonObject Column(int width) => new() { ["width"] = width };

    private static JsonObject Row(params ReadOnlySpan<string> cells)
    {
        var row = new JsonArray();
        foreach (var cell in cells)
            row.Add(new JsonObject { ["type"] = "TableCell", ["items"] = new JsonArray { CardElement.Text(cell) } });
        return new() { ["type"] = "TableRow", ["cells"] = row };
    }
}
