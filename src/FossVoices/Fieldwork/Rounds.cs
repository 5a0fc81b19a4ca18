using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>What one person would be shown, or is.</summary>
/// <param name="Side">The reader's.</param>
/// <param name="Excerpts">By mirror; ids of <see cref="RoundExcerpt"/>.</param>
internal sealed record DrawnMirror(string Respondent, string Side, ImmutableSortedDictionary<string, ImmutableArray<string>> Excerpts);

/// <summary>A round as a researcher prepares it.</summary>
/// <param name="Excerpts">What the mirrors could show now.</param>
/// <param name="Mirrors">What everybody would be shown if it were opened now; once it is open, what they are shown.</param>
internal sealed record PreparedRound(string Wave, Flow Flow, RoundState State, ImmutableArray<RoundExcerpt> Excerpts, ImmutableArray<DrawnMirror> Mirrors);

/// <summary>Mirror rounds: prepared, looked at, opened, and shown. Words are read only when they are shown, so that what was taken back is not.</summary>
internal sealed class Rounds(RoundStore store, Database database, Lottery lottery)
{
    /// <summary>Fewer words than these come last.</summary>
    private const int FewestWords = 4;

    /// <summary>Finds what has been released, and draws what everybody would be shown.</summary>
    public async Task<PreparedRound> PrepareAsync(Study study, string wave, Flow flow, CancellationToken cancellationToken)
    {
        var (round, mirrors) = (new RoundOf(study.Id, wave, flow.Id), flow.Mirrors);
        if (await store.FindAsync(round, cancellationToken) is not { OpenedAt: not null })
            await store.PrepareAsync(round, mirrors, lottery.Seed(), lottery.Id, cancellationToken);
        var state = (await store.FindAsync(round, cancellationToken))!;
        var excerpts = await store.ExcerptsAsync(round, mirrors, cancellationToken);
        var readers = new Dictionary<string, MirrorReader>(StringComparer.Ordinal);
        foreach (var earlier in mirrors.Select(mirror => mirror.Rule.Wave).Distinct(StringComparer.Ordinal))
        {
            foreach (var reader in await store.ReadersAsync(study.Id, earlier, cancellationToken))
                readers.TryAdd(reader.Respondent, reader);
        }

        var drawn = ImmutableArray.CreateBuilder<DrawnMirror>();
        var now = state.OpenedAt is null ? Draw(study, mirrors, excerpts, readers.Values, state.Seed) : null;
        foreach (var reader in readers.Values.OrderBy(reader => reader.Side, StringComparer.Ordinal).ThenBy(reader => reader.Respondent, StringComparer.Ordinal))
        {
            drawn.Add(new DrawnMirror(reader.Respondent, reader.Side, now is null
                ? await store.DrawnAsync(round, reader.Respondent, cancellationToken)
                : now.ToImmutableSortedDictionary(item => item.Key, item => item.Value.GetValueOrDefault(reader.Respondent, []), StringComparer.Ordinal)));
        }

        return new PreparedRound(wave, flow, state, excerpts, drawn.ToImmutable());
    }

    /// <summary>Opens the round as it was prepared: from now on everybody is shown what was drawn. False where it was open already.</summary>
    public Task<bool> OpenAsync(Study study, PreparedRound prepared, string by, CancellationToken cancellationToken) => store.OpenAsync(
        new RoundOf(study.Id, prepared.Wave, prepared.Flow.Id),
        prepared.Flow.Mirrors.ToDictionary(
            mirror => mirror,
            mirror => prepared.Mirrors.ToImmutableSortedDictionary(its => its.Respondent, its => its.Excerpts.GetValueOrDefault(mirror.Id, []), StringComparer.Ordinal)),
        by, cancellationToken);

    public Task<bool> MarkAsync(Study study, string wave, string flow, string excerpt, string state, CancellationToken cancellationToken) =>
        store.MarkAsync(new RoundOf(study.Id, wave, flow), excerpt, state, cancellationToken);

    /// <summary>Who somebody is who comes to a round; null for a stranger, to whom nothing is shown, since it might be the own words.</summary>
    /// <param name="receipt">The fingerprint of an earlier receipt, or null.</param>
    public Task<string?> KnownAsync(Study study, string pseudonym, string? receipt, CancellationToken cancellationToken) => store.KnownAsync(study.Id, pseudonym, receipt, cancellationToken);

    public Task RememberAsync(Study study, string pseudonym, string respondent, CancellationToken cancellationToken) =>
        store.RememberAsync(study.Id, pseudonym, respondent, cancellationToken);

