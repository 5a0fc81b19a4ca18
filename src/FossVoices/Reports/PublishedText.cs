using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>What is said of people who published their words: counts, and what they cannot show.</summary>
internal static class PublishedText
{
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
            var never = section.Codes.Except(mentioned).Select(CodeText.Name).ToImmutableArray();
            if (never.Length > 0)
                yield return new Block.Paragraph($"In nobody's words: {string.Join(", ", never)}.");
            yield return new Block.Paragraph(CodeText.About(coding, section.Unread));
        }
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
        var (both, up, down) = (
            mentioned.Where(c => c.Figures is { UpstreamPersons: > 0, DownstreamPersons: > 0 }),
            mentioned.Where(c => c.Figures is { UpstreamPersons: > 0, DownstreamPersons: 0 }),
            mentioned.Where(c => c.Figures is { UpstreamPersons: 0, DownstreamPersons: > 0 }));
        foreach (var (lead, codes) in new[] { ("On both sides", both), ("Upstream only", up), ("Downstream only", down) })
        {
            var names = string.Join(", ", codes.OrderByDescending(Persons).Select(code =>
                string.Create(CultureInfo.InvariantCulture, $"#{code.Code} ({Persons(code)})")));
            if (names.Length > 0)
                yield return new Block.Paragraph($"{lead}, with the number of people: {names}.");
        }
    }

    private static Block.Table Table(ImmutableArray<CodeLine> mentioned, bool noVerdicts) => new(
        ["Topic", "▲ people", "▲ 95 % interval", "▼ people", "▼ 95 % interval", "difference ▼ minus ▲", .. noVerdicts ? Array.Empty<string>() : ["verdict"]],
        [
            .. mentioned.OrderByDescending(Persons).ThenByDescending(code => Math.Abs(code.Comparison?.Gap.Estimate ?? 0)).Select(code => (ImmutableArray<string>)
            [
                CodeText.Name(code),
                code.Upstream?.Mentioning.Label ?? "", Range(code.Upstream),
                code.Downstream?.Mentioning.Label ?? "", Range(code.Downstream),
                code.Comparison is { Gap: var gap } ? string.Create(CultureInfo.InvariantCulture, $"{gap.Estimate * 100:+0;-0;0} ({gap.Low * 100:+0;-0;0} to {gap.High * 100:+0;-0;0}) points") : "",
                .. noVerdicts ? Array.Empty<string>() : [code.Comparison?.Verdict is { } verdict ? Words.Of(verdict) : ""],
            ]),
        ]);

    private static long Persons(CodeLine code) => code.Figures!.DownstreamPersons + code.Figures.UpstreamPersons;

    private static string Range(CodeSide? side) => side is { Low: { } low, High: { } high } ? $"{Words.Percent(low)} to {Words.Percent(high)}" : "";
}
