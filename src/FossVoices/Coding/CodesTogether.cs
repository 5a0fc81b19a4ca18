using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>Two codes that came up in the same answers of one side.</summary>
/// <param name="Answers">Answers with both.</param>
/// <param name="Expected">As many as there would be if the two had nothing to do with each other.</param>
internal sealed record CodesTogether(string One, string Other, int Answers, double Expected)
{
    /// <param name="answers">The codes of each answer that was read; empty sets count.</param>
    /// <returns>Pairs that occur, the most frequent first.</returns>
    public static ImmutableArray<CodesTogether> Of(IReadOnlyCollection<IReadOnlySet<string>> answers)
    {
        var each = answers.SelectMany(codes => codes).CountBy(code => code, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var pairs = answers.SelectMany(codes =>
        {
            var ordered = codes.Order(StringComparer.Ordinal).ToArray();
            return ordered.SelectMany((one, i) => ordered.Skip(i + 1).Select(other => (one, other)));
        });
        return
        [
            .. pairs.CountBy(pair => pair)
                .Select(pair => new CodesTogether(pair.Key.one, pair.Key.other, pair.Value, (double)each[pair.Key.one] * each[pair.Key.other] / answers.Count))
                .OrderByDescending(pair => pair.Answers).ThenBy(pair => pair.One, StringComparer.Ordinal).ThenBy(pair => pair.Other, StringComparer.Ordinal),
        ];
    }
}
