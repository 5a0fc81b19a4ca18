namespace FossVoices.Coding;

/// <summary>
/// A linear support vector machine with squared hinge loss, trained by dual coordinate descent (Hsieh, Chang, Lin, Keerthi and
/// Sundararajan 2008, algorithm 3: shuffled passes, and answers that are far on the right side are set aside until the others have settled).
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
    public static double[] Train(IReadOnlyList<SparseVector> vectors, IReadOnlyList<bool> positive, int features, double cost) =>
        Train([.. vectors], [.. positive], features, cost, new double[vectors.Count]);

    /// <inheritdoc cref="Train(IReadOnlyList{SparseVector}, IReadOnlyList{bool}, int, double)"/>
    /// <param name="dual">Where to begin: how much each vector pulled in a machine that learned nearly the same; zeros otherwise. Where it ended, afterwards.</param>
    public static double[] Train(SparseVector[] vectors, bool[] positive, int features, double cost, double[] dual)
    {
        var weights = new double[features];
        var positives = positive.Count(p => p);
        if (positives == 0 || positives == vectors.Length)
            return weights;

        var diagonal = new double[vectors.Length];
        var curvature = new double[vectors.Length];
        for (var i = 0; i < vectors.Length; i++)
        {
            diagonal[i] = positive[i] ? positives / (cost * vectors.Length) : (vectors.Length - positives) / (cost * vectors.Length);
            curvature[i] = vectors[i].SquaredLength + diagonal[i];
            if (dual[i] > 0)
                Add(weights, vectors[i], positive[i] ? dual[i] : -dual[i]);
        }

        var order = Enumerable.Range(0, vectors.Length).ToArray();
        var random = Seed;
        var (active, aside) = (order.Length, double.PositiveInfinity);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            Shuffle(order.AsSpan(0, active), ref random);
            var furthest = 0.0;
            for (var place = 0; place < active; place++)
            {
                var i = order[place];
                var sign = positive[i] ? 1.0 : -1.0;
                var gradient = (sign * vectors[i].Dot(weights)) - 1 + (diagonal[i] * dual[i]);
                if (dual[i] == 0 && gradient > aside)
                {
                    (order[place], order[active - 1]) = (order[active - 1], order[place]);
                    active--;
                    place--;
                    continue;
                }

                var projected = dual[i] == 0 ? Math.Min(gradient, 0) : gradient;
                furthest = Math.Max(furthest, Math.Abs(projected));
                if (projected == 0)
                    continue;

                var before = dual[i];
                dual[i] = Math.Max(before - (gradient / curvature[i]), 0);
                Add(weights, vectors[i], (dual[i] - before) * sign);
            }

            if (furthest >= Tolerance)
            {
                aside = furthest;
                continue;
            }

            if (active == order.Length)
                break;
            (active, aside) = (order.Length, double.PositiveInfinity); // Those set aside may have to come back.
        }

        return weights;
    }

    private static void Add(double[] weights, SparseVector vector, double factor)
    {
        var features = vector.Features.AsSpan();
        var values = vector.Values.AsSpan()[..features.Length];
        for (var i = 0; i < features.Length; i++)
            weights[features[i]] += factor * values[i];
    }

    /// <summary>Always the same order for the same number of vectors (xorshift, Marsaglia 2003): training must be repeatable.</summary>
    private static void Shuffle(Span<int> order, ref uint random)
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
