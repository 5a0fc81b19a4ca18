using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Gaps;

/// <summary>
/// Persons per point of an ordinal scale, from point 1 to point K. It is all that the ordinal statistics need: no mean is
/// ever taken of scale points. Skipped and "don't know" answers are not in it.
/// </summary>
internal sealed record Histogram
{
    private const int MostPoints = 100;

    /// <summary>Keeps the number of pairs of persons exact in 64 bits.</summary>
    private const long MostPersons = 1_000_000_000;

    private Histogram(ImmutableArray<long> counts) => (Counts, Persons) = (counts, counts.Sum());

    /// <summary>Persons at each point; index 0 is point 1.</summary>
    public ImmutableArray<long> Counts { get; }

    public long Persons { get; }

    /// <summary>The variance of the noise in each count, where there is any (<see cref="GeometricNoise"/>).</summary>
    public double Noise { get; init; }

    public int Points => Counts.Length;

    /// <exception cref="ArgumentException">The counts are none of a scale; the message is that of <see cref="Refusal"/>.</exception>
    public static Histogram Of(params IReadOnlyList<long> counts) =>
        Refusal(counts) is { } why ? throw new ArgumentException(why, nameof(counts)) : new([.. counts]);

    /// <summary>Why these counts are no histogram, in one sentence; null when they are one.</summary>
    public static string? Refusal(IReadOnlyList<long> counts)
    {
        if (counts.Count is 0 or > MostPoints)
            return string.Create(CultureInfo.InvariantCulture, $"A scale has 1 to {MostPoints} points; {counts.Count} counts were given.");

        var total = 0L;
        for (var point = 0; point < counts.Count; point++)
        {
            if (counts[point] < 0)
                return string.Create(CultureInfo.InvariantCulture, $"Point {point + 1} has {counts[point]} persons; a count is 0 or more.");

            // Checked one by one, so that the sum itself cannot overflow.
            if (counts[point] > MostPersons - total)
                return $"The counts add up to more than {MostPersons} persons; give counts of persons on one side.";

            total += counts[point];
        }

        return null;
    }

    /// <summary>Persons at <paramref name="point"/> (1 to K) or above it, among all persons of the histogram.</summary>
    public Share AtOrAbove(int point)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(point, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(point, Points);
        var agreeing = Counts.Skip(point - 1).Sum();
        return Share.Noisy(agreeing, Persons, Noise, cells: Points - point + 1, others: point - 1);
    }

    /// <summary>The persons of both, on the same scale.</summary>
    public Histogram Plus(Histogram other) => Of([.. Counts.Zip(other.Counts, (x, y) => x + y)]) with { Noise = Noise + other.Noise };

    public bool Equals(Histogram? other) => other is not null && Counts.SequenceEqual(other.Counts);

    public override int GetHashCode() => Counts.Aggregate(Points, HashCode.Combine);

    public override string ToString() => string.Join(',', Counts);
}
