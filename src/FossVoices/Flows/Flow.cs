using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>What people are told before anything is kept, and what they can say to it.</summary>
/// <param name="Quotes">The question whether their words may be quoted, or null where the study quotes nobody.</param>
public sealed record ConsentText(Template Text, string Agree, string Decline, QuoteQuestion? Quotes);

/// <summary>Whether words may be quoted: <c>no</c> (the default), <c>paraphrase</c>, <c>anonymous</c>, <c>named</c>.</summary>
public sealed record QuoteQuestion(string Ask, ImmutableArray<Option> Options);

/// <summary>Two reasonable expectations that one person can hold at once although they collide.</summary>
/// <param name="A">The item that asks for one half.</param>
/// <param name="B">The item that asks for the other.</param>
public sealed record Tension(string Id, string A, string B, string Label, string Starter);

/// <summary>What a flow needs to know of its study.</summary>
/// <param name="Sides">The labels of <c>upstream</c> and <c>downstream</c>.</param>
/// <param name="Help">What is said instead of a probe when an answer sounds like distress.</param>
public sealed record Setting(
    string Study, string Project, ImmutableSortedDictionary<string, string> Sides, ImmutableArray<Tension> Tensions, string? Help)
{
    public static string OtherSide(string side) => side == "upstream" ? "downstream" : "upstream";
}

/// <summary>A survey or interview as written: immutable, compiled once, shared by everyone who answers it.</summary>
public sealed class Flow
{
    private readonly FrozenDictionary<string, Item> _items;

    public Flow(
        string id, int version, string language, Template title, int minutes, ConsentText consent,
        ImmutableArray<Item> items, Template end, Setting setting, string hash)
    {
        (Id, Version, Language, Title, Minutes, Consent, Items, End, Setting, Hash) =
            (id, version, language, title, minutes, consent, items, end, setting, hash);
        InFileOrder = [.. items.SelectMany(WithThoseInside)];
        _items = InFileOrder.ToFrozenDictionary(item => item.Id, StringComparer.Ordinal);
        Mirrors = [.. InFileOrder.OfType<Item.Mirror>()];
        Steps = new StepTable(items, InFileOrder, setting);
    }

    public string Id { get; }

    public int Version { get; }

    public string Language { get; }

    public Template Title { get; }

    /// <summary>How long it takes, as the researcher promises it.</summary>
    public int Minutes { get; }

    public ConsentText Consent { get; }

    public ImmutableArray<Item> Items { get; }

    public Template End { get; }

    public Setting Setting { get; }

    /// <summary>SHA-256, in hex, of everything that is asked; what a session is pinned to.</summary>
    public string Hash { get; }

    /// <summary>Every item, groups and what they hold included.</summary>
    public ImmutableArray<Item> InFileOrder { get; }

    /// <summary>The items that show words of an earlier wave.</summary>
    public ImmutableArray<Item.Mirror> Mirrors { get; }

    /// <summary>Everything that a path through the flow can ask or say.</summary>
    internal StepTable Steps { get; }

    public Item? Find(string id) => _items.GetValueOrDefault(id);

    /// <summary>The item that an address belongs to, or null.</summary>
    public Item? ItemAt(string address)
    {
        var end = address.AsSpan().IndexOfAny('.', '#');
        return Find(end < 0 ? address : address[..end]);
    }

    public Tension? FindTension(string id) => Setting.Tensions.FirstOrDefault(t => t.Id == id);

    private static IEnumerable<Item> WithThoseInside(Item item) =>
        item is Item.Group group ? group.Items.SelectMany(WithThoseInside).Prepend(item) : [item];
}
