using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Coding;

/// <summary>Why an answer waits for a person, the most pressing first.</summary>
internal enum ReviewReason
{
    /// <summary>What a person said of it was said under a definition that has changed.</summary>
    DefinitionChanged,

    /// <summary>A suggestion is unsure, negated, supposed or about somebody else, or machines differ.</summary>
    LookClosely,

    /// <summary>A code that few answers have.</summary>
    RareCode,

    /// <summary>Drawn by chance among the others, so that what machines miss is measured, too.</summary>
    ByChance,

    /// <summary>All that is suggested is sure.</summary>
    QuickConfirm,

    /// <summary>Nothing is suggested.</summary>
    NothingHeard,
}

/// <summary>An answer in the queue.</summary>
/// <param name="Answer">Its id: <c>session/address</c>.</param>
internal sealed record Queued(string Answer, ReviewReason Reason);

/// <summary>The order in which answers are shown to people: those first from which most is learned, one in ten by chance, so that the sure ones are looked at, too.</summary>
internal static class ReviewQueue
{
    /// <summary>A code with fewer suggestions than this is rare.</summary>
    private const int Rare = 5;

    private const int OneIn = 10;

    /// <param name="answers">The ids of the answers that wait, in the order in which they came.</param>
    /// <param name="assignments">What was said of them; of other answers is no matter.</param>
    public static ImmutableArray<Queued> Order(IReadOnlyList<string> answers, IEnumerable<CodeAssignment> assignments)
    {
        var said = assignments.ToLookup(assignment => $"{assignment.Session}/{assignment.Address}", StringComparer.Ordinal);
        var common = said.SelectMany(answer => answer.Where(a => a.Status == AssignmentStatus.Suggested).Select(a => a.Code).Distinct(StringComparer.Ordinal))
            .CountBy(code => code, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. answers.Select((answer, place) => (Answer: answer, Place: place, Reason: ReasonOf(answer, [.. said[answer]], common), Doubt: said[answer].Sum(Doubt)))
                .OrderBy(queued => queued.Reason).ThenByDescending(queued => queued.Doubt).ThenBy(queued => queued.Place)
                .Select(queued => new Queued(queued.Answer, queued.Reason)),
        ];
    }

    private static ReviewReason ReasonOf(string answer, ImmutableArray<CodeAssignment> said, Dictionary<string, int> common)
    {
        if (said.Any(a => a.Status == AssignmentStatus.Stale))
            return ReviewReason.DefinitionChanged;
        if (BlindSample.Chance(1, answer) < uint.MaxValue / OneIn)
            return ReviewReason.ByChance;
        var suggested = said.Where(a => a.Status == AssignmentStatus.Suggested).ToImmutableArray();
        if (suggested.IsEmpty)
            return ReviewReason.NothingHeard;
        if (suggested.Any(a => a.Confidence < Confidence.Sure - 0.15 || a.Polarity != Polarity.Asserted) || Differ(suggested))
            return ReviewReason.LookClosely;
        return suggested.Any(a => common[a.Code] < Rare) ? ReviewReason.RareCode : ReviewReason.QuickConfirm;
    }

    /// <summary>Whether a code is given by one machine that read the answer and not by another.</summary>
    private static bool Differ(ImmutableArray<CodeAssignment> suggested)
    {
        var coders = suggested.Select(a => a.Coder).Distinct(StringComparer.Ordinal).Count();
        return coders > 1 && suggested.GroupBy(a => a.Code, StringComparer.Ordinal).Any(code => code.Select(a => a.Coder).Distinct(StringComparer.Ordinal).Count() < coders);
    }

    /// <summary>The nearer to one half, the more there is to learn.</summary>
    private static double Doubt(CodeAssignment assignment) => assignment.Status == AssignmentStatus.Suggested ? 0.5 - Math.Abs(assignment.Confidence - 0.5) : 0;
}

/// <summary>Draws answers for two people to code blind. The same seed and the same answers give the same draw, wherever and in whatever order they come.</summary>
internal static class BlindSample
{
    /// <summary>A fifth of the answers, and at least so many (or all, where there are fewer).</summary>
    public const int Fewest = 50;

    public static int Usual(int answers) => Math.Min(answers, Math.Max(Fewest, (answers + 4) / 5));

    /// <param name="answers">The ids of those that can be drawn.</param>
    public static ImmutableArray<string> Draw(IEnumerable<string> answers, int count, int seed) =>
        [.. answers.Distinct(StringComparer.Ordinal).OrderBy(answer => Chance(seed, answer)).ThenBy(answer => answer, StringComparer.Ordinal).Take(count)];

    /// <summary>A number by which answers are put into a random order that anybody can repeat: the first four bytes of SHA-256 over <c>seed/answer</c>.</summary>
    internal static uint Chance(int seed, string answer) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{answer}"))));
}
