using System.Collections.Immutable;
using FossVoices.Gaps;
using FossVoices.Studies;

namespace FossVoices.Reports;

/// <summary>Draws up a report: from counts of persons to what one audience may see of them.</summary>
internal static class Draft
{
    public static GapReport Of(Study study, ReportFacts facts)
    {
        // Somebody always answers here, or may; published words are a section only where there are any.
        var answering = facts.Strata.FirstOrDefault(s => s.Stratum == Stratum.Answering)
            ?? new StratumCounts(Stratum.Answering, new GapCounts([], [], [], 1), Coverage.None);
        var published = facts.Strata.Where(s => s.Stratum == Stratum.Published && !s.Coverage.IsEmpty);
        return new GapReport
        {
            Study = study.Id,
            Title = study.Title,
            Project = study.Project,
            Wave = facts.Wave,
            Audience = facts.Audience,
            Number = facts.Number,
            At = facts.At,
            Simulated = facts.Simulated,
            Noise = facts.Noise,
            Sides = new(study.Sides.GetValueOrDefault(Coverage.Downstream, Coverage.Downstream), study.Sides.GetValueOrDefault(Coverage.Upstream, Coverage.Upstream)),
            MinimumGroup = Disclosure.For(study, Stratum.Answering, facts.Audience).MinimumGroup,
            Told = study.TensionsShown,
            Positions = study.Team.Positions,
            Coding = facts.Coding,
            Sections = [.. published.Prepend(answering).Select(stratum => Section(study, facts, stratum, Disclosure.For(study, stratum.Stratum, facts.Audience)))],
        };
    }

    private static ReportSection Section(Study study, ReportFacts facts, StratumCounts stratum, Disclosure disclosure)
    {
        var coverage = stratum.Coverage;
        var attested = CoverageLines.AttestedOf(coverage, disclosure);
        var counts = Complete(study, stratum.Counts) with { MinimumGroup = disclosure.MinimumGroup, Confounded = coverage.Confounded };
        if (attested is null) // Where even their number is not shown, what they say is not either.
            counts = counts with { Items = [.. counts.Items.Select(item => item with { Attested = null })] };
        var table = GapTable.Of(counts);
        var presence = coverage.Started.Select(persons => persons == 0 ? Presence.Nobody : persons < disclosure.MinimumGroup ? Presence.TooFew : Presence.Enough);

        var lines = new Lines(disclosure);
        var often = (stratum.Answers.IsDefault ? [] : stratum.Answers).ToDictionary(code => code.Code, StringComparer.Ordinal);
        var bridge = coverage.Sum(Coverage.Both, cell => cell.Started);
        return new ReportSection
        {
            Stratum = stratum.Stratum,
            Persons = coverage.Started.Select(disclosure.Persons),
            Presence = presence,
            Coverage = CoverageLines.Of(coverage, disclosure),
            Withdrawn = disclosure.Persons(coverage.Withdrawn),
            Bridge = bridge > 0 ? disclosure.Persons(bridge) : null,
            Attested = attested,
            Since = stratum.Stratum == Stratum.Answering ? facts.Since : null,
            Following = CoverageLines.FollowingOf(coverage, disclosure),
            Items = [.. Catalogue.ItemsOf(study).Select((item, i) => lines.Item(item, counts.Items[i], table.Items[i]))],
            Codes = [.. study.Codebook.Given.Select((code, i) => lines.Code(code, counts.Codes[i], table.Codes[i], often.GetValueOrDefault(code.Id)))],
            Tensions = [.. study.Tensions.Select((tension, i) => lines.Tension(study, tension, counts.Tensions[i], table.Tensions[i]))],
            ItemsCompared = table.Items.Count(row => row.Comparison is not null),
            CodesCompared = table.Codes.Count(row => row.Comparison is not null),
            Confounded = coverage.Confounded,
            Transcripts = coverage.HasTranscripts,
            Unread = stratum.Unread > 0,
            NoVerdicts = stratum.Stratum == Stratum.Published && !coverage.Started.All(persons => persons >= Disclosure.SmallestGroup),
            Withheld = Withholding.Of(presence, disclosure, counts, table),
        };
    }

    /// <summary>
    /// One entry per item, code and tension of the study, in its order. The family of tests is what was asked, so what nobody has
    /// answered yet is in it with empty counts, and what the study no longer knows is left out.
    /// </summary>
    private static GapCounts Complete(Study study, GapCounts counts)
    {
        var items = counts.Items.ToDictionary(item => item.Item, StringComparer.Ordinal);
        var codes = counts.Codes.ToDictionary(code => code.Code, StringComparer.Ordinal);
        var tensions = counts.Tensions.ToDictionary(tension => tension.Tension, StringComparer.Ordinal);
        return counts with
        {
            Items = [.. Catalogue.ItemsOf(study).Select(item => items.GetValueOrDefault(item.Key) ?? Unanswered(item))],
            Codes = [.. study.Codebook.Given.Select(code => codes.GetValueOrDefault(code.Id) ?? new(code.Id, new(new(0, 0), new(0, 0))))],
            Tensions = [.. study.Tensions.Select(tension => tensions.GetValueOrDefault(tension.Id) ?? new(tension.Id, new(new(0, 0, 0, 0), new(0, 0, 0, 0))))],
        };
    }

    private static ItemCounts Unanswered(CatalogueItem item)
    {
        var nobody = Histogram.Of(new long[item.Scale.Points.Length]);
        var none = Differences.Of(0, 0, 0);
        return new(item.Key, new(nobody, nobody), item.Scale.AgreeFrom, item.HasGuesses ? new(new(nobody, nobody), new(none, none)) : null);
    }
}
