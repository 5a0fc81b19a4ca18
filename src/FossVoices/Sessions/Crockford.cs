using System.Text;

namespace FossVoices.Sessions;

/// <summary>80 bits as sixteen letters and digits in four groups, in Crockford's base 32: no letter that is taken for a digit.</summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Characters = 16;

    public static string Write(ReadOnlySpan<byte> bits)
    {
        var code = new StringBuilder(Characters + 3);
        for (var i = 0; i < Characters; i++)
        {
            if (i is 4 or 8 or 12)
                code.Append('-');
            code.Append(Alphabet[BitsAt(bits, i * 5)]);
        }

        return code.ToString();
    }

    /// <summary>As people type it: any case, with or without dashes and spaces, o for 0, i and l for 1. Null where it is none.</summary>
    public static string? TryRead(string? typed)
    {
        if (typed is null || typed.Length > 100)
            return null;

        var letters = typed.ToLowerInvariant().Where(c => c != '-' && !char.IsWhiteSpace(c))
            .Select(c => c switch { 'o' => '0', 'i' or 'l' => '1', _ => c }).ToArray();
        return letters.Length == Characters && letters.All(c => Alphabet.Contains(c, StringComparison.Ordinal))
            ? string.Join('-', letters.Chunk(4).Select(four => new string(four)))
            : null;
    }

    private static int BitsAt(ReadOnlySpan<byte> bytes, int bit)
    {
        var two = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
        return (two >> (11 - (bit % 8))) & 31;
    }
}
