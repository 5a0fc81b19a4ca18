using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>
/// One snapshot of what a study found in one wave, for one audience: immutable, numbered, and the only thing that any rendering
/// looks at. It holds what that audience may see and nothing else, so no rendering can tell more than another.
/// </summary>
internal sealed record GapReport
{
    public required string Study { get; init; }

    public required string Title { get; init; }

    public required string Project { get; init; }

    /// <summary>The wave's id; empty in a study without waves.</summary>
    public required string Wave { get; init; }

    public required Audience Audience { get; init; }

    /// <summary>Counts up from 1 within study, wave and audience; 0 for a preview that is kept nowhere.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The people are made up, to show what a report looks like.</summary>
    public bool Simulated { get; init; }

    /// <summary>What the study calls the people of each side.</summary>
    public required BySide<string> Sides { get; init; }

    /// <summary>The fewest persons of a side that this audience sees.</summary>
    public required int MinimumGroup { get; init; }

    /// <summary>How many gaps, and how many tensions, are told at length.</summary>
    public required int Told { get; init; }

    /// <summary>The quotes in it, by reference; null where there are none.</summary>
    public ImmutableArray<string>? Quotes { get; init; }

    /// <summary>The words of those that may still be shown; looked up whenever the report is, and kept nowhere with it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableArray<string> Quoted { get; init; } = [];

    /// <summary>The team's own ties to the project, in its own words.</summary>
    public required string Positions { get; init; }

    public required CodingNote Coding { get; init; }

    /// <summary>One per stratum; the people who answered here come first.</summary>
    public required ImmutableArray<ReportSection> Sections { get; init; }
}

/// <summary>How the codes came about.</summary>
/// <param name="Unchecked">Whether machine codes that no person has confirmed are counted.</param>
/// <param name="Agreement">Krippendorff's alpha of these coders against people, as last measured; null where it was not.</param>
internal sealed record CodingNote(bool Unchecked, double? Agreement);

/// <summary>What one stratum says.</summary>
internal sealed record ReportSection
{
    public required Stratum Stratum { get; init; }

    /// <summary>Persons per side who started, as they may be shown.</summary>
    public required BySide<string> Persons { get; init; }

    /// <summary>Which sides have nobody, too few, or enough people.</summary>
    public required BySide<Presence> Presence { get; init; }

    public required ImmutableArray<CoverageLine> Coverage { get; init; }

    /// <summary>Persons who came and took everything back, as it may be shown.</summary>
    public required string Withdrawn { get; init; }

    /// <summary>How closely people follow the project, per side: options with shares.</summary>
    public ImmutableArray<FollowingLine> Following { get; init; } = [];

    public required ImmutableArray<ItemLine> Items { get; init; }

    public required ImmutableArray<CodeLine> Codes { get; init; }

    public required ImmutableArray<TensionLine> Tensions { get; init; }

    /// <summary>How many items and codes were compared between the sides: the families of the corrections for testing many.</summary>
    public required int ItemsCompared { get; init; }

    public required int CodesCompared { get; init; }

    /// <summary>Side coincides with a way of coming, so nothing is called clear.</summary>
    public bool Confounded { get; init; }

    /// <summary>Words from transcripts are among them.</summary>
    public bool Transcripts { get; init; }

    /// <summary>Some answers have not been read for codes yet, so the counts of codes are too low.</summary>
    public bool Unread { get; init; }

    /// <summary>Fewer persons on a side than verdicts are given for; figures are shown without them.</summary>
    public bool NoVerdicts { get; init; }

    /// <summary>What is not shown, and why, in whole sentences.</summary>
    public required ImmutableArray<string> Withheld { get; init; }
}

/// <summary>Whether there are people enough on a side.</summary>
internal enum Presence
{
    Nobody,
    TooFew,
    Enough,
}

/// <summary>How far the people of one side, or of one way of coming, came. Numbers as they may be shown.</summary>
/// <param name="Group"><c>side</c>, <c>platform</c> or <c>source</c>.</param>
/// <param name="Name">The side, platform or source.</param>
/// <param name="Invited">Null where nobody can know.</param>
internal sealed record CoverageLine(string Group, string Name, string? Invited, string Started, string Core, string Finished);

/// <summary>One answer to how closely people follow the project; null for a side that is not shown.</summary>
internal sealed record FollowingLine(string Label, ShownShare? Downstream, ShownShare? Upstream);

