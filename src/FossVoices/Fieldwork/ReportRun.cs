using System.Collections.Immutable;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using Stratum = FossVoices.Reports.Stratum;

namespace FossVoices.Fieldwork;

/// <summary>Draws up the report of a study from what is stored now, and keeps it as the next snapshot of its series.</summary>
internal sealed class ReportRun(Tallies tallies, Database database, SnapshotStore snapshots, TimeProvider time)
{
    /// <summary>
    /// The report as it stands. Where nothing of it has changed since the last snapshot of its series, that one comes back, so
    /// that asking twice publishes nothing new.
    /// </summary>
    /// <param name="wave">Empty in a study without waves.</param>
    public async Task<GapReport> ReportAsync(Study study, string wave, Audience audience, CancellationToken cancellationToken)
    {
        var series = SeriesOf(wave, audience);
        await tallies.RuleAsync(study.Id, TallyRules.Of(ReportRunCounts.TensionsOf(study), ReportRunCounts.AskedOfBoth(study)), cancellationToken);
        var reached = await new CoverageStore(database).ReachedAsync(study.Id, wave, cancellationToken);
        var cells = new ReportRunCells(study, database.StudyKey(study.Id), series);
        var (answering, members) = await AnsweringAsync(study, wave, reached, cancellationToken);
        var settled = Refresh.Of(
            (await snapshots.ReleasedAsync(study.Id, series, cancellationToken)).ToDictionary(cell => cell.Key, cell => cell.Cell),
            cells.Cut(answering, members), Disclosure.For(study, Stratum.Answering, audience).MinimumGroup, cells.RestsOn);
        var drawn = Draft.Of(study, new ReportFacts(
            wave, audience, Number: 0, DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()), // As exact as it is kept.
            [
                ReportRunCells.Joined(answering, settled),
                await StratumAsync(study, wave, Stratum.Published, reached, cancellationToken),
            ],
            new CodingNote(study.CountUnchecked, Agreement: null)));
        if (await snapshots.LatestAsync(study.Id, series, cancellationToken) is { } last && SameAs(last, drawn) is { } before)
            return before;

        var number = await snapshots.NextAsync(
            study.Id, series, drawn.At, ReportJson.Of(drawn), [.. settled.Select(cell => new ReleasedCell(cell.Key, cell.Value))], cancellationToken);
        return drawn with { Number = number };
    }

    /// <summary>The last snapshot of a series as it was made; null where there is none yet.</summary>
    public async Task<GapReport?> LastAsync(Study study, string wave, Audience audience, CancellationToken cancellationToken) =>
        await snapshots.LatestAsync(study.Id, SeriesOf(wave, audience), cancellationToken) is { } last
            ? ReportJson.Read(last.Json) with { Number = last.Number }
            : null;

    /// <summary>Counts and the persons behind them. They are read one after the other, so again where somebody answered in between.</summary>
    private async Task<(StratumCounts Counts, Members Members)> AnsweringAsync(
        Study study, string wave, ImmutableArray<CoverageCount> reached, CancellationToken cancellationToken)
    {
        var members = await MembersAsync(study, wave, cancellationToken);
        while (true)
        {
            var counts = await StratumAsync(study, wave, Stratum.Answering, reached, cancellationToken);
            var after = await MembersAsync(study, wave, cancellationToken);
            if (after.Said.SequenceEqual(members.Said) && after.Mentioned.SequenceEqual(members.Mentioned))
                return (counts, members);
            members = after;
        }
    }

    private Task<Members> MembersAsync(Study study, string wave, CancellationToken cancellationToken) =>
        new MemberStore(database).ReadAsync(new Storage.Stratum(study.Id, wave), CodeCountingOf(study), cancellationToken);

    private async Task<StratumCounts> StratumAsync(Study study, string wave, Stratum stratum, ImmutableArray<CoverageCount> reached, CancellationToken cancellationToken)
    {
        var published = stratum == Stratum.Published;
        var tally = await tallies.CountAsync(
            new Storage.Stratum(study.Id, wave, Public: published), ReportRunCounts.TensionsOf(study), CodeCountingOf(study), cancellationToken);
        var counts = new ReportRunCounts(study, tally);
        var groups = reached.Where(group => group.Public == published).ToImmutableArray();
        return new(
            stratum, counts.Counts(),
            new Reports.Coverage(
                [.. groups.Select(group => new CoverageCell(group.Side, group.Source, group.Platform, group.Started, group.Core, group.Finished))],
                Withdrawn: groups.Sum(group => group.Withdrawn), Following: counts.Following()),
            tally.Unread, counts.Answers());
    }

    private static CodeCounting CodeCountingOf(Study study) => new(ReportRunCounts.AskedOfBoth(study), ConfirmedOnly: !study.CountUnchecked);

    /// <summary>The last snapshot, when it says what the new one would; its number and date are its own.</summary>
    private static GapReport? SameAs(StoredSnapshot last, GapReport drawn)
    {
        var before = ReportJson.Of(drawn with { At = last.At }) == last.Json;
        return before ? drawn with { At = last.At, Number = last.Number } : null;
    }

    /// <summary>One series per audience and wave: what has been shown to one reader says what may be shown to that reader next.</summary>
    private static string SeriesOf(string wave, Audience audience) =>
        (audience == Audience.Channel ? "channel" : "researcher") + (wave.Length > 0 ? $"/{wave}" : "");
}
