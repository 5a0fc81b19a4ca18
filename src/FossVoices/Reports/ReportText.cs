using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>Puts a report into words. What each part says is settled in one place and the same in every format.</summary>
internal static class ReportText
{
    public static Document Of(GapReport report)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        if (report.Simulated)
            blocks.Add(new Block.Paragraph("MADE-UP NUMBERS: the people in this report are simulated."));
        if (report.Community is { } community)
            blocks.Add(new Block.Paragraph(community.Counted));
        if (report.Corrects is { } number)
        {
            blocks.Add(new Block.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Corrected: this takes the place of report {number}. What changed:")));
            blocks.Add(new Block.Bullets(report.Changes));
        }

        foreach (var section in report.Sections)
            blocks.AddRange(section.Stratum == Stratum.Published ? PublishedText.Of(section, report.Coding) : Answering(report, section));
        if (!report.Quoted.IsEmpty)
        {
            blocks.Add(new Block.Heading("In people's very words"));
            blocks.Add(new Block.Paragraph("Each was approved by whoever said it, and stands for nobody else. […] was left out so that nobody can be told by it."));
            blocks.Add(new Block.Bullets([.. report.Quoted.Select(Words.Quoted)]));
        }

        blocks.AddRange(Closing(report));
        return new Document(Title(report), blocks.ToImmutable());
    }

    public static string Title(GapReport report)
    {
        var wave = report.Wave.Length > 0 ? $"wave {report.Wave}, " : "";
        var number = report.Number > 0 ? string.Create(CultureInfo.InvariantCulture, $"report {report.Number}") : "preview";
        return $"{report.Title} ({wave}{number})";
    }

    /// <summary>When the next report can come.</summary>
    public static string Next(GapReport report) => (report.NextDue is { } day ? string.Create(CultureInfo.InvariantCulture, $"The next report is due on {day:yyyy-MM-dd}. ") : "") + string.Create(
        CultureInfo.InvariantCulture,
        $"The figures of a side change once at least {report.MinimumGroup} more people there have answered, changed their answers or taken them back.");

    private static IEnumerable<Block> Answering(GapReport report, ReportSection section)
    {
        if (section.Presence.All(side => side == Presence.Nobody))
        {
            // Where others published their words there is something to read all the same.
            yield return new Block.Paragraph("Nobody has answered here yet.");
            yield break;
        }

        yield return new Block.Paragraph(CoverageText.Answered(report, section));
        var parts = ItemText.Of(section, report.Told)
            .Concat(TensionText.Of(section, report.Told))
            .Concat(CodeText.Of(section, report.Coding))
            .Concat(TrendText.Of(section))
            .Concat(SensitivityText.Of(report, section))
            .Concat(CoverageText.Withheld(section))
            .Concat(CoverageText.Sureness(report, section))
            .Concat(CoverageText.Of(section))
            .Concat(report.Audience == Audience.Researcher ? FiguresText.Of(section) : []);
        foreach (var block in parts)
            yield return block;
    }

    private static IEnumerable<Block> Closing(GapReport report)
    {
        yield return new Block.Heading("About this report");
        yield return new Block.Paragraph(report.Sections.Any(section => section.Presence is not { Downstream: Presence.Nobody, Upstream: Presence.Nobody } && section.Stratum == Stratum.Answering)
            ? Next(report)
            : string.Create(CultureInfo.InvariantCulture, $"Answers are shown once at least {report.MinimumGroup} people of a side have given theirs."));
        yield return new Block.Paragraph("Have your say: /voices start. Something looks wrong: /voices feedback. How it is counted: the method note (docs/method.md), also on the report's page.");
        if (report.Positions.Length > 0)
            yield return new Block.Paragraph($"The team's own ties, in its words: {report.Positions}");
        yield return new Block.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Study {report.Study}, as of {report.At.UtcDateTime:yyyy-MM-dd}."));
    }
}
