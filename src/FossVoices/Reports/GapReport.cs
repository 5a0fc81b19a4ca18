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

    /// <summary>The only people whose answers are in it; null where it counts everybody.</summary>
    public Community? Community { get; init; }

    /// <summary>The reports that it is numbered with.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Series Series => new(Wave, Audience, Community);

    /// <summary>Counts up from 1 in its <see cref="Series"/>; 0 for a preview that is kept nowhere.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The report that this one takes the place of; null for one of its own.</summary>
    public int? Corrects { get; init; }

    /// <summary>What it changes there, in whole sentences.</summary>
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>The day on which the next one is due, where the study has a schedule.</summary>
    public DateOnly? NextDue { get; init; }

    /// <summary>Whether anybody's answers are in it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool ShowsAnything => Sections.Any(section =>
        section.Items.Any(item => (item.Downstream ?? item.Upstream) is not null) || section.Codes.Any(code => (code.Downstream ?? code.Upstream) is not null));

    /// <summary>The people are made up, to show what a report looks like.</summary>
    public bool Simulated { get; init; }

    /// <summary>Epsilon of the noise in the counts; null where there is none.</summary>
    public double? Noise { get; init; }

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

/// <summary>What the gaps are compared with.</summary>
/// <param name="Wave">The wave before.</param>
/// <param name="Refusal">Why it cannot be compared, in a sentence; null where it can.</param>
internal sealed record SinceWave(string Wave, string? Refusal);

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

    /// <summary>How many people are on both sides, and in neither side's figures; null where nobody is.</summary>
    public string? Bridge { get; init; }

    /// <summary>How many of each side showed that they belong to it; null where nothing proves a side, or too few or nearly all did.</summary>
    public BySide<string>? Attested { get; init; }

    /// <summary>The wave that the gaps are compared with; null in the first, or in a study without waves.</summary>
    public SinceWave? Since { get; init; }

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
/// <param name="Bridge">What people on both sides make of it; null where they are too few.</param>
/// <param name="Wording">A hash of question and scale: only what was asked in the same words is compared between waves.</param>
internal sealed record ItemLine(
    string Item, string Short, string Agree, string? Starter, string? Need,
    ItemSide? Downstream, ItemSide? Upstream, ItemVerdict? Comparison, ItemFigures? Figures, ItemSide? Bridge = null, string Wording = "");

/// <summary>What one side makes of an item.</summary>
/// <param name="Perception">How this side sees the other; null where nobody was asked to guess.</param>
internal sealed record ItemSide(ShownShare Agreeing, Stance Stance, Perception? Perception);

/// <summary>The two sides compared.</summary>
/// <param name="Verdict">Null where too few people answered for any.</param>
/// <param name="Size">Null where the interval spans so much that there is no size to say.</param>
/// <param name="AtLeast">The size is the lowest that the interval allows.</param>
/// <param name="Gap">Cliff's delta; positive means that downstream expects more. Where a gap is told its interval is that of the selected.</param>
/// <param name="WithBridge">What would be found with the people on both sides counted on one; null where they are too few.</param>
/// <param name="Attested">What is found among people whose side was proved; null where they are too few.</param>
/// <param name="Trend">The change since the wave before; null where there is nothing to compare.</param>
internal sealed record ItemVerdict(
    GapVerdict? Verdict, JointStance Stance, SizeClass? Size, bool AtLeast, ShownGap Gap,
    BySide<ItemFinding>? WithBridge = null, ItemFinding? Attested = null, ShownTrend? Trend = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public ItemFinding? Finding => Verdict is { } verdict ? ItemFinding.Of(verdict, Gap.Estimate) : null;
}

/// <summary>How a gap changed.</summary>
/// <param name="Before">Delta in the wave before.</param>
/// <param name="Change">After minus before, with its interval.</param>
internal sealed record ShownTrend(double Before, ShownGap Change, bool IsChange);

/// <summary>What is needed to compute an item's line again.</summary>
internal sealed record ItemFigures(
    ImmutableArray<long> Downstream, ImmutableArray<long> Upstream, int AgreeFrom, ItemGap? Gap, double? AdjustedP, GuessFigures? Guesses,
    double? CautiousP = null, ImmutableArray<long>? Bridge = null, BySide<ImmutableArray<long>>? Attested = null, TrendFigures? Trend = null);

/// <summary>The wave before: persons per point, and of those who answered both times a square of counts, row by row, the earlier point first.</summary>
internal sealed record TrendFigures(BySide<ImmutableArray<long>> Earlier, BySide<ImmutableArray<long>>? Again);

/// <summary>Guesses of the other side, by the side that guesses, and the differences "guess against own view" within person.</summary>
internal sealed record GuessFigures(
    ImmutableArray<long> Downstream, ImmutableArray<long> Upstream, ImmutableArray<long> DownstreamDifferences, ImmutableArray<long> UpstreamDifferences,
    ShownGap? DownstreamAccuracy, ShownGap? UpstreamAccuracy, ShownGap? DownstreamCongruency, ShownGap? UpstreamCongruency);

/// <summary>One code.</summary>
/// <param name="Downstream">Persons who mention it; null where the side is not shown.</param>
/// <param name="Coding">How far its codings can be trusted; null where nobody has measured it and all are confirmed.</param>
internal sealed record CodeLine(
    string Code, string Label, string Brief, CodeSide? Downstream, CodeSide? Upstream, CodeVerdict? Comparison, CodeFigures? Figures, CodeTrust? Coding = null);

/// <summary>How far the codings of one code can be trusted.</summary>
/// <param name="Agreement">Krippendorff's alpha on this code; null where it was not measured.</param>
/// <param name="Unchecked">Somebody counts only because a machine said so.</param>
internal sealed record CodeTrust(double? Agreement, bool Unchecked)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTentative => Agreement < CodingQuality.Tentative;
}

/// <summary>Persons of one side who mention a code.</summary>
/// <param name="Low">Lower end of the share's interval; null, like all that follows, where exact figures may not be shown.</param>
/// <param name="Answers">Answers that carry the code.</param>
/// <param name="AnswersOf">Answers read for codes.</param>
internal sealed record CodeSide(ShownShare Mentioning, double? Low, double? High, long? Answers, long? AnswersOf);

/// <summary>The two sides compared.</summary>
/// <param name="Verdict">Null where too few people answered for any.</param>
/// <param name="Gap">Share downstream minus share upstream.</param>
/// <param name="Corrected">The difference without the coders' errors; null where these are not known, or exact figures may not be shown.</param>
internal sealed record CodeVerdict(GapVerdict? Verdict, ShownGap Gap, double? Corrected = null);

/// <summary>What is needed to compute a code's line again. Persons mentioning, of persons codable.</summary>
internal sealed record CodeFigures(
    long DownstreamPersons, long DownstreamOf, long UpstreamPersons, long UpstreamOf, double? FisherP, double? AdjustedP, BySide<CoderError>? Errors = null);

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
