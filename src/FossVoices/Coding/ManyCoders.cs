using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>How far three or more people agree, taken together.</summary>
/// <param name="Answers">How many answers all of them read; Fleiss' kappa is over these.</param>
/// <param name="AnswersOfTwo">How many at least two of them read; alpha is over these.</param>
/// <param name="PerCode">In the order of the codes.</param>
internal sealed record ManyCoders(ImmutableArray<string> Coders, int Answers, int AnswersOfTwo, double? Alpha, double? FleissKappa, ImmutableArray<CodeOfMany> PerCode)
{
    /// <returns>Null for fewer than three.</returns>
    public static ManyCoders? Of(ImmutableArray<CoderJudgements> people, IReadOnlyList<string> codes)
    {
        if (people.Length < 3)
            return null;
        ImmutableArray<string> answers =
        [
            .. people.SelectMany(person => person.Given.Keys).GroupBy(answer => answer, StringComparer.Ordinal).Where(readers => readers.Count() > 1)
                .Select(readers => readers.Key).Order(StringComparer.Ordinal),
        ];
        ImmutableArray<string> all = [.. answers.Where(answer => people.All(person => person.Given.ContainsKey(answer)))];
        return new ManyCoders(
            [.. people.Select(person => person.Coder)], all.Length, answers.Length,
            AlphaOf(people, [.. answers.SelectMany(answer => codes.Select(code => (answer, code)))]),
            FleissOf(people, [.. all.SelectMany(answer => codes.Select(code => (answer, code)))]),
            [.. codes.Select(code => new CodeOfMany(
                code, AlphaOf(people, [.. answers.Select(answer => (answer, code))]), FleissOf(people, [.. all.Select(answer => (answer, code))])))]);
    }

    private static double? AlphaOf(ImmutableArray<CoderJudgements> people, ImmutableArray<(string Answer, string Code)> units) =>
        Krippendorff.Alpha([.. people.Select(person => units.Select(unit => Value(person, unit)).ToImmutableArray())], Metric.Nominal);

    private static double? FleissOf(ImmutableArray<CoderJudgements> people, ImmutableArray<(string Answer, string Code)> units)
    {
        var judged = units.Where(unit => people.All(person => person.HasJudged(unit.Answer, unit.Code))).ToArray();
        var counts = new long[judged.Length, 2];
        for (var i = 0; i < judged.Length; i++)
        {
            counts[i, 1] = people.Count(person => person.Given[judged[i].Answer].Contains(judged[i].Code));
            counts[i, 0] = people.Length - counts[i, 1];
        }

        return Agreement.FleissKappa(counts);
    }

    private static double? Value(CoderJudgements person, (string Answer, string Code) unit) =>
        person.Given.TryGetValue(unit.Answer, out var given) && person.HasJudged(unit.Answer, unit.Code) ? given.Contains(unit.Code) ? 1 : 0 : null;
}

/// <summary>One code of <see cref="ManyCoders"/>.</summary>
internal sealed record CodeOfMany(string Code, double? Alpha, double? FleissKappa);
