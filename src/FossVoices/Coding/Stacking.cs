using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>How the words of the lexicon and of the linear coder are weighed against each other.</summary>
internal sealed class Stacking
{
    /// <summary>So many imagined answers, on which a code is like all codes together, are added to what was seen of it.</summary>
    private const double Shrinkage = 4;

    /// <summary>Chosen by cross-validation over narrators, as was <see cref="Shrinkage"/>; the figures hardly move between a half and three.</summary>
    private const double Ridge = 2;

    private const double Farthest = 3;

    /// <summary>What is said of a lexicon's hit is said of one in an answer of this many words; only the ratio counts.</summary>
    private const double UsualWords = 90;

    /// <summary>How many figures a row holds before the linear coder's.</summary>
    private const int WithoutLinear = 4;

    private readonly Logistic _withLinear;
    private readonly Logistic _alone;
    private readonly ImmutableArray<Trust> _trust;

    private Stacking(Logistic withLinear, Logistic alone, ImmutableArray<Trust> trust, double threshold) =>
        (_withLinear, _alone, _trust, Threshold) = (withLinear, alone, trust, threshold);

    /// <summary>From this probability on a code is suggested: where F1 over all codes was best on the answers learned from.</summary>
    public double Threshold { get; }

    /// <param name="coded">What people gave.</param>
    /// <param name="outOfFold">For each answer and code what the linear coder said when it had not learned from it.</param>
    public static Stacking Learn(ImmutableArray<CodedReading> coded, double?[][] outOfFold)
    {
        var codes = coded[0].Has.Length;
        var folds = coded.Select(answer => answer.Fold).Distinct().ToDictionary(fold => fold, fold => Trusts(coded.Where(answer => answer.Fold != fold), codes));
        var (with, alone) = (new List<(double[] Row, double Has)>(), new List<(double[] Row, double Has)>());
        for (var i = 0; i < coded.Length; i++)
        {
            for (var code = 0; code < codes; code++)
            {
                if (coded[i].Has[code] is not { } has)
                    continue;
                var row = Row(folds[coded[i].Fold][code], coded[i].Reading, code, outOfFold[i][code]);
                alone.Add((row[..WithoutLinear], has ? 1 : 0));
                if (outOfFold[i][code] is not null)
                    with.Add((row, has ? 1 : 0));
            }
        }

        var (fitWith, fitAlone) = (Fit(with), Fit(alone));
        var judged = new List<(double Probability, bool Has)>();
        for (var i = 0; i < coded.Length; i++)
        {
            for (var code = 0; code < codes; code++)
            {
                if (coded[i].Has[code] is not { } has)
                    continue;
                var row = Row(folds[coded[i].Fold][code], coded[i].Reading, code, outOfFold[i][code]);
                judged.Add((row.Length > WithoutLinear ? fitWith.Probability(row) : fitAlone.Probability(row), has));
            }
        }

        return new Stacking(fitWith, fitAlone, Trusts(coded, codes), BestThreshold(judged));

        static Logistic Fit(List<(double[] Row, double Has)> cases) => Logistic.Fit([.. cases.Select(c => c.Row)], [.. cases.Select(c => c.Has)], Ridge);
    }

    public double Probability(AnswerReading reading, int code, double? learned)
    {
        var row = Row(_trust[code], reading, code, learned);
        return learned is null ? _alone.Probability(row) : _withLinear.Probability(row);
    }

    /// <summary>
    /// How sure the lexicon is, how far it is to be trusted with the code, how often it heard the code, how long the answer is (the more is said, the more is
    /// hit by chance), and what the linear coder says. Likelihoods as log odds and counts as logs, for that is where they add up.
    /// </summary>
    private static double[] Row(Trust trust, AnswerReading reading, int code, double? learned)
    {
        var heard = reading.Lexicon[code];
        var suggested = heard?.Confidence >= Confidence.Suggested;
        double[] row =
        [
            Odds(heard?.Confidence ?? 0),
            Odds(suggested ? trust.WhenSuggested : trust.WhenSilent),
            heard is null ? 0 : Math.Log(heard.Evidence.Length),
            suggested ? Math.Log((reading.Words + 5) / UsualWords) : 0,
        ];
        return learned is { } probability ? [.. row, Odds(probability)] : row;

    }

    /// <summary>Log odds, kept from certainty.</summary>
    public static double Odds(double probability) => Math.Clamp(Logistic.Logit(Math.Clamp(probability, 1e-6, 1 - 1e-6)), -Farthest, Farthest);

    private static ImmutableArray<Trust> Trusts(IEnumerable<CodedReading> coded, int codes)
    {
        var (suggested, right, silent, missed) = (new double[codes], new double[codes], new double[codes], new double[codes]);
        foreach (var answer in coded)
        {
            for (var code = 0; code < codes; code++)
            {
                if (answer.Has[code] is not { } has)
                    continue;
                var (all, hit) = answer.Reading.Lexicon[code]?.Confidence >= Confidence.Suggested ? (suggested, right) : (silent, missed);
                all[code]++;
                hit[code] += has ? 1 : 0;
            }
        }

        var (usual, usualMiss) = ((right.Sum() + 1) / (suggested.Sum() + 2), (missed.Sum() + 1) / (silent.Sum() + 2));
        return
        [
            .. Enumerable.Range(0, codes).Select(code => new Trust(
                (right[code] + (Shrinkage * usual)) / (suggested[code] + Shrinkage), (missed[code] + (Shrinkage * usualMiss)) / (silent[code] + Shrinkage))),
        ];
    }

    private static double BestThreshold(List<(double Probability, bool Has)> judged)
    {
        var positives = judged.Count(cell => cell.Has);
        return Enumerable.Range(15, 46).Select(percent => percent / 100.0)
            .MaxBy(threshold =>
            {
                var given = judged.Where(cell => cell.Probability >= threshold).ToList();
                return 2.0 * given.Count(cell => cell.Has) / Math.Max(1, given.Count + positives);
            });
    }

    /// <summary>How often people gave a code where the lexicon suggested it, and where it did not.</summary>
    private readonly record struct Trust(double WhenSuggested, double WhenSilent);
}
