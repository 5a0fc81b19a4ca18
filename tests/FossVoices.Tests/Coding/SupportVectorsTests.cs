using CsCheck;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class SupportVectorsTests
{
    [Fact]
    public void The_weights_are_those_of_the_smallest_sum_of_rule_and_errors() =>
        // At the optimum w = Σ 2 Cᵢ max(0, 1 − yᵢ w·xᵢ) yᵢ xᵢ: the gradient of ½‖w‖² + Σ Cᵢ max(0, 1 − yᵢ w·xᵢ)² vanishes.
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-2, 2], Gen.Bool).Array[4, 30].Where(cases => cases.Any(c => c.Item3) && cases.Any(c => !c.Item3)).Sample(cases =>
        {
            const double Cost = 0.5;
            var vectors = cases.Select(c => new SparseVector([0, 1, 2], [1, c.Item1, c.Item2])).ToArray();
            var positive = cases.Select(c => c.Item3).ToArray();

            var weights = SupportVectors.Train(vectors, positive, 3, Cost);

            var pull = new double[3];
            for (var i = 0; i < vectors.Length; i++)
            {
                var sign = positive[i] ? 1 : -1;
                var cost = Cost * vectors.Length / (2.0 * positive.Count(p => p == positive[i]));
                var error = Math.Max(0, 1 - (sign * vectors[i].Dot(weights)));
                for (var f = 0; f < 3; f++)
                    pull[f] += 2 * cost * error * sign * vectors[i].Values[f];
            }

            return weights.Zip(pull).All(pair => Math.Abs(pair.First - pair.Second) < 0.05 * (1 + Math.Abs(pair.First)));
        });

    [Fact]
    public void One_class_alone_teaches_nothing() =>
        Assert.Equal(new double[2], SupportVectors.Train([new SparseVector([0, 1], [1, 1])], [true], 2, 1));

    [Fact]
    public void Logistic_regression_finds_the_odds_of_two_groups()
    {
        // 1 of 4 without, 3 of 4 with: log odds −ln 3 and +ln 3, as in any textbook table.
        double[][] rows = [[0], [0], [0], [0], [1], [1], [1], [1]];

        var fitted = Logistic.Fit(rows, [1, 0, 0, 0, 1, 1, 1, 0], ridge: 1e-9);

        Assert.Equal(-Math.Log(3), fitted.Weights[0], 1e-6);
        Assert.Equal(2 * Math.Log(3), fitted.Weights[1], 1e-6);
        Assert.Equal(0.75, fitted.Probability([1]), 1e-6);
    }
}
