using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>What one stratum gave: counts of persons and nothing else.</summary>
/// <param name="Counts">
/// Items by their key in the <see cref="Catalogue"/>, codes and tensions by id. What is missing has no answers. Minimum group and
/// confounding are not read: who sees the report decides the one, coverage the other.
/// </param>
/// <param name="Unread">Answers that nobody has read for codes yet.</param>
internal sealed record StratumCounts(Stratum Stratum, GapCounts Counts, Coverage Coverage, long Unread = 0);

/// <summary>What a report is drawn up from.</summary>
/// <param name="Number">The snapshot's number; 0 for a preview.</param>
internal sealed record ReportFacts(
    string Wave, Audience Audience, int Number, DateTimeOffset At, ImmutableArray<StratumCounts> Strata, CodingNote Coding, bool Simulated = false);
