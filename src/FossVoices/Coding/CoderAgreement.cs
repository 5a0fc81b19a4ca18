using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>What one coder, human or machine, made of the answers that it read.</summary>
/// <param name="Given">By answer the codes it gave; an answer that it did not read is missing.</param>
internal sealed record CoderJudgements(string Coder, ImmutableDictionary<string, ImmutableHashSet<string>> Given)
{
    /// <summary>The name under which all people's decisions stand together.</summary>
    public const string People = "people";

    /// <summary>By answer the codes it judged, where those are not all: a code that came into the codebook later was not in front of the coder.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Judged { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    public bool HasJudged(string answer, string code) => !Judged.TryGetValue(answer, out var codes) || codes.Contains(code);

    /// <summary>
    /// Everybody's judgements. A machine stands by all that it suggested, whatever became of it. People stand by what they confirmed, each under a name; what
    /// they decided stands together under the name <see cref="People"/>: what was settled where two codings were settled, else whatever one of them confirmed.
    /// Whoever types a tag judges that one code and no other, so authors are left out.
    /// </summary>
    /// <param name="read">Coder and answer: read, whether or not a code was given.</param>
    public static ImmutableArray<CoderJudgements> Of(IEnumerable<CodeAssignment> assignments, IEnumerable<(string Coder, string Answer)> read)
    {
        var said = new List<Word>();
        foreach (var assignment in assignments.Where(assignment => assignment.Status != AssignmentStatus.Superseded && assignment.Coder != AuthorCoder.Name))
        {
            var answer = $"{assignment.Session}/{assignment.Address}";
            var gives = Coders.IsMachine(assignment.Coder) || assignment.Status != AssignmentStatus.Rejected;
            said.Add(new Word(assignment.Coder, answer, assignment.Code, gives));
            if (assignment.Status is AssignmentStatus.Confirmed or AssignmentStatus.Gold or AssignmentStatus.Rejected)
                said.Add(new Word(People, answer, assignment.Code, assignment.Status != AssignmentStatus.Rejected, Settled: assignment.Coder == Coders.Gold));
        }

        foreach (var (coder, answer) in read.Where(reading => reading.Coder != AuthorCoder.Name))
        {
            said.Add(new Word(coder, answer, Code: null, Gives: false));
            if (!Coders.IsMachine(coder))
                said.Add(new Word(People, answer, Code: null, Gives: false, Settled: coder == Coders.Gold));
        }

        return [.. said.GroupBy(word => word.Coder, StringComparer.Ordinal).OrderBy(coder => coder.Key, StringComparer.Ordinal).Select(Of)];
    }

    private static CoderJudgements Of(IGrouping<string, Word> coder)
    {
        var given = ImmutableDictionary.CreateBuilder<string, ImmutableHashSet<string>>(StringComparer.Ordinal);
        var judged = ImmutableDictionary.CreateBuilder<string, ImmutableHashSet<string>>(StringComparer.Ordinal);
        foreach (var answer in coder.GroupBy(word => word.Answer, StringComparer.Ordinal))
        {
            var words = answer.Any(word => word.Settled) ? answer.Where(word => word.Settled).ToArray() : [.. answer];
            given[answer.Key] = [.. words.Where(word => word.Gives).Select(word => word.Code!)];

            // Whoever said "does not apply" of any code said it of all that were in the codebook then.
            if (!Coders.IsMachine(coder.Key) && words.Any(word => word is { Code: not null, Gives: false }))
                judged[answer.Key] = [.. words.Select(word => word.Code).OfType<string>()];
        }

        return new CoderJudgements(coder.Key, given.ToImmutable()) { Judged = judged.ToImmutable() };
    }

    /// <param name="Code">Null for the mere fact that the answer was read.</param>
    private sealed record Word(string Coder, string Answer, string? Code, bool Gives, bool Settled = false);
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
    private const int FewestResamples = 100;
    private const int MostDrawn = 50_000_000;
    private const int Seed = 20191;

