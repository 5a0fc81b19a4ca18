namespace FossVoices.Gaps;

/// <summary>
/// Of the persons of one side who gave both an own view and a guess of the other side's: how many guessed higher than their
/// own view, the same, and lower.
/// </summary>
internal sealed record Differences
{
    private Differences(long guessHigher, long same, long guessLower)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(guessHigher);
        ArgumentOutOfRangeException.ThrowIfNegative(same);
        ArgumentOutOfRangeException.ThrowIfNegative(guessLower);
        (GuessHigher, Same, GuessLower) = (guessHigher, same, guessLower);
    }

    public long GuessHigher { get; }

    public long Same { get; }

    public long GuessLower { get; }

    /// <summary>The variance of the noise in each count, where there is any.</summary>
    public double Noise { get; init; }

    public long Persons => GuessHigher + Same + GuessLower;

    public static Differences Of(long guessHigher, long same, long guessLower) => new(guessHigher, same, guessLower);

    /// <summary>From persons per difference "own view minus guess", in scale points, as the tallies keep it.</summary>
    public static Differences OwnMinusGuess(IEnumerable<KeyValuePair<int, long>> persons)
    {
        var (higher, same, lower) = (0L, 0L, 0L);
        foreach (var (difference, count) in persons)
        {
            // An own view below the guess is a guess above the own view.
            (higher, same, lower) = (higher + (difference < 0 ? count : 0), same + (difference == 0 ? count : 0), lower + (difference > 0 ? count : 0));
        }

        return new(higher, same, lower);
    }
}
