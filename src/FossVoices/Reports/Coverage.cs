using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>How far people came who share side, source and platform. Counts are of persons.</summary>
/// <param name="Side"><see cref="Coverage.Upstream"/>, <see cref="Coverage.Downstream"/>, <see cref="Coverage.Both"/> or <see cref="Coverage.Unknown"/>.</param>
/// <param name="Source">The tag of the link that was followed, or empty.</param>
/// <param name="Platform"><c>web</c>, <c>discord</c>, <c>teams</c> or <c>import</c>.</param>
/// <param name="Started">Persons who agreed to take part.</param>
/// <param name="Core">Of these, persons whose core is complete.</param>
/// <param name="Finished">Of these, persons with nothing left to answer.</param>
internal sealed record CoverageCell(string Side, string Source, string Platform, long Started, long Core, long Finished);

/// <summary>One answer to how closely people follow the project.</summary>
/// <param name="Label">The option as people saw it.</param>
internal sealed record Following(string Label, BySide<long> Persons);

/// <summary>Who was reached and how far they came. It stands in every report, since those who did not come cannot be heard.</summary>
/// <param name="Cells">One per side, source and platform.</param>
/// <param name="Invited">Persons who were handed a code of their own; null where links are open and nobody can know.</param>
/// <param name="Withdrawn">Persons who came and took everything back.</param>
/// <param name="Following">How closely people follow the project, from the least; empty where it is not asked.</param>
/// <param name="Attested">Persons who answered and whose side was proved; null where nothing proves a side.</param>
internal sealed record Coverage(
    ImmutableArray<CoverageCell> Cells, BySide<long>? Invited = null, long Withdrawn = 0, ImmutableArray<Following> Following = default, BySide<long>? Attested = null)
{
    public const string Upstream = "upstream";
    public const string Downstream = "downstream";

    /// <summary>People who are on both sides: the bridge group, in neither side's figures.</summary>
    public const string Both = "both";

    /// <summary>People who have not said yet.</summary>
    public const string Unknown = "unknown";

    public const string Import = "import";

    /// <summary>Sides coincide with a way of coming when so many of one came by it, and so few of the other.</summary>
    private const double NearlyAll = 0.9;

    public static Coverage None { get; } = new([]);

    public bool IsEmpty => Cells.All(cell => cell.Started == 0);

    /// <summary>Some of the words came from transcripts, in which nobody marked what was a probe.</summary>
    public bool HasTranscripts => Cells.Any(cell => cell.Platform == Import && cell.Started > 0);

    public BySide<long> Started => new(Sum(Downstream, cell => cell.Started), Sum(Upstream, cell => cell.Started));

    /// <summary>
    /// Side coincides with platform or with source: then a gap may come from how people were reached, and cannot be told from one
    /// between the sides.
    /// </summary>
    public bool Confounded => Coincide(cell => cell.Platform) || Coincide(cell => cell.Source);

    public long Sum(string side, Func<CoverageCell, long> of) => Cells.Where(cell => cell.Side == side).Sum(of);

    private bool Coincide(Func<CoverageCell, string> way)
    {
        var sides = Started;
        return sides.All(persons => persons > 0) && Cells.Select(way).Distinct(StringComparer.Ordinal).Any(one =>
        {
            var down = Cells.Where(cell => cell.Side == Downstream && way(cell) == one).Sum(cell => cell.Started) / (double)sides.Downstream;
            var up = Cells.Where(cell => cell.Side == Upstream && way(cell) == one).Sum(cell => cell.Started) / (double)sides.Upstream;
            return (down >= NearlyAll && up <= 1 - NearlyAll) || (up >= NearlyAll && down <= 1 - NearlyAll);
        });
    }
}
