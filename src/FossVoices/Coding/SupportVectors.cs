namespace FossVoices.Coding;

/// <summary>
/// A linear support vector machine with squared hinge loss, trained by dual coordinate descent (Hsieh, Chang, Lin, Keerthi and
/// Sundararajan 2008, algorithm 1 with shuffled passes).
/// </summary>
internal static class SupportVectors
{
    private const int MostPasses = 200;
    private const double Tolerance = 1e-3;
    private const uint Seed = 2463534242;

    /// <summary>
    /// Minimises ½‖w‖² + Σ Cᵢ max(0, 1 − yᵢ w·xᵢ)². Both classes weigh the same together, however rare one is: Cᵢ = cost · n / (2 · size of its class).
    /// </summary>
    /// <param name="vectors">Each should hold a constant feature, which serves as intercept.</param>
    /// <param name="positive">The class of each vector.</param>
    /// <param name="features">One more than the largest feature.</param>
    /// <param name="cost">How much an error costs against a simple rule.</param>
    /// <returns>The weights; all zero where one class is empty.</returns>
    public static double[] Train(IReadOnlyList<SparseVector> vectors, IReadOnlyList<bool> positive, int features, double cost)
    {
        var weights = new double[features];
        var positives = positive.Count(p => p);
        if (positives == 0 || positives == vectors.Count)
            return weights;

        var diagonal = new double[vectors.Count];
        var curvature = new double[vectors.Count];
        for (var i = 0; i < vectors.Count; i++)
        {
            diagonal[i] = positive[i] ? positives / (cost * vectors.Count) : (vectors.Count - positives) / (cost * vectors.Count);
            curvature[i] = vectors[i].SquaredLength + diagonal[i];
        }

        var dual = new double[vectors.Count];
        var order = Enumerable.Range(0, vectors.Count).ToArray();
        var random = Seed;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            Shuffle(order, ref random);
            var furthest = 0.0;
            foreach (var i in order)
            {
                var sign = positive[i] ? 1.0 : -1.0;
                var gradient = (sign * vectors[i].Dot(weights)) - 1 + (diagonal[i] * dual[i]);
                var projected = dual[i] == 0 ? Math.Min(gradient, 0) : gradient;
                furthest = Math.Max(furthest, Math.Abs(projected));
                if (projected == 0)
                    continue;

                var before = dual[i];
                dual[i] = Math.Max(before - (gradient / curvature[i]), 0);
                Add(weights, vectors[i], (dual[i] - before) * sign);
            }

            if (furthest < Tolerance)
                break;
        }

        return weights;
    }

    private static void Add(double[] weights, SparseVector vector, double factor)
    {
        for (var i = 0; i < vector.Features.Length; i++)
            weights[vector.Features[i]] += factor * vector.Values[i];
    }

    /// <summary>Always the same order for the same number of vectors (xorshift, Marsaglia 2003): training must be repeatable.</summary>
    private static void Shuffle(int[] order, ref uint random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            var j = (int)(random % (uint)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
