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

/// <summary>One thing that the path asks or says.</summary>
/// <param name="Address">Under which the answer is kept.</param>
/// <param name="Probe">The probe, where the step is one; its item is the open question that it follows.</param>
/// <param name="Help">The study's help text, said after an answer that sounds like distress, in place of any probe.</param>
public sealed record Step(string Address, Item Item, Half Half = Half.None, Probe? Probe = null, string? Help = null)
{
    /// <summary>Whether the step is only read, with the question that follows.</summary>
    public bool IsNotice => Item is Item.Notice || Help is not null;
}
