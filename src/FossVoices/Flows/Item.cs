using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>An option that can be chosen: what is stored is the id, what people read is the label.</summary>
public sealed record Option(string Id, string Label);

/// <summary>A rating scale with every point labelled, from the lowest to the highest.</summary>
/// <param name="Id">The id that items name.</param>
/// <param name="Points">The labels; point 1 is the first.</param>
/// <param name="AgreeFrom">The lowest point that counts as agreeing, or as holding one half of a tension.</param>
/// <param name="DontKnow">The label of "I don't know", kept apart from the points; null where the scale has none.</param>
public sealed record Scale(string Id, ImmutableArray<string> Points, int AgreeFrom, string? DontKnow);

/// <summary>Which meaning of <em>expect</em> an item asks for. Never mixed in one wording.</summary>
public enum Reading
{
    /// <summary>None: the item asks for no expectation.</summary>
    None,

    /// <summary>What ought to be.</summary>
    Owed,

    /// <summary>What will be.</summary>
    Predicted,

    /// <summary>What is.</summary>
    Kept,
}

/// <summary>A question to ask after an open answer, written by the researcher and fired by a rule.</summary>
public sealed record Probe(string Id, Condition If, Template Ask);

/// <summary>One entry of a flow, in the file's order. The definition never moves; what a person did with it is in <see cref="Progress"/>.</summary>
public abstract record Item
{
    private Item(string id) => Id = id;

    public string Id { get; }

    /// <summary>When the item is asked; null means always.</summary>
    public Condition? If { get; init; }

    /// <summary>Whether the item belongs to what makes an answer complete.</summary>
    public bool Core { get; init; }

    /// <summary>Items of the same group that must not directly precede or follow this one.</summary>
    public ImmutableArray<string> ApartFrom { get; init; } = [];

    /// <summary>The codes of the codebook that the item is about.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>The words that reports and pictures use for the item.</summary>
    public string? Short { get; init; }

    /// <summary>The question to both sides that a report prints with this item's gap.</summary>
    public string? Starter { get; init; }

    /// <summary>What a side says it needs, printed with the gap.</summary>
    public string? Need { get; init; }

    public Reading Reading { get; init; }

    /// <summary>The question of an earlier wave that this asks again (<c>FLOW.ITEM</c>), so that shift within a person can be told; null for none.</summary>
    public string? Again { get; init; }

    /// <summary>Vignette arms: for each name, the wordings of which one is drawn per person.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Vary { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>A line to read. It costs no tap: it is shown with the next question.</summary>
    public sealed record Notice(string Id, Template Text) : Item(Id);

    /// <summary>One of several options.</summary>
    /// <param name="SetsSide">Whether the answer sets the respondent's side; the last such answer counts.</param>
    public sealed record Choice(string Id, Template Ask, ImmutableArray<Option> Options, bool SetsSide) : Item(Id);

    /// <summary>Several of several options.</summary>
    public sealed record Pick(string Id, Template Ask, ImmutableArray<Option> Options, int Least, int Most) : Item(Id);

    /// <summary>A point on a scale.</summary>
    public sealed record Rating(string Id, Template Ask, Scale Scale) : Item(Id);

    /// <summary>One statement asked twice: the own view, and a guess of the other side's. Which comes first is drawn.</summary>
    public sealed record Pair(string Id, Template Own, Template Other, Scale Scale) : Item(Id);

    /// <summary>An answer in the person's own words.</summary>
    public sealed record Open(string Id, Template Ask, Template? Hint, bool Optional, ImmutableArray<Probe> Probes, int MostProbes) : Item(Id);

    public sealed record Number(string Id, Template Ask, double Least, double Most, string? Unit, bool Optional) : Item(Id);

    /// <summary>The most important ones of several options, in order.</summary>
    /// <param name="From">The <see cref="Pick"/> whose chosen options are ranked, or null where the options are its own.</param>
    /// <param name="Top">How many places are given.</param>
    public sealed record Rank(string Id, Template Ask, string? From, ImmutableArray<Option> Options, int Top) : Item(Id);

    /// <summary>Items that belong together.</summary>
    /// <param name="Random">Whether their order is drawn.</param>
    /// <param name="Show">How many of them each side is shown (planned missingness); a side without an entry is shown all.</param>
    public sealed record Group(string Id, bool Random, ImmutableSortedDictionary<string, int> Show, ImmutableArray<Item> Items) : Item(Id);

    /// <summary>Shows released words of an earlier wave, and asks what the person thinks now.</summary>
    /// <param name="Differently">Asks whether the person would say it differently; null where that is not asked.</param>
    /// <param name="Unexpected">Asks which of them the person did not expect; null where that is not asked.</param>
    public sealed record Mirror(string Id, Template Ask, Template? Differently, Template? Unexpected, MirrorRule Rule) : Item(Id);

    /// <summary>Asks whether to go on. After "no" the flow is over; what follows is extra.</summary>
    public sealed record Gate(string Id, Template Ask, string Yes, string No) : Item(Id);
}
