namespace FossVoices.Gaps;

/// <summary>
/// The tables of <see cref="PooledTables"/> that agree at all points but two neighbours, judged together. With x persons of the first side
/// at the lower of the two, D is linear in x, and F and S are quadratic (their cubes cancel), so that the tables as extreme as the one seen
/// are those where one quadratic in x is at least 0: the two ends of the row, or a stretch within it.
/// </summary>
/// <param name="lower">Persons at the lower of the two points.</param>
/// <param name="upper">Persons at the upper one.</param>
/// <param name="lowerWeights">Weights of the numbers of the first side's persons at the lower point, from <paramref name="lowerFrom"/> up.</param>
/// <param name="upperWeights">The same for the upper point, from <paramref name="upperFrom"/> up.</param>
/// <param name="ofD">A table is as extreme where ofD·D² ≥ ofF·F + ofS·S.</param>
internal sealed class TwoPoints(
    long lower, long upper, double[] lowerWeights, double[] upperWeights, long lowerFrom, long upperFrom, double ofD, double ofF, double ofS)
{
    private readonly Row?[] _rows = new Row?[lowerWeights.Length + upperWeights.Length - 1];

    /// <param name="left">Persons of the first side at these two points together.</param>
    /// <param name="first">Persons of the first side at lower points less those at higher ones.</param>
    /// <param name="second">The same of the second side.</param>
    /// <param name="d">What the other points give to D.</param>
    /// <param name="f">What they give to F.</param>
    /// <param name="s">What they give to S.</param>
    /// <returns>The weight of all these tables, and of those as extreme.</returns>
    public (double Tables, double Extreme) Weigh(long left, long first, long second, double d, double f, double s)
    {
        var row = _rows[left - lowerFrom - upperFrom] ??= RowOf(left);

        // p of the first side is a - x at the lower point and b - x at the upper; of the second side, with lower - x and g + x persons
        // there, c + x and e + x.
        double a = second - upper + left, b = second + lower, c = first - left, e = first, g = upper - left;
        double d0 = d + left * b, d1 = -(lower + upper);
        double f0 = f + left * b * b, f1 = a * a - b * b - 2 * left * b, f2 = left + 2 * (b - a);
        double s0 = s + lower * c * c + g * e * e, s1 = 2 * lower * c - c * c + 2 * g * e + e * e, s2 = lower - 2 * c + g + 2 * e;
        var bend = ofD * d1 * d1 - ofF * f2 - ofS * s2;
        var slope = 2 * ofD * d0 * d1 - ofF * f1 - ofS * s1;
        var level = ofD * d0 * d0 - ofF * f0 - ofS * s0;

        // Between two tables that are less extreme no other can be more so, on a curve that opens upwards.
        if (bend > 0 && Below(row.Lowest) && Below(row.Highest))
            return (row.All, 0);

        var discriminant = slope * slope - 4 * bend * level;
        if (bend == 0 || discriminant <= 0)
            return (row.All, bend == 0 ? OneByOne() : bend > 0 ? row.All : 0);

        // Everything from low down and from high up is outside the roots. A root is known to rounding only, so its neighbours decide.
        var (turn, reach) = (-slope / (2 * bend), Math.Sqrt(discriminant) / Math.Abs(2 * bend));
        var (low, high) = (WithinReach(Math.Floor(turn - reach)), WithinReach(Math.Ceiling(turn + reach)));
        low -= Below(low) == bend > 0 ? 1 : 0;
        high += Below(high) == bend > 0 ? 1 : 0;
        low += low + 1 < high && Below(low + 1) != bend > 0 ? 1 : 0;
        high -= low < high - 1 && Below(high - 1) != bend > 0 ? 1 : 0;
        return (row.All, bend > 0 ? row.Outside(low, high) : OneByOne(low + 1, high - 1));

        bool Below(long x) => (bend * x + slope) * x + level < 0;

        long WithinReach(double x) => (long)Math.Clamp(x, row.Lowest - 2, row.Highest + 2);

        double OneByOne(long from = long.MinValue, long to = long.MaxValue)
        {
            var extreme = 0.0;
            for (var x = Math.Max(from, row.Lowest); x <= Math.Min(to, row.Highest); x++)
                extreme += Below(x) ? 0 : row.Weight(x);
            return extreme;
        }
    }

    /// <summary>Made when first met, so that there are never more weights than tables.</summary>
    private Row RowOf(long left)
    {
        var (lowest, highest) = (Math.Max(0, left - upper), Math.Min(lower, left));
        var weights = new double[highest - lowest + 1];
        for (var x = lowest; x <= highest; x++)
            weights[x - lowest] = lowerWeights[x - lowerFrom] * upperWeights[left - x - upperFrom];

        return new(lowest, weights);
    }

    /// <summary>The weights of x = lowest, lowest + 1, …, summed from both ends, so that a small tail keeps all its digits.</summary>
    private sealed class Row
    {
        private readonly double[] _weights;
        private readonly double[] _upTo;
        private readonly double[] _from;

        public Row(long lowest, double[] weights)
        {
            (Lowest, Highest, _weights) = (lowest, lowest + weights.Length - 1, weights);
            (_upTo, _from) = (new double[weights.Length + 1], new double[weights.Length + 1]);
            for (var i = 0; i < weights.Length; i++)
            {
                _upTo[i + 1] = _upTo[i] + weights[i];
                _from[^(i + 2)] = _from[^(i + 1)] + weights[^(i + 1)];
            }
        }

        public long Lowest { get; }

        public long Highest { get; }

        public double All => _upTo[^1];

        /// <summary>The weight of all x up to <paramref name="low"/> and from <paramref name="high"/> on.</summary>
        public double Outside(long low, long high) =>
            high <= low + 1 ? All : _upTo[Math.Clamp(low - Lowest + 1, 0, _weights.Length)] + _from[Math.Clamp(high - Lowest, 0, _weights.Length)];

        public double Weight(long x) => _weights[x - Lowest];
    }
}
