namespace FossVoices.Gaps;

/// <summary>
/// The test of Brunner and Munzel (2000, "The nonparametric Behrens–Fisher problem"): delta over its standard error, each side
/// with its own spread, against Student's t with Satterthwaite's degrees of freedom. Unlike Mann–Whitney it does not take
/// different spreads for a gap.
/// </summary>
/// <param name="W">The studentized delta; positive when downstream is higher (scipy's <c>brunnermunzel(x, y)</c> returns -W).</param>
/// <param name="Df">Degrees of freedom.</param>
/// <param name="P">Two-sided p.</param>
/// <param name="Variance">Of delta, as the test has it.</param>
internal sealed record BrunnerMunzel(double W, double Df, double P, double Variance)
{
    /// <summary>The test, or null where no placement varies on either side or a side is one person.</summary>
    public static BrunnerMunzel? Of(Placements placements)
    {
        if (placements.Degenerate)
            return null;

        var (n, m) = ((double)placements.Downstream, (double)placements.Upstream);
        var a = placements.DownstreamSquares / (n * (n - 1));
        var b = placements.UpstreamSquares / (m * (m - 1));
        var w = placements.Delta / Math.Sqrt(a + b);
        var df = Math.Pow(a + b, 2) / (a * a / (n - 1) + b * b / (m - 1));
        return new(w, df, Distributions.StudentTwoSided(w, df), a + b);
    }
}
