namespace FossVoices.Flows;

/// <summary>Which half of a pair is asked.</summary>
public enum Half
{
    /// <summary>The item is no pair.</summary>
    None,

    /// <summary>The person's own view.</summary>
    Own,

    /// <summary>The guess of what the other side would say.</summary>
    Guess,
}

/// <summary>Which question of a mirror is asked.</summary>
public enum MirrorPart
{
    /// <summary>The item is no mirror.</summary>
    None,

    /// <summary>What the person thinks now.</summary>
    Thinks,

    /// <summary>Whether the person would say it differently.</summary>
    Differently,

    /// <summary>Which of what was shown the person did not expect.</summary>
    Unexpected,
}

/// <summary>One thing that a path can ask or say. Made once, when the flow is compiled.</summary>
/// <param name="Address">Under which the answer is kept.</param>
/// <param name="Probe">The probe, where the step is one; its item is the open question that it follows.</param>
/// <param name="Help">The study's help text, said after an answer that sounds like distress, in place of any further probe.</param>
public sealed record Step(string Address, Item Item, Half Half = Half.None, Probe? Probe = null, string? Help = null)
{
    /// <summary>Whether the step is only read, with the question that follows.</summary>
    public bool IsNotice => Item is Item.Notice || Help is not null;

    /// <summary>Whether an empty answer is as good as a skip.</summary>
    public bool IsOptional => Probe is not null || Mirrors == MirrorPart.Differently || Item is Item.Open { Optional: true } or Item.Number { Optional: true };

    /// <summary>Whether an answer complete in its core needs it.</summary>
    public bool IsCore => Item.Core && Probe is null && !IsNotice;

    /// <summary>Whether it is answered by choosing, and moves nobody elsewhere: such questions can share a page.</summary>
    internal bool IsSimple => Control is Flows.Control.OneOf or Flows.Control.SomeOf && Item is not Item.Gate;

    /// <summary>What is asked or said, with its places to fill; null where it is the study's help.</summary>
    public Template? Text => (Probe, Help, Item) switch
    {
        ({ } probe, _, _) => probe.Ask,
        (_, not null, _) => null,
        (_, _, Item.Notice i) => i.Text,
        (_, _, Item.Choice i) => i.Ask,
        (_, _, Item.Pick i) => i.Ask,
        (_, _, Item.Rating i) => i.Ask,
        (_, _, Item.Pair i) => Half == Half.Own ? i.Own : i.Other,
        (_, _, Item.Open i) => i.Ask,
        (_, _, Item.Number i) => i.Ask,
        (_, _, Item.Rank i) => i.Ask,
        (_, _, Item.Gate i) => i.Ask,
        (_, _, Item.Mirror i) => Mirrors switch { MirrorPart.Differently => i.Differently, MirrorPart.Unexpected => i.Unexpected, _ => i.Ask },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public MirrorPart Mirrors { get; init; }

    /// <summary>The step's place among all steps of its flow, counted from 0.</summary>
    internal int Index { get; init; }

    /// <summary>Whether what is asked later can depend on the answer.</summary>
    internal bool Steers { get; init; }

    /// <summary>How it is answered, where that is the same for everybody; null where it depends on earlier answers.</summary>
    internal Control? Control { get; init; }
}
