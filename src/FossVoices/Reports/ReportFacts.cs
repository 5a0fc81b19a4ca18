using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>What one stratum gave: counts of persons and nothing else.</summary>
/// <param name="Counts">
/// Items by their key in the <see cref="Catalogue"/>, codes and tensions by id. What is missing has no answers. Minimum group and
/// confounding are not read: who sees the report decides the one, coverage the other.
/// </param>
/// <param name="Unread">Answers that nobody has read for codes yet.</param>
/// <param name="Answers">How often each code came up; a code without an entry did not.</param>
internal sealed record StratumCounts(
    Stratum Stratum, GapCounts Counts, Coverage Coverage, long Unread = 0, ImmutableArray<CodeAnswers> Answers = default);

/// <summary>Answers that carry a code, of answers read for codes. Not a share of persons: what one person says often counts often.</summary>
/// <param name="Unchecked">On which sides somebody counts only because a machine said so; null for none.</param>
internal sealed record CodeAnswers(string Code, BySide<Share> Answers, BySide<bool>? Unchecked = null)
{
    public bool IsUnchecked => Unchecked is { } sides && (sides.Downstream || sides.Upstream);
}

/// <summary>What a report is drawn up from.</summary>
/// <param name="Number">The snapshot's number; 0 for a preview.</param>
/// <param name="Noise">Epsilon of the noise in the counts of the people who answered here; null for none.</param>
/// <param name="Since">The wave that the gaps are compared with; null for none.</param>
internal sealed record ReportFacts(
    string Wave, Audience Audience, int Number, DateTimeOffset At, ImmutableArray<StratumCounts> Strata, CodingNote Coding, bool Simulated = false, SinceWave? Since = null, double? Noise = null);