/// <summary>One ordinal item.</summary>
/// <param name="Short">The words for it.</param>
/// <param name="Agree">What agreeing means on its scale, such as <c>mostly or fully</c>.</param>
/// <param name="Starter">The question to both sides.</param>
/// <param name="Need">What a side said it needs.</param>
/// <param name="Downstream">Null where the side is not shown.</param>
/// <param name="Upstream">Null where the side is not shown.</param>
/// <param name="Comparison">Null where a side is not shown.</param>
/// <param name="Figures">Only for whoever may recompute.</param>
internal sealed record ItemLine(
    string Item, string Short, string Agree, string? Starter, string? Need,
    ItemSide? Downstream, ItemSide? Upstream, ItemVerdict? Comparison, ItemFigures? Figures);

/// <summary>What one side makes of an item.</summary>
/// <param name="Perception">How this side sees the other; null where nobody was asked to guess.</param>
internal sealed record ItemSide(ShownShare Agreeing, Stance Stance, Perception? Perception);

/// <summary>The two sides compared.</summary>
/// <param name="Verdict">Null where too few people answered for any.</param>
/// <param name="Size">Null where the interval spans so much that there is no size to say.</param>
/// <param name="AtLeast">The size is the lowest that the interval allows.</param>
/// <param name="Gap">Cliff's delta; positive means that downstream expects more.</param>
internal sealed record ItemVerdict(GapVerdict? Verdict, JointStance Stance, SizeClass? Size, bool AtLeast, ShownGap Gap);

/// <summary>What is needed to compute an item's line again.</summary>
internal sealed record ItemFigures(
    ImmutableArray<long> Downstream, ImmutableArray<long> Upstream, int AgreeFrom, ItemGap? Gap, double? AdjustedP, GuessFigures? Guesses);

/// <summary>Guesses of the other side, by the side that guesses, and the differences "guess against own view" within person.</summary>
internal sealed record GuessFigures(
    ImmutableArray<long> Downstream, ImmutableArray<long> Upstream, ImmutableArray<long> DownstreamDifferences, ImmutableArray<long> UpstreamDifferences,
    ShownGap? DownstreamAccuracy, ShownGap? UpstreamAccuracy, ShownGap? DownstreamCongruency, ShownGap? UpstreamCongruency);

/// <summary>One code.</summary>
/// <param name="Downstream">Persons who mention it; null where the side is not shown.</param>
internal sealed record CodeLine(
    string Code, string Label, string Brief, CodeSide? Downstream, CodeSide? Upstream, CodeVerdict? Comparison, CodeFigures? Figures);

/// <summary>Persons of one side who mention a code.</summary>
/// <param name="Low">Lower end of the share's interval; null, like all that follows, where exact figures may not be shown.</param>
/// <param name="Answers">Answers that carry the code.</param>
/// <param name="AnswersOf">Answers read for codes.</param>
internal sealed record CodeSide(ShownShare Mentioning, double? Low, double? High, long? Answers, long? AnswersOf);

/// <summary>The two sides compared.</summary>
/// <param name="Verdict">Null where too few people answered for any.</param>
/// <param name="Gap">Share downstream minus share upstream.</param>
internal sealed record CodeVerdict(GapVerdict? Verdict, ShownGap Gap);

/// <summary>What is needed to compute a code's line again. Persons mentioning, of persons codable.</summary>
internal sealed record CodeFigures(
    long DownstreamPersons, long DownstreamOf, long UpstreamPersons, long UpstreamOf, double? FisherP, double? AdjustedP);

/// <summary>One tension.</summary>
/// <param name="A">The words for its first half.</param>
internal sealed record TensionLine(string Tension, string Label, string A, string B, string Starter, TensionSide? Downstream, TensionSide? Upstream);

/// <summary>Who of one side holds both halves.</summary>
/// <param name="Independent">How many would, if holding one half had nothing to do with holding the other.</param>
/// <param name="Than">Whether more or fewer do than that.</param>
/// <param name="Figures">Only for whoever may recompute.</param>
internal sealed record TensionSide(ShownShare Both, ShownShare Independent, Than Than, TensionFigures? Figures);

/// <summary>How what is seen compares with what would be without any connection.</summary>
internal enum Than
{
    /// <summary>The answers cannot tell.</summary>
    CannotTell,
    More,
    Fewer,
}

/// <summary>Persons by the halves they hold, the interval of the share that holds both, and its excess over independence.</summary>
internal sealed record TensionFigures(long Neither, long OnlyA, long OnlyB, long Both, double Low, double High, ShownGap Excess);
