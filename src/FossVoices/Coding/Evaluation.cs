using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Coding;

/// <summary>
/// How well coders agree with gold answers; the shape of <c>evaluate --json</c> when its names are written in camel case.
/// </summary>
/// <param name="Coders">On the answers to judge by; the last is the pipeline as a whole.</param>
/// <param name="CrossValidated">The same coders on the answers learned from, each answer judged by coders that had not learned from its speaker; null without any.</param>
internal sealed record Evaluation(ImmutableArray<CoderScore> Coders, ImmutableArray<CoderScore>? CrossValidated = null);

/// <summary>
/// One coder against gold answers. Every answer × code is a cell; disputed cells are left out. A figure is null where it is undefined.
/// </summary>
/// <param name="MicroF1">Over all cells together.</param>
/// <param name="MacroF1">The mean of the codes' F1, over the codes that the gold answers hold at least once.</param>
/// <param name="Precision">Over all cells together.</param>
/// <param name="Recall">Over all cells together.</param>
/// <param name="Alpha">Krippendorff's nominal alpha between coder and gold over all cells together.</param>
internal sealed record CoderScore(
    string Coder,
    double? MicroF1,
    double? MacroF1,
    double? Precision,
    double? Recall,
    double? Alpha,
    ImmutableArray<CodeScore> PerCode)
{
    /// <param name="coder">Its name.</param>
    /// <param name="codebook">Whose codes are judged.</param>
    /// <param name="gold">The answers.</param>
    /// <param name="coded">The ids of the codes that the coder gives an answer.</param>
    public static CoderScore Of(string coder, Codebook codebook, ImmutableArray<GoldAnswer> gold, Func<GoldAnswer, IEnumerable<string>> coded) =>
        Of(coder, codebook, gold, [.. gold.Select(answer => coded(answer).ToHashSet(StringComparer.Ordinal))]);

    /// <inheritdoc cref="Of(string, Codebook, ImmutableArray{GoldAnswer}, Func{GoldAnswer, IEnumerable{string}})"/>
    /// <param name="given">The ids of the codes that the coder gave each answer.</param>
    public static CoderScore Of(string coder, Codebook codebook, ImmutableArray<GoldAnswer> gold, ImmutableArray<HashSet<string>> given)
    {
        var cells = codebook.Given.Select(code => (code.Id, Cells: Cells.Of(code.Id, gold, given))).ToImmutableArray();
        var all = cells.Aggregate(new Cells(0, 0, 0, 0), (sum, code) => sum + code.Cells);
        var perCode = cells.Select(code => code.Cells.Score(code.Id)).ToImmutableArray();
        var supported = perCode.Where(code => code.Support > 0).ToImmutableArray();
        var macroF1 = supported.IsEmpty ? null : supported.Average(code => code.F1);
        return new CoderScore(coder, all.F1, macroF1, all.Precision, all.Recall, all.Alpha, perCode);
    }
}

/// <summary>One code of a <see cref="CoderScore"/>.</summary>
/// <param name="Support">How many gold answers have it.</param>
internal sealed record CodeScore(string Code, long Support, double? Precision, double? Recall, double? F1, double? Alpha);

/// <summary>Cells counted by who gave the code: both, the coder alone, gold alone, neither.</summary>
internal readonly record struct Cells(long Both, long CoderAlone, long GoldAlone, long Neither)
{
    public long Support => Both + GoldAlone;

    public double? Precision => Share(Both, Both + CoderAlone);

    public double? Recall => Share(Both, Support);

    public double? F1 => Share(2 * Both, (2 * Both) + CoderAlone + GoldAlone);

    public double? Alpha => Krippendorff.NominalAlpha(new[,] { { Both, GoldAlone }, { CoderAlone, Neither } });

    public CodeScore Score(string code) => new(code, Support, Precision, Recall, F1, Alpha);

    public static Cells operator +(Cells one, Cells other) =>
        new(one.Both + other.Both, one.CoderAlone + other.CoderAlone, one.GoldAlone + other.GoldAlone, one.Neither + other.Neither);

    public static Cells Of(string code, ImmutableArray<GoldAnswer> gold, ImmutableArray<HashSet<string>> given)
    {
        var (both, coderAlone, goldAlone, neither) = (0, 0, 0, 0);
        for (var i = 0; i < gold.Length; i++)
        {
            if (gold[i].Disputed.Contains(code))
                continue;
            switch (gold[i].Codes.Contains(code), given[i].Contains(code))
            {
                case (true, true): both++; break;
                case (true, false): goldAlone++; break;
                case (false, true): coderAlone++; break;
                default: neither++; break;
            }
        }

        return new Cells(both, coderAlone, goldAlone, neither);
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
