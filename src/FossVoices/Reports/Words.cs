using System.Globalization;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>The words for what a report can say: the same in every format.</summary>
internal static class Words
{
    public const string Up = "▲ upstream";
    public const string Down = "▼ downstream";
    public const string Chose = "People chose to answer: this is no vote, and it is not everyone.";

    public static string Quoted(string text) => $"“{text}”";

    /// <summary>A sentence's first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Of(GapVerdict verdict) => verdict switch
    {
        GapVerdict.Clear => "clear gap",
        GapVerdict.Probably => "probably a gap",
        GapVerdict.Same => "the same",
        _ => "can't tell",
    };

    /// <summary>A verdict with the side that is higher: <c>clear gap (downstream higher)</c>.</summary>
    public static string Of(ItemFinding finding) => finding.Direction switch
    {
        > 0 => $"{Of(finding.Verdict)} (downstream higher)",
        < 0 => $"{Of(finding.Verdict)} (upstream higher)",
        _ => Of(finding.Verdict),
    };

    /// <summary>A verdict with the size of the gap, where there is one to say: <c>clear gap, at least medium</c>.</summary>
    public static string Of(ItemVerdict comparison) => comparison switch
    {
        { Verdict: null } => "too few for a verdict",
        { Verdict: GapVerdict.Clear or GapVerdict.Probably, Size: { } size } v => $"{Of(v.Verdict.Value)}, {(v.AtLeast ? "at least " : "")}{Of(size)}",
        { Verdict: { } verdict } => Of(verdict),
    };

    public static string Of(SizeClass size) => size switch
    {
        SizeClass.Large => "large",
        SizeClass.Medium => "medium",
        SizeClass.Small => "small",
        _ => "very small",
    };

    /// <summary>In how many of ten pairs of people, one from each side, who answers higher. Ties count half.</summary>
    public static string Pairs(ShownGap gap)
    {
        var (side, theta) = gap.Estimate >= 0 ? ("downstream", (gap.Estimate + 1) / 2) : ("upstream", (1 - gap.Estimate) / 2);
        var often = (int)Math.Round(theta * 10, MidpointRounding.AwayFromZero) switch
        {
            10 => "nearly all",
            5 => "slightly more than half of all",
            var ten => string.Create(CultureInfo.InvariantCulture, $"about {ten} of 10"),
        };
        return $"Take one person from each side: in {often} such pairs the one {side} answers higher.";
    }

    /// <summary>How one side sees the other; null where the answers do not tell.</summary>
    public static string? Of(Perception? perception, string side, string other) => perception switch
    {
        Perception.SharedView => $"{Capital(side)} takes {other} to see it the same way, and so it is.",
        Perception.HiddenDisagreement => $"{Capital(side)} takes {other} to see it the same way, but it does not: the difference is hidden.",
        Perception.ImaginedDisagreement => $"{Capital(side)} takes {other} to see it differently, but it does not: the difference is imagined.",
        Perception.OpenDisagreement => $"{Capital(side)} knows that {other} sees it differently.",
        _ => null,
    };

    /// <summary>A difference of shares in points, by its interval: <c>22 to 45 points more often upstream</c>.</summary>
    public static string Points(ShownGap gap)
    {
        var (low, high) = (Math.Round(gap.Low * 100), Math.Round(gap.High * 100));
        return (low, high) switch
        {
            ( > 0, _) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high} points more often downstream"),
            (_, < 0) => string.Create(CultureInfo.InvariantCulture, $"{-high} to {-low} points more often upstream"),
            _ => string.Create(CultureInfo.InvariantCulture, $"from {-Math.Min(low, 0)} points more often upstream to {Math.Max(high, 0)} points more often downstream"),
        };
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    public static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string P(double? p) => p switch
    {
        null => "",
        < 0.001 => "<.001",
        _ => p.Value.ToString("0.000", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } digits ? digits : "0",
    };

    /// <summary><c>1 question</c>, <c>3 questions</c>.</summary>
    public static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");
}
