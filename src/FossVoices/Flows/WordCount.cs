namespace FossVoices.Flows;

/// <summary>Counts words as a person would: runs of anything but white space that hold a letter or a digit.</summary>
internal static class WordCount
{
    public static int Of(ReadOnlySpan<char> text)
    {
        var (count, counted) = (0, false);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
                counted = false;
            else if (!counted && (char.IsLetterOrDigit(c) || char.IsSurrogate(c)))
                (count, counted) = (count + 1, true);
        }

        return count;
    }
}
