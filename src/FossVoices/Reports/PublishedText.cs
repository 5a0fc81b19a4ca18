using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>What is said of people who published their words: counts, and what they cannot show.</summary>
internal static class PublishedText
{
    private const int MostNamed = 5;

    public static IEnumerable<Block> Of(ReportSection section, CodingNote coding)
    {
        yield return new Block.Heading("Published words");
        yield return new Block.Paragraph(
            $"{Narrators(section)} published what they said, under their own names. They are counted apart from everybody else and never towards a minimum group.");
        if (section.NoVerdicts)
        {
            yield return new Block.Paragraph(
                "So few people, chosen rather than drawn at random, prove nothing about anybody else. Read this as what came up, in how many of them; "
                + "the intervals say how wide the range would be even if they had been drawn at random. No verdicts are given.");
        }

        if (section.Transcripts)
            yield return new Block.Paragraph("In transcripts nobody marked which questions were probes or who was asked them: every turn counts as unprobed and as asked of both sides.");

        var mentioned = section.Codes.Where(code => code.Figures is { } f && f.DownstreamPersons + f.UpstreamPersons > 0).ToImmutableArray();
        if (mentioned.IsEmpty)
        {
            yield return new Block.Paragraph(section.Unread ? "Their words have not been read for topics yet; 'fossvoices code' reads them." : "No topic of the codebook has been found in their words.");
        }
        else
        {
            foreach (var block in Groups(mentioned))
                yield return block;
            yield return Table(mentioned, section.NoVerdicts);
            yield return new Block.Paragraph(
                "The intervals are of people. None are given of answers: those of one person are not independent of each other, and who talks longer has more of them.");
            var never = section.Codes.Except(mentioned).Select(CodeText.Name).ToImmutableArray();
            if (never.Length > 0)
                yield return new Block.Paragraph($"In nobody's words: {string.Join(", ", never)}.");
            yield return new Block.Paragraph(CodeText.About(coding, section.Unread));
        }
    }

    /// <summary>The whole section in one sentence or two.</summary>
    public static string Gist(ReportSection section)
    {
        var most = new[] { ("upstream", new Func<CodeLine, CodeSide?>(code => code.Upstream)), ("downstream", code => code.Downstream) }
            .Select(side => (side.Item1, Codes: section.Codes.Where(code => Rate(side.Item2(code)) > 0).OrderByDescending(code => Rate(side.Item2(code))).Take(3).Select(code => $"#{code.Code}").ToArray()))
            .Where(side => side.Codes.Length > 0)
            .Select(side => $"Most {side.Item1}: {string.Join(", ", side.Codes)}.");
        return $"{Narrators(section)}, under their own names{(section.NoVerdicts ? "; they prove nothing about anybody else" : "")}. {string.Join(' ', most)}";
    }

    private static string Narrators(ReportSection section) => (section.Persons.Upstream, section.Persons.Downstream) switch
    {
        ("0", var down) => Words.Capital($"{People(down)} downstream"),
        (var up, "0") => Words.Capital($"{People(up)} upstream"),
        var (up, down) => $"{People(up)} upstream and {People(down)} downstream",
    };

    private static string People(string number) => number == "1" ? "1 person" : $"{number} people";

    private static IEnumerable<Block> Groups(ImmutableArray<CodeLine> mentioned)
    {
        foreach (var (lead, side) in new[] { ("upstream", new Func<CodeLine, CodeSide?>(code => code.Upstream)), ("downstream", code => code.Downstream) })
        {
            var most = mentioned.Where(code => Rate(side(code)) > 0).OrderByDescending(code => Rate(side(code))).Take(MostNamed).ToImmutableArray();
            if (most.Length > 0)
                yield return new Block.Paragraph($"Comes up most {lead}: {string.Join(", ", most.Select(code => $"#{code.Code} ({Often(side(code))} of answers)"))}.");
        }

        var (up, down) = (
            mentioned.Where(c => c.Figures is { UpstreamPersons: > 0, DownstreamPersons: 0, DownstreamOf: > 0 }),
            mentioned.Where(c => c.Figures is { UpstreamPersons: 0, DownstreamPersons: > 0, UpstreamOf: > 0 }));
        foreach (var (lead, codes) in new[] { ("Only upstream", up), ("Only downstream", down) })
        {
            var names = string.Join(", ", codes.Select(code => string.Create(CultureInfo.InvariantCulture, $"#{code.Code} ({Words.Count((int)Persons(code), "person", "people")})")));
            if (names.Length > 0)
                yield return new Block.Paragraph($"{lead}: {names}.");
        }
    }

    private static Block.Table Table(ImmutableArray<CodeLine> mentioned, bool noVerdicts) => new(
        ["topic", "▲ answers", "▼ answers", "▲ people, 95 %", "▼ people, 95 %", "people ▼ minus ▲, 95 %", .. noVerdicts ? Array.Empty<string>() : ["verdict"]],
        [
            .. mentioned.OrderByDescending(code => Rate(code.Upstream) + Rate(code.Downstream)).ThenByDescending(Persons).Select(code => (ImmutableArray<string>)
            [
                $"#{code.Code}", Answers(code.Upstream), Answers(code.Downstream), People(code.Upstream), People(code.Downstream),
                code.Comparison is { Gap: var gap } ? string.Create(CultureInfo.InvariantCulture, $"{gap.Estimate * 100:+0;-0;0} ({gap.Low * 100:+0;-0;0} to {gap.High * 100:+0;-0;0}) points") : "",
                .. noVerdicts ? Array.Empty<string>() : [code.Comparison?.Verdict is { } verdict ? Words.Of(verdict) : ""],
            ]),
        ]);

    private static long Persons(CodeLine code) => code.Figures!.DownstreamPersons + code.Figures.UpstreamPersons;

    private static double Rate(CodeSide? side) => side is { Answers: { } answers, AnswersOf: > 0 and var of } ? (double)answers / of : 0;

    private static string Often(CodeSide? side) => Words.Percent(Rate(side));

    private static string Answers(CodeSide? side) => side is { Answers: { } answers, AnswersOf: { } of }
        ? string.Create(CultureInfo.InvariantCulture, $"{answers} of {of} ({Often(side)})")
        : "";

    private static string People(CodeSide? side) => side is { Low: { } low, High: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{side.Mentioning.Label} ({low * 100:0} to {high * 100:0} %)")
        : "";
}
