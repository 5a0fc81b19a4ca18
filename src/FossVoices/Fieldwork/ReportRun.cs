using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Reports;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Stratum = FossVoices.Reports.Stratum;

namespace FossVoices.Fieldwork;

/// <summary>Draws up the report of a study from what is stored now, and keeps it as the next snapshot of its series.</summary>
internal sealed class ReportRun(Tallies tallies, Database database, SnapshotStore snapshots, Lottery lottery, TimeProvider time)
{
    /// <summary>
    /// The report as it stands. Where nothing of it has changed since the last snapshot of its series, that one comes back, so
    /// that asking twice publishes nothing new.
    /// </summary>
    public async Task<GapReport> ReportAsync(Study study, Series series, CancellationToken cancellationToken)
    {
        var report = await DrawAsync(study, series, corrects: null, cancellationToken);
        await snapshots.PublishAsync(study.Id, series.ToString(), report.Number, time.GetUtcNow(), cancellationToken);
        return report;
    }

    /// <summary>
    /// Whether the places of a study are reported apart in a wave. The wave's first report decides: were all reported together and then each by itself, what is
    /// shown of a small place could be found by subtraction.
    /// </summary>
    public async Task<bool> IsApartAsync(Study study, string wave, CancellationToken cancellationToken) =>
        (await snapshots.SeriesAsync(study.Id, cancellationToken)).Select(name => Series.IsApart(name, wave)).FirstOrDefault(apart => apart is not null) ?? !study.Pool;

