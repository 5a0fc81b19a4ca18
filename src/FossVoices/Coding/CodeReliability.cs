using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Coding;

/// <summary>How far one code's counts can be relied on: how well people agree about it, and how well a machine agrees with people, side by side.</summary>
/// <param name="People">Two people who coded without seeing each other's codes, and not the machine's either; null where no answer was coded so.</param>
/// <param name="Machine">The machine and what people decided; null where people have read none of its answers.</param>
/// <param name="Accuracy">The machine against people, by side: a machine that misses more on one side makes a gap of its own.</param>
internal sealed record CodeReliability(string Code, CodeAgreement? People, CodeAgreement? Machine, BySide<CodeAccuracy> Accuracy)
{
    /// <summary>Below this alpha a code is tentative (Krippendorff 2004).</summary>
    public const double Tentative = 0.667;

    /// <summary>The alpha that a report rests on for this code: people's where only confirmed codes count, else the machine's. Null while it is not known.</summary>
    public double? Alpha(bool countsUnchecked) => (countsUnchecked ? Machine : People)?.Figures.Alpha;

    /// <param name="assignments">All of a study.</param>
    /// <param name="read">Coder and answer, <c>session/address</c>.</param>
    /// <param name="sideOf">The side of an answer: <c>upstream</c>, <c>downstream</c>, or anything else.</param>
    /// <param name="codes">The ids of the codes that can be given.</param>
    /// <returns>One for each code, in the same order.</returns>
    public static ImmutableArray<CodeReliability> Of(
        IEnumerable<CodeAssignment> assignments, IEnumerable<(string Coder, string Answer)> read, Func<string, string?> sideOf, IReadOnlyList<string> codes)
    {
        var coders = CoderJudgements.Of(assignments, read);
        var people = coders.FirstOrDefault(coder => coder.Coder == CoderJudgements.People);
        var machine = PipelineOf(coders);
        var pairs = PairsOf([.. coders.Where(coder => Coders.IsPerson(coder.Coder))], codes);
        var judged = machine is null || people is null ? null : PairAgreement.Of(machine, people, codes);
        return
        [
            .. codes.Select((code, i) => new CodeReliability(
                code,
                pairs.Select(pair => pair.PerCode[i]).MinBy(figures => figures.Figures.Alpha ?? double.PositiveInfinity),
                judged is { Answers: > 0 } ? judged.PerCode[i] : null,
                machine is null || people is null
                    ? new(CodeAccuracy.None, CodeAccuracy.None)
                    : new(CodeAccuracy.Of(machine, people, code, a => sideOf(a) == "downstream"), CodeAccuracy.Of(machine, people, code, a => sideOf(a) == "upstream")))),
        ];
    }

    /// <summary>The machine whose word reports count: the whole pipeline where it has learned, else the lexicon.</summary>
    public static CoderJudgements? PipelineOf(ImmutableArray<CoderJudgements> coders) =>
        coders.Where(coder => coder.Coder is CombinedCoder.Name or LexiconCoder.Name).MaxBy(coder => coder.Given.Count);

    private static ImmutableArray<PairAgreement> PairsOf(ImmutableArray<CoderJudgements> people, IReadOnlyList<string> codes) =>
        [.. people.SelectMany((one, i) => people.Skip(i + 1).Select(other => PairAgreement.Of(one, other, codes))).Where(pair => pair.Answers > 0)];
}

/// <summary>How well a machine finds what people gave, on one side. Shares are null where there was nothing to find, or nothing to leave alone.</summary>
/// <param name="Answers">How many answers both judged.</param>
/// <param name="Prevalence">The share to which people gave the code.</param>
/// <param name="Sensitivity">Of the answers to which people gave the code, the share to which the machine did.</param>
/// <param name="Specificity">Of the others, the share to which the machine did not give it.</param>
internal sealed record CodeAccuracy(long Answers, double? Prevalence, double? Sensitivity, double? Specificity)
{
    public static CodeAccuracy None { get; } = new(0, null, null, null);

    /// <param name="among">Which answers count.</param>
    public static CodeAccuracy Of(CoderJudgements machine, CoderJudgements people, string code, Func<string, bool> among)
    {
        var cells = PairAgreement.Sum(machine.Given.Keys.Where(answer => people.Given.ContainsKey(answer) && among(answer))
            .Select(answer => PairAgreement.Cell(machine, people, answer, code)));
        var answers = cells.Both + cells.CoderAlone + cells.GoldAlone + cells.Neither;
        return new CodeAccuracy(answers, Share(cells.Support, answers), Share(cells.Both, cells.Support), Share(cells.Neither, cells.Neither + cells.CoderAlone));

        static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
    }
}