    public static PairAgreement Of(CoderJudgements one, CoderJudgements other, IReadOnlyList<string> codes)
    {
        ImmutableArray<string> both = [.. one.Given.Keys.Where(other.Given.ContainsKey).Order(StringComparer.Ordinal)];
        var cells = both.Select(answer => codes.Select(code => Cell(one, other, answer, code)).ToArray()).ToArray();
        var intervals = Intervals(cells, codes.Count);
        var perCode = codes.Select((code, i) => new CodeAgreement(code, AgreementFigures.Of(Sum(cells.Select(answer => answer[i]))))
        {
            AlphaLow = intervals[i].Low,
            AlphaHigh = intervals[i].High,
        });
        var sets = both.Select(answer => (one.Given[answer], other.Given[answer])).ToList();
        return new PairAgreement(
            one.Coder, other.Coder, both.Length, AgreementFigures.Of(Sum(cells.SelectMany(answer => answer))), intervals[^1].Low, intervals[^1].High,
            both.IsEmpty ? null : Masi.Alpha(sets), [.. perCode]);
    }

    /// <summary>What the two said of one code in one answer; nothing, where one of them did not judge it.</summary>
    internal static Cells Cell(CoderJudgements one, CoderJudgements other, string answer, string code) =>
        !one.HasJudged(answer, code) || !other.HasJudged(answer, code) ? default : (one.Given[answer].Contains(code), other.Given[answer].Contains(code)) switch
        {
            (true, true) => new Cells(1, 0, 0, 0),
            (true, false) => new Cells(0, 1, 0, 0),
            (false, true) => new Cells(0, 0, 1, 0),
            _ => new Cells(0, 0, 0, 1),
        };

    internal static Cells Sum(IEnumerable<Cells> cells) => cells.Aggregate(default(Cells), (sum, cell) => sum + cell);

    /// <summary>The middle 95 % of alpha for each code, and last for all together. Whole answers are drawn, for the codes of one answer belong together.</summary>
    private static (double? Low, double? High)[] Intervals(Cells[][] answers, int codes)
    {
        var drawn = Enumerable.Range(0, codes + 1).Select(_ => new List<double>(Resamples)).ToArray();
        // With very many answers the interval is narrow, and fewer drawings tell as much.
        var resamples = answers.Length == 0 ? 0 : Math.Clamp(MostDrawn / (answers.Length * Math.Max(1, codes)), FewestResamples, Resamples);
        var random = new Random(Seed);
        var sums = new Cells[codes + 1];
        for (var sample = 0; sample < resamples; sample++)
        {
            Array.Clear(sums);
            for (var i = 0; i < answers.Length; i++)
            {
                var answer = answers[random.Next(answers.Length)];
                for (var code = 0; code < codes; code++)
                    sums[code] += answer[code];
            }

            sums[codes] = Sum(sums.AsSpan(0, codes).ToArray());
            for (var i = 0; i <= codes; i++)
            {
                if (sums[i].Alpha is { } alpha)
                    drawn[i].Add(alpha);
            }
        }

        return [.. drawn.Select(alphas => Middle(alphas, resamples))];
    }

    private static (double? Low, double? High) Middle(List<double> drawn, int of)
    {
        drawn.Sort();
        return drawn.Count == 0 || drawn.Count < of / 2 ? (null, null) : (drawn[(int)(0.025 * (drawn.Count - 1))], drawn[(int)Math.Ceiling(0.975 * (drawn.Count - 1))]);
    }
}

/// <summary>One code of a <see cref="PairAgreement"/>.</summary>
internal sealed record CodeAgreement(string Code, AgreementFigures Figures)
{
    /// <summary>With <see cref="AlphaHigh"/> the middle 95 % of this code's alpha; null where it is mostly undefined.</summary>
    public double? AlphaLow { get; init; }

    public double? AlphaHigh { get; init; }
}

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