    /// <summary>As above, but nobody gets to see it until it is published.</summary>
    /// <param name="corrects">The report whose place it takes, with a word on what changed; null for none.</param>
    public async Task<GapReport> DrawAsync(Study study, Series its, GapReport? corrects, CancellationToken cancellationToken)
    {
        var (wave, series) = (its.Wave, its.ToString());
        await tallies.RuleAsync(study.Id, TallyRules.Of(ReportRunCounts.TensionsOf(study), ReportRunCounts.AskedOfBoth(study)), cancellationToken);
        var reached = await new CoverageStore(database).ReachedAsync(study.Id, wave, its.At?.Key, cancellationToken);
        var earlier = await EarlierAsync(study, its, reached, cancellationToken);
        var (answering, members) = await AnsweringAsync(study, its, reached, earlier, cancellationToken);
        var sources = new ReportRunSources(answering, await StratumAsync(study, its, Stratum.Published, reached, cancellationToken), members, earlier?.Since);
        var released = (await snapshots.ReleasedAsync(study.Id, series, cancellationToken)).ToDictionary(cell => cell.Key, cell => cell.Cell);
        var (drawn, settled) = new ReportRunDrawing(study, database.StudyKey(study.Id), its).Of(
            sources, released, lottery.Noise, DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds())); // As exact as it is kept.
        drawn = drawn with { NextDue = Calendar.Next(study, time.GetUtcNow()) is { } next ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(next, TimeZoneInfo.FindSystemTimeZoneById(study.TimeZone)).DateTime) : null };
        drawn = await QuotingAsync(study, drawn with { Community = its.At }, cancellationToken);
        // What was drawn for a preview says nothing of the report that it would correct.
        if (await snapshots.LatestAsync(study.Id, series, cancellationToken) is { } last && SameAs(last, drawn) is { } before
            && (corrects is null || before.Number == corrects.Number || before.Corrects == corrects.Number))
        {
            return before;
        }

        if (corrects is not null)
            drawn = drawn with { Corrects = corrects.Number, Changes = ReportChanges.Of(corrects, drawn) };
        var number = await snapshots.NextAsync(
            study.Id, series, drawn.At, ReportJson.Of(drawn), [.. settled.Select(cell => new ReleasedCell(cell.Key, cell.Value))], cancellationToken);
        await snapshots.QuoteAsync(study.Id, series, number, drawn.Quotes ?? [], cancellationToken);
        return drawn with { Number = number };
    }

    /// <summary>The last report for the channel that was posted, as it was made; null where there is none yet.</summary>
    public async Task<GapReport?> PostedAsync(Study study, Series series, CancellationToken cancellationToken) =>
        await ReadAsync(await snapshots.PostedAsync(study.Id, series.ToString(), cancellationToken), cancellationToken);

    /// <summary>The last report that was posted where a session was begun; null where there is none yet, or nobody knows where that was.</summary>
    public async Task<GapReport?> PostedAsync(Study study, Session session, CancellationToken cancellationToken) => await PostedAsync(
        study,
        new Series(
            session.Wave, Audience.Channel,
            await IsApartAsync(study, session.Wave, cancellationToken) ? new Community(session.Origin.Platform, session.Origin.Community ?? session.Origin.Platform) : null),
        cancellationToken);

    /// <summary>One report for the channel that was posted; null where there is none of that number.</summary>
    public async Task<GapReport?> PostedAsync(Study study, Series series, int number, CancellationToken cancellationToken) =>
        await ReadAsync(await snapshots.PostedAsync(study.Id, series.ToString(), number, cancellationToken), cancellationToken);

    /// <summary>One report of a series; null where there is none.</summary>
    public async Task<GapReport?> FindAsync(Study study, string series, int number, CancellationToken cancellationToken) =>
        await ReadAsync(await snapshots.FindAsync(study.Id, series, number, cancellationToken), cancellationToken);

    /// <summary>The number of the report whose message shows this one.</summary>
    public Task<int> MessageOfAsync(Study study, string series, int number, CancellationToken cancellationToken) =>
        snapshots.MessageOfAsync(study.Id, series, number, cancellationToken);

    /// <summary>A snapshot as it reads today: the quotes whose authors still allow them are filled in, the others are gone.</summary>
    private async Task<GapReport?> ReadAsync(StoredSnapshot? stored, CancellationToken cancellationToken) =>
        stored is null ? null : await new ShownQuotes(database).FillAsync(ReportJson.Read(stored.Json) with { Number = stored.Number }, cancellationToken);

    /// <summary>The report with the quotes that their authors approved; none where it shows nobody.</summary>
    private async Task<GapReport> QuotingAsync(Study study, GapReport report, CancellationToken cancellationToken)
    {
        if (report.Sections[0].Presence.All(side => side != Presence.Enough))
            return report;
        var quotes = new ShownQuotes(database);
        return await quotes.ApprovedAsync(study.Id, report.Wave, report.Community?.Key, cancellationToken) is { IsEmpty: false } approved
            ? await quotes.FillAsync(report with { Quotes = approved }, cancellationToken)
            : report;
    }

    /// <summary>Counts and the persons behind them. They are read one after the other, so again where somebody answered in between.</summary>
    private async Task<(StratumCounts Counts, Everybody Members)> AnsweringAsync(
        Study study, Series its, ImmutableArray<CoverageCount> reached, ReportRunEarlier? earlier, CancellationToken cancellationToken)
    {
        var members = await EverybodyAsync(study, its, earlier, cancellationToken);
        while (true)
        {
            var counts = await StratumAsync(study, its, Stratum.Answering, reached, cancellationToken);
            var after = await EverybodyAsync(study, its, earlier, cancellationToken);
            if (after.IsSameAs(members))
            {
                return (
                    counts with
                    {
                        Counts = earlier is null ? counts.Counts : counts.Counts with { Items = earlier.Beside(counts.Counts.Items) },
                        Coverage = counts.Coverage with
                        {
                            // Only where nobody comes without a code of their own can anybody know how many were asked.
                            Invited = study.OneTimeCodes && (its.At is null || its.At == Community.Web) ? await new CoverageStore(database).InvitedAsync(study.Id, its.Wave, cancellationToken) : null,
                            Attested = members.Attested is { } attested ? new(On(attested, Sides.Downstream), On(attested, Sides.Upstream)) : null,
                        },
                    },
                    members);
            }

            members = after;
        }

        static long On(Members attested, string side) => attested.Said.Where(row => row.Side == side).Select(row => row.Respondent).Distinct(StringComparer.Ordinal).LongCount();
    }

    private async Task<Everybody> EverybodyAsync(Study study, Series its, ReportRunEarlier? earlier, CancellationToken cancellationToken)
    {
        var everybody = new Storage.Stratum(study.Id, its.Wave, Community: its.At?.Key);
        return new(
            await ReadAsync(everybody),
            study.Attestation.IsEmpty ? null : await ReadAsync(everybody with { AttestedOnly = true }),
            earlier is { Own.IsEmpty: false } ? await ReadAsync(everybody with { Wave = earlier.Since.Wave }) : null,
            await new DoubleCodedStore(database).ReadAsync(everybody, CodeCountingOf(study), Coders.Machines, cancellationToken));

        Task<Members> ReadAsync(Storage.Stratum stratum) => new MemberStore(database).ReadAsync(stratum, CodeCountingOf(study), cancellationToken);
    }

    /// <summary>The wave before, where a report of it was made for this audience.</summary>
    private async Task<ReportRunEarlier?> EarlierAsync(Study study, Series its, ImmutableArray<CoverageCount> reached, CancellationToken cancellationToken)
    {
        if (study.Waves.TakeWhile(other => other.Id != its.Wave).LastOrDefault() is not { Id: var before } || !study.Waves.Any(other => other.Id == its.Wave)
            || await snapshots.LatestAsync(study.Id, (its with { Wave = before }).ToString(), cancellationToken) is not { } last)
        {
            return null;
        }

        return ReportRunEarlier.Of(
            study, before, ReportJson.Read(last.Json), await snapshots.ReleasedAsync(study.Id, (its with { Wave = before }).ToString(), cancellationToken),
            (await new CoverageStore(database).ReachedAsync(study.Id, before, its.At?.Key, cancellationToken), reached));
    }

    private async Task<StratumCounts> StratumAsync(Study study, Series its, Stratum stratum, ImmutableArray<CoverageCount> reached, CancellationToken cancellationToken)
    {
        var published = stratum == Stratum.Published;
        var tally = await tallies.CountAsync(
            new Storage.Stratum(study.Id, its.Wave, Public: published, Community: its.At?.Key), ReportRunCounts.TensionsOf(study), CodeCountingOf(study), cancellationToken);
        var attested = published || study.Attestation.IsEmpty ? null : await tallies.CountAsync(
            new Storage.Stratum(study.Id, its.Wave, AttestedOnly: true, Community: its.At?.Key), ReportRunCounts.TensionsOf(study), CodeCountingOf(study), cancellationToken);
        var counts = new ReportRunCounts(study, tally, attested);
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
        var before = ReportJson.Read(last.Json);
        var again = drawn with { At = last.At, NextDue = before.NextDue, Corrects = before.Corrects, Changes = before.Changes };
        return ReportJson.Of(again) == last.Json ? again with { Number = last.Number } : null;
    }
}
