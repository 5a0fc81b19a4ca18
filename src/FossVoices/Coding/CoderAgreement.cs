using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>What one coder, human or machine, made of the answers that it read.</summary>
/// <param name="Given">By answer the codes it gave; an answer that it did not read is missing.</param>
internal sealed record CoderJudgements(string Coder, ImmutableDictionary<string, ImmutableHashSet<string>> Given)
{
    /// <summary>The name under which all people's decisions stand together.</summary>
    public const string People = "people";

    /// <summary>
    /// Everybody's judgements. A machine stands by all that it suggested, whatever became of it. People stand by what they confirmed; what they decided about
    /// machines' suggestions is theirs together, under the name <see cref="People"/>.
    /// </summary>
    /// <param name="read">Coder and answer: read, whether or not a code was given.</param>
    public static ImmutableArray<CoderJudgements> Of(IEnumerable<CodeAssignment> assignments, IEnumerable<(string Coder, string Answer)> read)
    {
        var said = new List<(string Coder, string Answer, string? Code)>(read.Select(reading => (reading.Coder, reading.Answer, (string?)null)));
        foreach (var assignment in assignments.Where(assignment => assignment.Status != AssignmentStatus.Superseded))
        {
            var answer = $"{assignment.Session}/{assignment.Address}";
            var machine = IsMachine(assignment.Coder);
            said.Add((assignment.Coder, answer, machine || assignment.Status != AssignmentStatus.Rejected ? assignment.Code : null));
            if (assignment.Status is AssignmentStatus.Confirmed or AssignmentStatus.Gold or AssignmentStatus.Rejected)
                said.Add((People, answer, assignment.Status == AssignmentStatus.Rejected ? null : assignment.Code));
        }

        return
        [
            .. said.GroupBy(word => word.Coder, StringComparer.Ordinal).OrderBy(coder => coder.Key, StringComparer.Ordinal).Select(coder => new CoderJudgements(
                coder.Key,
                coder.GroupBy(word => word.Answer, StringComparer.Ordinal).ToImmutableDictionary(
                    answer => answer.Key, answer => answer.Select(word => word.Code).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal), StringComparer.Ordinal))),
        ];
    }

    private static bool IsMachine(string coder) => coder is LexiconCoder.Name or LinearCoder.Name or CombinedCoder.Name;
}

/// <summary>How far two coders agree on the answers that both read. A figure is null where it is undefined.</summary>
/// <param name="Answers">How many both read.</param>
/// <param name="Overall">Every answer × code is a unit.</param>
/// <param name="AlphaLow">With <paramref name="AlphaHigh"/> the middle 95 % of alpha when answers are drawn again (bootstrap, fixed seed).</param>
/// <param name="MasiAlpha">Over the sets of codes that each answer was given.</param>
internal sealed record PairAgreement(
    string One, string Other, int Answers, AgreementFigures Overall, double? AlphaLow, double? AlphaHigh, double? MasiAlpha, ImmutableArray<CodeAgreement> PerCode)
{
    private const int Resamples = 1000;
    private const int Seed = 20191;

    public static PairAgreement Of(CoderJudgements one, CoderJudgements other, IReadOnlyList<string> codes)
    {
        ImmutableArray<(ImmutableHashSet<string> One, ImmutableHashSet<string> Other)> both =
        [
            .. one.Given.Keys.Where(other.Given.ContainsKey).Order(StringComparer.Ordinal).Select(answer => (one.Given[answer], other.Given[answer])),
        ];
        var (low, high) = Interval([.. both.Select(answer => codes.Aggregate(default(Cells), (sum, code) => sum + Cell(answer, code)))]);
        var perCode = codes.Select(code => new CodeAgreement(code, AgreementFigures.Of(both.Aggregate(default(Cells), (sum, answer) => sum + Cell(answer, code)))));
        var overall = both.Aggregate(default(Cells), (sum, answer) => codes.Aggregate(sum, (cells, code) => cells + Cell(answer, code)));
        return new PairAgreement(one.Coder, other.Coder, both.Length, AgreementFigures.Of(overall), low, high, both.IsEmpty ? null : Masi.Alpha(both), [.. perCode]);
    }

    private static Cells Cell((ImmutableHashSet<string> One, ImmutableHashSet<string> Other) answer, string code) =>
        (answer.One.Contains(code), answer.Other.Contains(code)) switch
        {
            (true, true) => new Cells(1, 0, 0, 0),
            (true, false) => new Cells(0, 1, 0, 0),
            (false, true) => new Cells(0, 0, 1, 0),
            _ => new Cells(0, 0, 0, 1),
        };

    /// <summary>Whole answers are drawn, for the codes of one answer belong together.</summary>
    private static (double? Low, double? High) Interval(ImmutableArray<Cells> answers)
    {
        if (answers.IsEmpty)
            return (null, null);
        var random = new Random(Seed);
        var drawn = new List<double>(Resamples);
        for (var sample = 0; sample < Resamples; sample++)
        {
            var cells = default(Cells);
            for (var i = 0; i < answers.Length; i++)
                cells += answers[random.Next(answers.Length)];
            if (cells.Alpha is { } alpha)
                drawn.Add(alpha);
        }

        drawn.Sort();
        return drawn.Count < Resamples / 2 ? (null, null) : (drawn[(int)(0.025 * (drawn.Count - 1))], drawn[(int)Math.Ceiling(0.975 * (drawn.Count - 1))]);
    }
}

/// <summary>One code of a <see cref="PairAgreement"/>.</summary>
internal sealed record CodeAgreement(string Code, AgreementFigures Figures);

/// <summary>The usual figures beside each other, since each misleads alone: with rare codes kappa and alpha fall although coders hardly differ.</summary>
/// <param name="PrevalenceOne">The share of units to which the first coder gave the code.</param>
/// <param name="Agreement">The share of units on which both say the same.</param>
/// <param name="Alpha">Krippendorff, nominal.</param>
/// <param name="Kappa">Cohen.</param>
/// <param name="Ac1">Gwet.</param>
internal sealed record AgreementFigures(double? PrevalenceOne, double? PrevalenceOther, double? Agreement, double? Alpha, double? Kappa, double? Ac1)
{
    public static AgreementFigures Of(Cells cells)
    {
        var units = cells.Both + cells.CoderAlone + cells.GoldAlone + cells.Neither;
        var table = new[,] { { cells.Both, cells.CoderAlone }, { cells.GoldAlone, cells.Neither } };
        return new AgreementFigures(
            Share(cells.Both + cells.CoderAlone), Share(cells.Both + cells.GoldAlone), Share(cells.Both + cells.Neither),
            cells.Alpha, Coding.Agreement.CohenKappa(table), Coding.Agreement.GwetAc1(table));

        double? Share(long part) => units == 0 ? null : (double)part / units;
    }
}
