using System.Globalization;
using System.Runtime.InteropServices;

namespace FossVoices.Gaps;

/// <summary>Some persons among all persons who could have been among them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Share
{
    /// <exception cref="ArgumentException">The counts are none of a share; the message is that of <see cref="Refusal"/>.</exception>
    public Share(long persons, long of)
    {
        if (Refusal(persons, of) is { } why)
            throw new ArgumentException(why, nameof(persons));

        (Persons, Of) = (persons, of);
    }

    public long Persons { get; }

    public long Of { get; }

    /// <summary>What noise in the counts adds to the variance of the proportion.</summary>
    public double Noise { get; init; }

    /// <param name="noise">The variance of the noise in each cell.</param>
    /// <param name="cells">Over how many cells the persons are spread.</param>
    /// <param name="others">Over how many the others.</param>
    public static Share Noisy(long persons, long of, double noise, int cells, int others)
    {
        var share = new Share(persons, of);
        return noise == 0 || of == 0 ? share : share with { Noise = noise * (cells * Math.Pow(1 - share.Value, 2) + others * Math.Pow(share.Value, 2)) / of / of };
    }

    /// <summary>The proportion; zero among nobody.</summary>
    public double Value => Of == 0 ? 0 : (double)Persons / Of;

    /// <summary>Why these counts are no share, in one sentence; null when they are one.</summary>
    public static string? Refusal(long persons, long of) => (persons, of) switch
    {
        (_, > 1_000_000_000) => "A share is of at most 1000000000 persons.",
        ( < 0, _) or (_, < 0) => string.Create(CultureInfo.InvariantCulture, $"{persons}/{of} is no share of persons; both numbers are 0 or more."),
        _ when persons > of => string.Create(CultureInfo.InvariantCulture, $"{persons}/{of} is no share of persons; the first number is at most the second."),
        _ => null,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Persons}/{Of}");
}
