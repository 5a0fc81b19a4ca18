namespace FossVoices.Tests.Gaps;

/// <summary>Equality of figures that two programs computed.</summary>
internal static class Near
{
    public const double Tolerance = 1e-8;

    /// <summary>Within 1e-8; a figure that is itself tiny, such as a small p, must also agree in seven digits.</summary>
    public static void Equal(double expected, double? actual)
    {
        Assert.NotNull(actual);
        var apart = Math.Abs(expected - actual.Value);
        Assert.True(
            apart <= Tolerance && (apart <= 1e-7 * Math.Abs(expected) || apart <= 1e-14),
            $"expected {expected:R}, found {actual:R}: {apart:R} apart");
    }
}
