namespace FossVoices.Gaps;

/// <summary>How well the coders of one code are known.</summary>
/// <param name="Agreement">Krippendorff's alpha of the coders on this code; null where it is undefined.</param>
/// <param name="Errors">The machine against people, per side; null where people have read too little of a side whole.</param>
internal sealed record CodingQuality(double? Agreement, BySide<CoderError>? Errors)
{
    /// <summary>Below this, conclusions from a code are tentative (Krippendorff 2004, "Content Analysis").</summary>
    public const double Tentative = 0.667;

    /// <summary>Below this, nothing is called clear.</summary>
    public const double TooLow = 0.6;
}

/// <summary>What a machine coder made of the persons whose words people have read as well: with the code or without it, truly and falsely.</summary>
internal sealed record CoderError(long TruePositive, long FalseNegative, long FalsePositive, long TrueNegative)
{
    /// <summary>Fewer persons with the code, or without it, tell too little of how often it is missed, or given where it does not belong.</summary>
    private const long FewestPersons = 5;

    public bool CanTell => TruePositive + FalseNegative >= FewestPersons && FalsePositive + TrueNegative >= FewestPersons && Sensitivity + Specificity > 1;

    /// <summary>Of the persons with the code, the share that was found.</summary>
    public double Sensitivity => (double)TruePositive / (TruePositive + FalseNegative);

    /// <summary>Of the persons without it, the share that was not given it.</summary>
    public double Specificity => (double)TrueNegative / (FalsePositive + TrueNegative);

    /// <summary>
    /// The share that there really is behind one that was counted: (p + Sp - 1) / (Se + Sp - 1), kept within 0 and 1 (Rogan and Gladen
    /// 1978, "Estimating prevalence from the results of a screening test").
    /// </summary>
    public double Corrected(double share) => Math.Clamp((share + Specificity - 1) / (Sensitivity + Specificity - 1), 0, 1);
}
