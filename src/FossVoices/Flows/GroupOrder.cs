using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Which items of a group one person is shown, and in which order.</summary>
internal static class GroupOrder
{
    /// <summary>How often an order is drawn anew because linked items came side by side, before they are moved apart by hand.</summary>
    private const int Tries = 50;

    /// <summary>The items for somebody of this side, as drawn at the start. An item that is newer than the draw is not shown.</summary>
    public static IEnumerable<Item> Of(Item.Group group, Flow flow, Draws draws, string? side)
    {
        var shown = Shown(group, side);
        return draws.Orders.TryGetValue(shown is null ? group.Id : Key(group, shown), out var order)
            ? order.Select(flow.Find).OfType<Item>()
            : group.Items;
    }

    /// <summary>
    /// Draws every order that the group may come to need: one of all its items, and one for each side that is shown a part.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> Draw(Item.Group group, long seed)
    {
        if (group.Random)
            yield return KeyValuePair.Create(group.Id, Arranged(group, group.Items, Chance.For(seed, group.Id)));

        var blocks = Shuffled(Blocks(group.Items), Chance.For(seed, $"{group.Id}/blocks"));
        foreach (var (side, count) in group.Show.Where(s => s.Value < group.Items.Length))
            yield return KeyValuePair.Create(Key(group, side), Arranged(group, Taken(group, blocks, count), Chance.For(seed, Key(group, side))));
    }

    /// <summary>
    /// Items linked by <c>apart_from</c> are drawn together or not at all, since a tension can only be counted in people who met
    /// both halves (split questionnaire with blocks kept whole: Raghunathan &amp; Grizzle 1995).
    /// </summary>
    internal static ImmutableArray<ImmutableArray<Item>> Blocks(ImmutableArray<Item> items)
    {
        var blocks = new List<List<Item>>();
        foreach (var item in items)
        {
            var linked = blocks.FindAll(block => block.Exists(other => AreLinked(item, other)));
            blocks.RemoveAll(linked.Contains);
            blocks.Add([.. linked.SelectMany(block => block), item]);
        }

        return [.. blocks.Select(block => block.ToImmutableArray())];
    }

    /// <summary>The side whose part is shown: the person's own, or where none is set the smallest, since such answers count on no side. Null where all is shown.</summary>
    private static string? Shown(Item.Group group, string? side)
    {
        if (group.Show.IsEmpty)
            return null;
        var shown = side ?? group.Show.MinBy(s => s.Value).Key;
        return group.Show.TryGetValue(shown, out var count) && count < group.Items.Length ? shown : null;
    }

    private static string Key(Item.Group group, string side) => $"{group.Id}/{side}";

    private static ImmutableArray<Item> Taken(Item.Group group, ImmutableArray<ImmutableArray<Item>> blocks, int count)
    {
        var taken = new HashSet<Item>(ReferenceEqualityComparer.Instance);
        foreach (var block in blocks)
        {
            if (taken.Count + block.Length <= count)
                taken.UnionWith(block);
        }

        return [.. group.Items.Where(taken.Contains)];
    }

    /// <summary>Every order without linked neighbours is equally likely, where there is one to be found.</summary>
    private static ImmutableArray<string> Arranged(Item.Group group, ImmutableArray<Item> items, Chance chance)
    {
        if (!group.Random)
            return Ids(items);

        var order = Shuffled(items, chance);
        for (var tries = 1; tries < Tries && HasLinkedNeighbours(order); tries++)
            order = Shuffled(items, chance);
        return Ids(HasLinkedNeighbours(order) ? MovedApart(order) : order);
    }

    private static bool HasLinkedNeighbours(ImmutableArray<Item> order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (AreLinked(order[i - 1], order[i]))
                return true;
        }

        return false;
    }

    /// <summary>Parts linked neighbours as far as the other items suffice.</summary>
    private static ImmutableArray<Item> MovedApart(ImmutableArray<Item> items)
    {
        var ordered = new List<Item>(items.Length);
        foreach (var item in items)
        {
            var place = Enumerable.Range(0, ordered.Count + 1).Reverse().FirstOrDefault(
                i => (i == 0 || !AreLinked(ordered[i - 1], item)) && (i == ordered.Count || !AreLinked(ordered[i], item)), ordered.Count);
            ordered.Insert(place, item);
        }

        return [.. ordered];
    }

    /// <summary>Fisher and Yates 1938, as Durstenfeld (1964) runs it.</summary>
    private static ImmutableArray<T> Shuffled<T>(ImmutableArray<T> cards, Chance chance)
    {
        var deck = cards.ToArray();
        for (var i = deck.Length - 1; i > 0; i--)
        {
            var j = chance.Below(i + 1);
            (deck[i], deck[j]) = (deck[j], deck[i]);
        }

        return [.. deck];
    }

    private static ImmutableArray<string> Ids(ImmutableArray<Item> items) => [.. items.Select(item => item.Id)];

    private static bool AreLinked(Item a, Item b) => a.ApartFrom.Contains(b.Id) || b.ApartFrom.Contains(a.Id);
}
