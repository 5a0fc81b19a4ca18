using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Which items of a group one person is shown, and in which order.</summary>
internal static class GroupOrder
{
    /// <summary>
    /// Planned missingness: the drawn order is cut after as many items as the person's side is shown. Items linked by
    /// <c>apart_from</c> are drawn together or not at all, since a tension can only be counted in people who met both halves
    /// (split questionnaire with blocks kept whole: Raghunathan &amp; Grizzle 1995).
    /// </summary>
    public static ImmutableArray<Item> Of(Item.Group group, Draws draws, string? side)
    {
        if (!draws.Orders.TryGetValue(group.Id, out var order))
            return group.Items;

        var drawn = order.Select(id => group.Items.FirstOrDefault(i => i.Id == id)).OfType<Item>()
            .Concat(group.Items.Where(i => !order.Contains(i.Id))); // Items that are newer than the session.
        var shown = side is not null && group.Show.TryGetValue(side, out var count) ? Blocks([.. drawn], count) : [.. drawn];
        return group.Random ? Apart(shown) : [.. group.Items.Where(shown.Contains)];
    }

    private static ImmutableArray<Item> Blocks(ImmutableArray<Item> drawn, int count)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in drawn)
        {
            var block = drawn.Where(other => other == item || Linked(item, other)).Select(i => i.Id).Where(id => !taken.Contains(id)).ToArray();
            if (block.Length > 0 && taken.Count + block.Length <= count)
                taken.UnionWith(block);
        }

        return [.. drawn.Where(i => taken.Contains(i.Id))];
    }

    /// <summary>Moves items so that no two linked ones follow one another, as far as the others suffice to part them.</summary>
    private static ImmutableArray<Item> Apart(ImmutableArray<Item> items)
    {
        var ordered = new List<Item>(items.Length);
        var waiting = new List<Item>();
        foreach (var item in items)
        {
            waiting.Add(item);
            while (waiting.Find(i => ordered.Count == 0 || !Linked(ordered[^1], i)) is { } next)
            {
                ordered.Add(next);
                waiting.Remove(next);
            }
        }

        foreach (var item in waiting)
        {
            var place = Enumerable.Range(0, ordered.Count)
                .FirstOrDefault(i => !Linked(ordered[i], item) && (i == 0 || !Linked(ordered[i - 1], item)), ordered.Count);
            ordered.Insert(place, item);
        }

        return [.. ordered];
    }

    private static bool Linked(Item a, Item b) => a.ApartFrom.Contains(b.Id) || b.ApartFrom.Contains(a.Id);
}
