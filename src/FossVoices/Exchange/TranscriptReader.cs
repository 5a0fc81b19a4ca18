using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace FossVoices.Exchange;

/// <summary>
/// Reads transcripts. A speaker is a name in capitals at the start of a line, with an optional bracket or <c>, TYPING</c>, before a colon;
/// all else continues the turn. Lines beginning with <c>&gt;</c> or <c>#</c> quote or head and are no answers; <c>[…]</c> is a note.
/// </summary>
internal static partial class TranscriptReader
{
    /// <summary>No interview is longer; what is, is some other file.</summary>
    public const int MostCharacters = 4_000_000;

    /// <exception cref="FormatException">Nobody speaks in it, or it is too long to be an interview; the message says so in one sentence.</exception>
    public static Transcript Read(string name, TextReader text)
    {
        var turns = ImmutableArray.CreateBuilder<SpokenTurn>();
        var (speaker, began, words) = ((string?)null, 0, new StringBuilder());
        var (number, length) = (0, 0);
        while (text.ReadLine() is { } line)
        {
            number++;
            length += line.Length;
            if (length > MostCharacters)
                throw new FormatException($"{name} has more than {MostCharacters:N0} characters and is no interview. Nothing of it was imported.");

            if (line.AsSpan().TrimStart() is ['>' or '#', ..])
                continue;

            if (SpeakerLine().Match(line) is { Success: true } match)
            {
                End();
                (speaker, began) = (match.Groups["name"].Value.Trim(), number);
                words.Append(match.Groups["rest"].Value.Trim()).Append('\n');
            }
            else if (speaker is not null)
            {
                words.Append(line.Trim()).Append('\n');
            }
        }

        End();
        return turns.Count > 0
            ? new Transcript(name, turns.ToImmutable())
            : throw new FormatException($"{name} has no line that begins with a speaker, as 'NAOMI: …' would. Nothing of it was imported.");

        void End()
        {
            if (speaker is not null)
                turns.Add(new SpokenTurn(speaker, began, Tidy(words.ToString())));
            words.Clear();
        }
    }

    /// <summary>
    /// The words with every note blanked out by spaces, so that positions stay what they are: a note is the editor's, and nothing in it was said.
    /// </summary>
    public static string WithoutNotes(string words) => Note().Replace(words, note => new string(' ', note.Length));

    /// <summary>One space between words, and one empty line at the most between paragraphs.</summary>
    private static string Tidy(string words)
    {
        var lines = words.Split('\n').Select(line => Spaces().Replace(line, " ").Trim());
        return EmptyLines().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    // At least two capitals, so that a sentence beginning "I:" is no speaker. Marks and digits may follow a name ("DR. O'NEIL-2").
    [GeneratedRegex(@"^\s{0,3}\**(?<name>\p{Lu}[\p{Lu}\p{Nd}.'’\-]*\p{Lu}[\p{Lu}\p{Nd}.'’\-]*(?: \p{Lu}[\p{Lu}\p{Nd}.'’\-]*){0,4})(?:,\s*TYPING|\s*[\(\[][^\)\]]{0,40}[\)\]])?\**\s*:\**(?<rest>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SpeakerLine();

    [GeneratedRegex(@"\[[^\[\]]{0,400}\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Note();

    [GeneratedRegex(@"[ \t]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyLines();
}
