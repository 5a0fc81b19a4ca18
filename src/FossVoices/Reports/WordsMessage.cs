using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Flows;

namespace FossVoices.Reports;

/// <summary>
/// A report in words as one message of a chat. Where it is too long, every theme comes before a second line of any, and a line stands whole or not at all: an
/// excerpt always with what its author answered.
/// </summary>
internal static class WordsMessage
{
    /// <summary>UTF-8 bytes of the card, as for the report in figures.</summary>
    private const int CardLimit = TeamsCard.Limit;

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In Discord's Markdown, at most <see cref="DiscordText.Limit"/> UTF-16 units.</summary>
    /// <param name="language">In which it is written.</param>
    public static string Discord(Document report, string language)
    {
        var (more, yours) = Beside(language);
        var lines = LinesOf(report);
        var head = $"**{Markdown.Escaped(report.Title)}**\n";
        var end = $"\n{Markdown.Escaped(yours)}\n";
        var fitting = Fitting(lines, DiscordText.Limit - head.Length - end.Length - more.Length - 2, line => Formatted(line).Length);
        return head + string.Concat(fitting.Select(Formatted)) + (fitting.Length < lines.Length ? $"\n{Markdown.Escaped(more)}" : "") + end;
    }

    /// <summary>An Adaptive Card 1.5.</summary>
    /// <param name="language">As above.</param>
    public static string Card(Document report, string language)
    {
        var (more, yours) = Beside(language);
        var lines = LinesOf(report);
        var fitting = Fitting(lines, CardLimit - 3000, line => Encoding.UTF8.GetByteCount(Element(line).ToJsonString(s_options)) + 1);
        var title = Shortened.To(report.Title, 200);
        var card = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["lang"] = language,
            ["fallbackText"] = title,
            ["speak"] = title,
            ["body"] = new JsonArray(
            [
                CardElement.Heading(title), .. fitting.Select(Element), .. fitting.Length < lines.Length ? [CardElement.Text(more, subtle: true)] : Array.Empty<JsonNode>(),
                CardElement.Text(yours, subtle: true),
            ]),
        };
        return card.ToJsonString(s_options) + "\n";
    }

    /// <summary>That there is more, and what whoever reads own words there can do.</summary>
    private static (string More, string Yours) Beside(string language) => (Phrases.Say(language, "report_more"), Phrases.Say(language, "report_yours"));

    /// <summary>What is kept of a report that is too long: level by level, each as long as it fits, and nothing under a heading or title that did not.</summary>
    private static ImmutableArray<MessageLine> Fitting(ImmutableArray<MessageLine> lines, int room, Func<MessageLine, int> length)
    {
        var kept = new HashSet<MessageLine>(ReferenceEqualityComparer.Instance);
        foreach (var line in lines.OrderBy(line => line.Level))
        {
            MessageLine[] with = [.. new[] { line.Under?.Under, line.Under, line }.OfType<MessageLine>().Where(one => !kept.Contains(one))];
            var cost = with.Sum(length);
            if (line.Level == 0 || cost > room || (line.Level > 2 && line.Under is { } title && !kept.Contains(title)))
                continue; // A heading comes with the first line under it.
            room -= cost;
            kept.UnionWith(with);
        }

        return [.. lines.Where(kept.Contains)];
    }

    private static ImmutableArray<MessageLine> LinesOf(Document report)
    {
        var lines = ImmutableArray.CreateBuilder<MessageLine>();
        MessageLine? heading = null;
        foreach (var block in report.Blocks)
        {
            switch (block)
            {
                case Block.Heading(var text):
                    lines.Add(heading = new MessageLine(text, Level: 0, Under: null));
                    break;
                case Block.Paragraph(var text):
                    lines.Add(new MessageLine(text, Level: 1, Under: null));
                    break;
                case Block.Entry(var text, var its):
                    var title = new MessageLine(text, Level: 0, heading) { IsTitle = true };
                    lines.Add(title);
                    lines.AddRange(its.Select((line, i) => new MessageLine(line, Level: 2 + i, title)));
                    break;
                case Block.Bullets(var items):
                    lines.AddRange(items.Select(item => new MessageLine(item, Level: 2, heading)));
                    break;
            }
        }

        return lines.ToImmutable();
    }

    private static string Formatted(MessageLine line) => line switch
    {
        { IsTitle: true } => $"\n**{Markdown.Escaped(line.Text)}**\n",
        { Level: 0 } => $"\n__{Markdown.Escaped(line.Text)}__\n",
        { Level: 1 } => $"{Markdown.Escaped(line.Text)}\n",
        _ => $"- {Markdown.Escaped(line.Text)}\n",
    };

    private static JsonNode Element(MessageLine line) => line switch
    {
        { IsTitle: true } => CardElement.Text(line.Text, bold: true),
        { Level: 0 } => CardElement.Heading(line.Text, "Medium"),
        { Level: 1 } => CardElement.Text(line.Text, subtle: true),
        _ => CardElement.Text(line.Text),
    };

    /// <param name="Level">0 for what stands above others; otherwise the lower, the earlier it is taken.</param>
    /// <param name="Under">What has to stand above it; null for nothing.</param>
    private sealed record MessageLine(string Text, int Level, MessageLine? Under)
    {
        /// <summary>Whether it names a theme.</summary>
        public bool IsTitle { get; init; }
    }
}
