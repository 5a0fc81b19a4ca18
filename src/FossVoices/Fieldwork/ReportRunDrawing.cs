using System.Collections.Immutable;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>All of a study that a report is drawn from, as read at one time.</summary>
/// <param name="Published">The words that narrators published.</param>
/// <param name="Since">The wave that the gaps are compared with; null for none.</param>
internal sealed record ReportRunSources(StratumCounts Answering, StratumCounts Published, Everybody Members, SinceWave? Since);

/// <summary>
/// Draws a report. Of the people who answered here nothing gets into it but who came how far and the cells that may be released, so that
/// whoever knows all releases knows all that any report, card, picture, page or mirror can tell.
/// </summary>
/// <param name="series">The series of snapshots that it continues.</param>
internal sealed class ReportRunDrawing(Study study, byte[] studyKey, Series series)
{
    private readonly ReportRunCells _cells = new(study, studyKey, series.ToString());

    /// <param name="published">The cells as last released.</param>
    /// <param name="noise">Draws noise for one count.</param>
    /// <returns>The report without a number, and the cells that it releases.</returns>
    public (GapReport Report, ImmutableDictionary<CellKey, Cell> Released) Of(
        ReportRunSources sources, IReadOnlyDictionary<CellKey, Cell> published, Func<GeometricNoise, long> noise, DateTimeOffset at)
    {
        var minimumGroup = Disclosure.For(study, Stratum.Answering, series.Audience).MinimumGroup;
        var settled = _cells.Settled(published, _cells.Cut(sources.Answering, sources.Members), minimumGroup);
        // Researchers have to be able to recompute; whatever is posted can do with noise.
        var some = series.Audience == Audience.Channel && study.Noise is { } epsilon ? new GeometricNoise(epsilon) : (GeometricNoise?)null;
        if (some is { } drawn)
            settled = ReportRunCells.Noisy(settled, published, () => noise(drawn), minimumGroup);
        var coders = ReportRunCells.CodersOf(settled, minimumGroup);
        var agreement = coders.Overall([.. study.Codebook.Given.Select(code => code.Id)]);
        var answering = ReportRunCells.Joined(sources.Answering, settled, some?.Variance ?? 0);
        var report = Draft.Of(study, new ReportFacts(
            series.Wave, series.Audience, Number: 0, at,
            [answering with { Counts = answering.Counts with { Codes = [.. answering.Counts.Codes.Select(code => code with { Coding = coders.Of(code.Code) })] } }, sources.Published],
            new CodingNote(study.CountUnchecked, series.Audience == Audience.Channel && agreement is { } exact ? Math.Round(exact, 2) : agreement),
            Simulated: study.Simulated, Since: sources.Since, Noise: some?.Epsilon));
        return (report, settled);
    }
}
