using System.Collections.Immutable;

namespace FossVoices.Gaps;

/// <summary>What the same persons of one side said at two times: a square of counts, row by row, the earlier point first.</summary>
internal sealed record PanelTable(int Points, ImmutableArray<long> Counts)
{
    public static PanelTable Nobody(int points) => new(points, [.. new long[points * points]]);

    public long Persons => Counts.Sum();

    public long At(int earlier, int later) => Counts[earlier * Points + later];

    /// <summary>Σ over these persons of what each adds to the two estimates: Σ f(earlier)·g(later).</summary>
    public double Sum(ReadOnlySpan<double> earlier, ReadOnlySpan<double> later)
    {
        var sum = 0.0;
        for (var i = 0; i < Points; i++)
        {
            for (var j = 0; j < Points; j++)
                sum += At(i, j) * earlier[i] * later[j];
        }

        return sum;
    }
}
