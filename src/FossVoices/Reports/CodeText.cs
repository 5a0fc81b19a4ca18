using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>What is said of people's own words: which topics come up, and where one side brings them up more.</summary>
internal static class CodeText
{
    private const int MostNamed = 5;

    public static IEnumerable<Block> Of(ReportSection section, CodingNote coding)
    {
        var shown = section.Codes.Where(code => (code.Downstream ?? code.Upstream) is not null).ToImmutableArray();
        if (shown.IsEmpty)
            yield break; // Nobody may be shown, so that nobody has been read says nothing new.

        yield return new Block.Heading("In people's own words");
        var gaps = Gaps(section);
        if (gaps.Length > 0)
            yield return new Block.Bullets([.. gaps.Select(code => $"{Name(code)}: {Words.Of(code.Comparison!.Verdict!.Value)}, {Words.Points(code.Comparison.Gap)} ({Shares(code)} mention it).{Trust(code, coding)}")]);
        else if (section.CodesCompared > 0)
            yield return new Block.Paragraph("No topic comes up noticeably more on one side than on the other.");

        var often = shown.Except(gaps).Where(code => Most(code) > 0).OrderByDescending(Most).Take(MostNamed).ToImmutableArray();
        if (often.Length > 0)
        {
            yield return new Block.Paragraph(section.CodesCompared > 0 ? "Comes up most, with no gap that could be told:" : "Comes up most:");
            yield return new Block.Bullets([.. often.Select(code => $"{Name(code)} ({Shares(code)} mention it).{Trust(code, coding)}")]);
        }

        yield return new Block.Paragraph(About(coding, section.Unread));
        if (gaps.Concat(often).Where(code => code.Coding?.Agreement is not null).MinBy(code => code.Coding!.Agreement) is { } lowest)
        {
            yield return new Block.Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"The lowest agreement of coders on a topic named here is alpha {lowest.Coding!.Agreement:0.00} (#{lowest.Code}); below {CodingQuality.Tentative:.000} a topic is tentative."));
        }
    }

    /// <summary>Topics that one side brings up more: clear ones first, then by size.</summary>
    public static ImmutableArray<CodeLine> Gaps(ReportSection section) =>
    [
        .. section.Codes.Where(code => code.Comparison?.Verdict is GapVerdict.Clear or GapVerdict.Probably)
            .OrderByDescending(code => code.Comparison!.Verdict).ThenByDescending(code => Math.Abs(code.Comparison!.Gap.Estimate)),
    ];

    public static string Name(CodeLine code) => $"{code.Label} (#{code.Code})";

    public static string Shares(CodeLine code) => string.Join(", ", new[]
    {
        code.Downstream is { } down ? $"▼ {People(down)}" : null,
        code.Upstream is { } up ? $"▲ {People(up)}" : null,
    }.OfType<string>());

    /// <summary>What has to be said with one topic: that it is tentative, that it is unchecked while others are not, what remains without the coders' errors.</summary>
    private static string Trust(CodeLine code, CodingNote coding) => string.Concat(new[]
    {
        code.Coding?.IsTentative == true ? string.Create(CultureInfo.InvariantCulture, $" Tentative: coders agree on it at alpha {code.Coding.Agreement:0.00}.") : null,
        coding.Unchecked && code.Coding?.Unchecked == true ? " Unchecked." : null,
        code.Comparison?.Corrected is { } corrected ? string.Create(CultureInfo.InvariantCulture, $" Without the coders' errors: {corrected * 100:+0;-0;0} points.") : null,
    }.OfType<string>());

    /// <summary>How far the codes can be trusted.</summary>
    public static string About(CodingNote coding, bool unread) =>
        About(coding) + (unread ? " Some answers have not been read for topics yet; 'fossvoices code' reads them." : "");

    private static string About(CodingNote coding) => coding switch
    {
        { Unchecked: false } => "Only codes that a person has confirmed are counted.",
        { Agreement: { } alpha } => string.Create(
            CultureInfo.InvariantCulture,
            $"Unchecked: a program sorted the words by topic, and no person has confirmed it yet. Where people did the same, they agreed with it at alpha {alpha:0.00} (1 is full agreement, 0 is chance)."),
        _ => "Unchecked: a program sorted the words by topic, and no person has confirmed it yet. How well it agrees with people has not been measured.",
    };

    private static string People(CodeSide side) => side.Mentioning.Label.StartsWith('<') ? $"fewer than {side.Mentioning.Label[1..]} people" : side.Mentioning.Label;

    private static double Most(CodeLine code) => Math.Max(code.Downstream?.Mentioning.From ?? 0, code.Upstream?.Mentioning.From ?? 0);
}
