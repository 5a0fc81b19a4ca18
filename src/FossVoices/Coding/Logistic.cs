using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace FossVoices.Coding;

/// <summary>Logistic regression on a handful of figures, with a ridge that keeps it sober where there is little to learn from.</summary>
/// <param name="Weights">The first is the intercept.</param>
internal sealed record Logistic(ImmutableArray<double> Weights)
{
    private const int MostSteps = 50;

    /// <summary>Newton's method. The intercept is not drawn towards zero.</summary>
    /// <param name="rows">The figures of each case, without the intercept.</param>
    /// <param name="targets">From 0 to 1, one for each row.</param>
    /// <param name="ridge">How strongly weights are drawn towards zero.</param>
    public static Logistic Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double ridge)
    {
        var size = rows[0].Length + 1;
        var weights = Vector<double>.Build.Dense(size);
        for (var step = 0; step < MostSteps; step++)
        {
            var hessian = new double[size, size];
            var gradient = new double[size];
            for (var a = 0; a < size; a++)
                (hessian[a, a], gradient[a]) = a == 0 ? (1e-9, 0) : (ridge, -ridge * weights[a]);
            for (var i = 0; i < rows.Count; i++)
            {
                var row = rows[i];
                var probability = Sigmoid(Linear(weights, row));
                for (var a = 0; a < size; a++)
                {
                    var x = a == 0 ? 1 : row[a - 1];
                    gradient[a] += x * (targets[i] - probability);
                    for (var b = 0; b < size; b++)
                        hessian[a, b] += probability * (1 - probability) * x * (b == 0 ? 1 : row[b - 1]);
                }
            }

            var change = Matrix<double>.Build.DenseOfArray(hessian).Solve(Vector<double>.Build.Dense(gradient));
            // Far from the optimum a full step may overshoot; no figure here wants more than this at once.
            weights += change / Math.Max(1, change.AbsoluteMaximum() / 2);
            if (change.AbsoluteMaximum() < 1e-8)
                break;
        }

        return new Logistic([.. weights]);
    }

    public double Probability(ReadOnlySpan<double> row)
    {
        var sum = Weights[0];
        for (var i = 0; i < row.Length; i++)
            sum += Weights[i + 1] * row[i];
        return Sigmoid(sum);
    }

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    public static double Logit(double probability) => Math.Log(probability / (1 - probability));

    private static double Linear(Vector<double> weights, double[] row)
    {
        var sum = weights[0];
        for (var i = 0; i < row.Length; i++)
            sum += weights[i + 1] * row[i];
        return sum;
    }
}