    /// <summary>What was drawn for somebody; null while the round is being prepared.</summary>
    public async Task<ImmutableSortedDictionary<string, ImmutableArray<string>>?> DrawnAsync(Study study, string wave, Flow flow, string respondent, CancellationToken cancellationToken) =>
        new RoundOf(study.Id, wave, flow.Id) is var round && await store.FindAsync(round, cancellationToken) is { OpenedAt: not null }
            ? await store.DrawnAsync(round, respondent, cancellationToken)
            : null;

    /// <summary>What a session's mirrors show now.</summary>
    public async Task<Facts> ShowAsync(Study study, Flow flow, Session session, Facts facts, CancellationToken cancellationToken)
    {
        var mirrors = flow.Mirrors;
        if (mirrors.IsEmpty)
            return facts;
        var excerpts = ImmutableDictionary.CreateBuilder<string, ImmutableArray<ShownExcerpt>>(StringComparer.Ordinal);
        var then = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var mirror in mirrors)
        {
            excerpts[mirror.Id] = await ShownAsync(study, mirror, session.Progress.Draws.Excerpts.GetValueOrDefault(mirror.Id, []), session.Respondent, cancellationToken);
            if (await store.SaidThenAsync(study.Id, mirror.Rule, session.Respondent, cancellationToken) is { } said)
                then[mirror.Id] = Excerpt.Of(said.Text(database.Vault));
        }

        return facts with { Became = await BecameAsync(study, cancellationToken), Excerpts = excerpts.ToImmutable(), SaidThen = then.ToImmutable() };
    }

    /// <summary>What became of themes that organisers said something of, a line each; of the last few that were said.</summary>
    /// <param name="study">In the reader's language.</param>
    public async Task<ImmutableArray<string>> BecameAsync(Study study, CancellationToken cancellationToken) =>
        [.. (await ReleasedStore.ActionsAsync(database, study.Id, cancellationToken)).Select(action => Became.Line(study, action)).OfType<string>().Take(Became.MostThemes)];

    /// <summary>Excerpts of a mirror as one reader sees them, in their places.</summary>
    public async Task<ImmutableArray<ShownExcerpt>> ShownAsync(Study study, Item.Mirror mirror, ImmutableArray<string> excerpts, string reader, CancellationToken cancellationToken)
    {
        var rows = await store.ShownAsync(study.Id, mirror.Rule, excerpts, reader, cancellationToken);
        return [.. excerpts.Select(id => rows.GetValueOrDefault(id) is { } row ? Shown(study, row) : new ShownExcerpt(null, "…"))];
    }

    /// <summary>Words as anybody but their author sees them; no text where nobody else may read any.</summary>
    public ShownExcerpt Shown(Study study, OwnWordsRow row)
    {
        var side = ("side", study.Sides.GetValueOrDefault(row.Side, row.Side));
        if (row.HasParaphrase)
            return new ShownExcerpt(Harmless.Line(row.ParaphraseText(database.Vault)!), Sentences.Say(study.Language, "from_paraphrase", side));
        if (!row.Its.ShowsWords())
            return new ShownExcerpt(null, Sentences.Say(study.Language, "from_side", side));
        var released = ReleasedText.Of(row.Marked(row.Text(database.Vault), OwnWords.NamesOf(study)), CodedSpans.Read(row.Coded));
        return new ShownExcerpt(
            Passage.Of(released.Text, released.Coded, Excerpt.Longest),
            row.Signed(database.Vault) is not { } name ? Sentences.Say(study.Language, "from_side", side)
                : Sentences.Say(study.Language, "from_named", ("name", Harmless.Line(name)), side, ("license", study.Release?.License ?? "")).TrimEnd(' ', ','));
    }

    private ImmutableDictionary<string, ImmutableSortedDictionary<string, ImmutableArray<string>>> Draw(
        Study study, ImmutableArray<Item.Mirror> mirrors, ImmutableArray<RoundExcerpt> excerpts, IReadOnlyCollection<MirrorReader> readers, long seed) => mirrors.ToImmutableDictionary(
        mirror => mirror.Id,
        mirror => MirrorDraw.Of(mirror.Rule, mirror.Id, excerpts.Where(excerpt => excerpt.Item == mirror.Id).Select(excerpt => CandidateOf(study, excerpt)), readers, seed), StringComparer.Ordinal);

    /// <summary>"Yes, exactly" is an answer, but tells nobody anything; and of some answers nothing is left once the names are hidden.</summary>
    private Candidate CandidateOf(Study study, RoundExcerpt excerpt)
    {
        var words = Shown(study, excerpt.Words).Text?.Split(' ').Count(word => word.Any(char.IsLetter)) ?? 0;
        var candidate = excerpt.ToCandidate();
        return candidate with { Barred = candidate.Barred || words == 0, Slight = words < FewestWords };
    }
}
