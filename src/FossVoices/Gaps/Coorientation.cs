namespace FossVoices.Gaps;

/// <summary>What one side has: a view of how things stand between the sides, set beside how they stand.</summary>
internal enum Perception
{
    /// <summary>Whether the sides differ, or whether this side thinks so, cannot be told. A state is never forced.</summary>
    NotEnoughAnswers,

    /// <summary>The sides expect the same, and this side thinks so ("consensus").</summary>
    SharedView,

    /// <summary>The sides expect the same, but this side thinks that they differ ("false conflict").</summary>
    ImaginedDisagreement,

    /// <summary>The sides differ, but this side thinks that they expect the same ("false consensus").</summary>
    HiddenDisagreement,

    /// <summary>The sides differ, and this side thinks so ("dissensus").</summary>
    OpenDisagreement,
}

/// <summary>What the people of each side guessed of the other side's typical answer, on the item's own scale.</summary>
/// <param name="Guesses">Persons per guessed point, by the side that guesses.</param>
/// <param name="Differences">The same people's guess against their own view, by the side that guesses.</param>
internal sealed record GuessCounts(BySide<Histogram> Guesses, BySide<Differences> Differences);

/// <summary>One side's picture of the other.</summary>
/// <param name="Accuracy">Its guesses against the other side's real answers; positive means that it overrates them. Null below the minimum group.</param>
/// <param name="Congruency">Its guesses against its own answers, within person. Null below the minimum group.</param>
/// <param name="Perception">The state that follows.</param>
internal sealed record SideView(CliffDelta? Accuracy, PairedDominance? Congruency, Perception Perception);

/// <summary>
/// Coorientation (McLeod and Chaffee 1973, "Interpersonal approaches to communication research"): how far the sides agree, how
/// well each guesses the other, and whether each thinks that there is a difference. The states are kept per perceiving side.
/// </summary>
/// <param name="Agreement">Own views, downstream against upstream; null below the minimum group.</param>
/// <param name="Views">Each side's picture of the other.</param>
internal sealed record Coorientation(CliffDelta? Agreement, BySide<SideView> Views)
{
    /// <param name="own">Own views.</param>
    /// <param name="guesses">Guesses of the other side.</param>
    /// <param name="minimumGroup">Fewer people than this on either end of a comparison leave it out.</param>
    /// <param name="margin">The smallest difference that matters.</param>
    public static Coorientation Of(BySide<Histogram> own, GuessCounts guesses, int minimumGroup, double margin = Verdict.Margin)
    {
        var agreement = Compare(own.Downstream, own.Upstream, minimumGroup);
        var really = agreement is null ? Relation.Undetermined : RelationOf(agreement, margin);

        SideView View(Histogram guess, Histogram theirs, Differences differences)
        {
            var congruency = differences.Persons >= AtLeastOne(minimumGroup) ? PairedDominance.Of(differences) : null;
            var perceived = congruency is null
                ? Relation.Undetermined
                : Verdict.RelationOf(congruency.Dominance, congruency.Interval, congruency.ExcludesZero, margin);
            return new(Compare(guess, theirs, minimumGroup), congruency, PerceptionOf(really, perceived));
        }

        return new(agreement, new(
            View(guesses.Guesses.Downstream, own.Upstream, guesses.Differences.Downstream),
            View(guesses.Guesses.Upstream, own.Downstream, guesses.Differences.Upstream)));
    }

    public static Perception PerceptionOf(Relation really, Relation perceived) => (really, perceived) switch
    {
        (Relation.Same, Relation.Same) => Perception.SharedView,
        (Relation.Same, Relation.Different) => Perception.ImaginedDisagreement,
        (Relation.Different, Relation.Same) => Perception.HiddenDisagreement,
        (Relation.Different, Relation.Different) => Perception.OpenDisagreement,
        _ => Perception.NotEnoughAnswers,
    };

    private static Relation RelationOf(CliffDelta delta, double margin) =>
        Verdict.RelationOf(delta.Delta, delta.Interval, delta.Interval.ExcludesZero, margin);

    private static CliffDelta? Compare(Histogram first, Histogram second, int minimumGroup) =>
        Math.Min(first.Persons, second.Persons) >= AtLeastOne(minimumGroup) ? CliffDelta.Of(first, second) : null;

    private static int AtLeastOne(int minimumGroup) => Math.Max(1, minimumGroup);
}
