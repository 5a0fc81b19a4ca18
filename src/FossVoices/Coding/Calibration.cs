namespace FossVoices.Coding;

/// <summary>Turns the scores of a machine into probabilities (Platt 1999), by answers that it had not learned from.</summary>
internal static class Calibration
{
    /// <summary>Platt's targets keep the curve from certainty.</summary>
    /// <param name="scores">Of answers not learned from.</param>
    /// <param name="has">Whether each has what the machine looks for. Where either is null the answer is passed over.</param>
    /// <returns>Null where there is only one kind, or a higher score means it less often: nothing was learned then.</returns>
    public static Logistic? Of(double?[] scores, IReadOnlyList<bool?> has)
    {
        var cells = Enumerable.Range(0, scores.Length).Where(i => scores[i] is not null && has[i] is not null).ToArray();
        var positives = cells.Count(i => has[i] == true);
        if (positives == 0 || positives == cells.Length)
            return null;

        var (yes, no) = ((positives + 1.0) / (positives + 2), 1.0 / (cells.Length - positives + 2));
        var fitted = Logistic.Fit([.. cells.Select(i => new[] { scores[i]!.Value })], [.. cells.Select(i => has[i] == true ? yes : no)], ridge: 1e-3);
        return fitted.Weights[1] > 0 ? fitted : null;
    }
}
