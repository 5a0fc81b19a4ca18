using System.Text.Json.Serialization;

namespace FossVoices.Gaps;

/// <summary>
/// The gap of one ordinal item, with what other programs would say of the same two histograms. Its properties, in camel case,
/// are the keys of the <c>gap</c> verb.
/// </summary>
/// <param name="Delta">Cliff's delta; positive means that downstream expects more.</param>
/// <param name="CiLow">Lower end of the interval of delta.</param>
/// <param name="CiHigh">Upper end of the interval of delta.</param>
/// <param name="CiMethod"><see cref="CliffDelta.FengCliff"/> or <see cref="CliffDelta.Newcombe5"/>.</param>
/// <param name="U">Mann–Whitney's U of downstream.</param>
/// <param name="MannWhitneyP">Its p with continuity correction; null when all answers are tied.</param>
/// <param name="BmW">Brunner–Munzel's statistic; null, like the next two, where it is undefined.</param>
/// <param name="BmDf">Its degrees of freedom.</param>
/// <param name="BmP">Its p.</param>
/// <param name="P">The p that decides, see <see cref="StudentizedPermutation"/>.</param>
/// <param name="PMethod">How that p was found.</param>
internal sealed record ItemGap(
    double Delta, double CiLow, double CiHigh, string CiMethod, double U, double? MannWhitneyP,
    double? BmW, double? BmDf, double? BmP, double P, string PMethod)
{
    [JsonIgnore]
    public Interval Interval => new(CiLow, CiHigh);

    /// <param name="mostTables">How much work an exact p may take, see <see cref="StudentizedPermutation.MostTables"/>.</param>
    /// <exception cref="ArgumentException">A side is empty, or the scales differ; ask <see cref="Placements.Refusal"/> first.</exception>
    public static ItemGap Between(Histogram downstream, Histogram upstream, double confidence = Distributions.Confidence, long mostTables = StudentizedPermutation.MostTables)
    {
        var delta = CliffDelta.Of(downstream, upstream, confidence);
        var rank = MannWhitney.Of(downstream, upstream);
        var studentized = BrunnerMunzel.Of(delta.Placements);
        // Noisy counts are no table that people could have been dealt into.
        var decides = delta.Noise == 0 || studentized is null
            ? StudentizedPermutation.Of(downstream, upstream, mostTables)
            : new(Distributions.StudentTwoSided(delta.Delta / Math.Sqrt(studentized.Variance + delta.Noise), studentized.Df), StudentizedPermutation.BrunnerMunzelT);
        return new(
            delta.Delta, delta.Low, delta.High, delta.Method, rank.U, rank.P,
            studentized?.W, studentized?.Df, studentized?.P, decides.P, decides.Method);
    }
}
