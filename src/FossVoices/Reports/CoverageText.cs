using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>What is said of who answered, how sure the report is, and what it does not show.</summary>
internal static class CoverageText
{
    public static string Answered(GapReport report, ReportSection section)
    {
        var (up, down) = (People(section.Persons.Upstream), People(section.Persons.Downstream));
        return $"{Words.Capital(up)} {report.Sides.Upstream} (▲ upstream) and {down} {report.Sides.Downstream} (▼ downstream) took part. {Words.Chose}";
    }

    public static IEnumerable<Block> Sureness(GapReport report, ReportSection section)
    {
        // Said even where nothing is compared: the noise itself may have taken a side below the smallest group.
        var noise = report.Noise is { } epsilon
            ? new Block.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Noise has been added to every count, once (geometric, epsilon {epsilon}); the intervals and verdicts know of it."))
            : null;
        if (section.ItemsCompared + section.CodesCompared == 0)
        {
            if (noise is not null)
                yield return noise;
            yield break;
        }

        yield return new Block.Heading("How sure is this?");
        var looked = string.Join(" and ", new[]
        {
            section.ItemsCompared > 0 ? Words.Count(section.ItemsCompared, "question", "questions") : null,
            section.CodesCompared > 0 ? Words.Count(section.CodesCompared, "topic", "topics") : null,
        }.OfType<string>());
        yield return new Block.Bullets(
        [
            $"“Clear gap”: one this large would hardly come about by chance, even though {looked} were looked at.",
            "“Probably a gap”: the answers point to one, but it may be too small to matter, or chance once so many were looked at.",
            "“The same”: whatever gap there is, is too small to matter. “Can't tell” is neither.",
            "A side “holds” something when more than half of it agree, and the 95 % interval of that share lies above one half.",
        ]);
        if (section.Confounded)
            yield return new Block.Paragraph("The two sides came by different ways (platform or link), so a gap may come from that as well. Nothing is called clear here.");
        if (noise is not null)
            yield return noise;
        if (report.Audience == Audience.Channel)
            yield return new Block.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Shares are rounded, and groups under {report.MinimumGroup} people are never shown: nobody's own answer can be read from this."));
    }

    public static IEnumerable<Block> Of(ReportSection section)
    {
        if (section.Presence.All(side => side == Presence.Nobody))
            yield break;

        yield return new Block.Heading("Who answered");
        var invited = section.Coverage.Any(line => line.Invited is not null);
        yield return new Block.Table(
            ["", .. invited ? ["invited"] : Array.Empty<string>(), "started", "core complete", "finished"],
            [.. section.Coverage.Select(line => (ImmutableArray<string>)
                [Name(line), .. invited ? [line.Invited ?? ""] : Array.Empty<string>(), line.Started, line.Core, line.Finished])]);
        if (!invited)
            yield return new Block.Paragraph("How many were invited is not known: the links are open to everyone.");
        if (section.Withdrawn != "0")
            yield return new Block.Paragraph($"Took everything back, and are in no figure: {section.Withdrawn}.");
        if (section.Following.Length > 0)
        {
            yield return new Block.Paragraph("How closely they follow what goes on:");
            yield return new Block.Table(["", Words.Up, Words.Down],
                [.. section.Following.Select(line => (ImmutableArray<string>)[line.Label, line.Upstream?.Label ?? CoverageLines.NotShown, line.Downstream?.Label ?? CoverageLines.NotShown])]);
        }
    }

    public static IEnumerable<Block> Withheld(ReportSection section)
    {
        if (section.Withheld.IsEmpty)
            yield break;
        yield return new Block.Heading("What is not shown");
        yield return new Block.Bullets(section.Withheld);
    }

    private static string People(string number) => number.StartsWith('<') ? $"fewer than {number[1..]}" : number;

    private static string Name(CoverageLine line) => line switch
    {
        { Group: "side", Name: Coverage.Upstream } => Words.Up,
        { Group: "side", Name: Coverage.Downstream } => Words.Down,
        { Group: "side", Name: Coverage.Both } => "▲▼ both",
        { Group: "side" } => "side not known",
        _ => $"{line.Group}: {line.Name}",
    };
}
