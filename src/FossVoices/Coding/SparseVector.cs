using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>The features of one answer that are not zero.</summary>
/// <param name="Features">Their numbers.</param>
/// <param name="Values">One for each.</param>
internal readonly record struct SparseVector(ImmutableArray<int> Features, ImmutableArray<double> Values)
{
    public double Dot(double[] weights)
    {
        var features = Features.AsSpan();
        var values = Values.AsSpan()[..features.Length];
        var sum = 0.0;
        for (var i = 0; i < features.Length; i++)
            sum += weights[features[i]] * values[i];
        return sum;
    }

    public double SquaredLength
    {
        get
        {
            var sum = 0.0;
            foreach (var value in Values)
                sum += value * value;
            return sum;
        }
    }
}
