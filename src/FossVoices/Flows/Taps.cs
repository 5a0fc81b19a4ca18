using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>How much somebody has to do: one tap a choice or scale point, one for each option picked or ranked and one to send them.</summary>
public static class Taps
{
    /// <summary>Beyond so many combinations of answers, every item is counted that any of them could lead to.</summary>
    private const int Most = 4096;

    /// <summary>The most taps that anybody needs until the core is complete, everything before it included.</summary>
    public static int ToCompleteCore(Flow flow)
    {
        var last = flow.Items.LastOrDefault(HasCore);
        if (last is null)
            return 0;

        var way = flow.Items[..(flow.Items.IndexOf(last) + 1)];
        // Whoever takes one branch does not take the other, so the branches are walked one by one.
        var forks = way.SelectMany(WithThoseInside).OfType<Item.Choice>().Where(c => flow.Steps.At(c.Id)!.Steers).ToImmutableArray();
        if (forks.Aggregate(1.0, (product, fork) => product * (fork.Options.Length + 1)) > Most)
            forks = [];
        return Longest(0, ImmutableDictionary<string, string>.Empty);

        int Longest(int i, ImmutableDictionary<string, string> chosen) => i == forks.Length
            ? way.Sum(item => AtMost(item, new Branch(forks, chosen)))
            : forks[i].Options.Select(o => Longest(i + 1, chosen.Add(forks[i].Id, o.Id))).Append(Longest(i + 1, chosen)).Max();
    }

    /// <summary>The most taps that an item takes.</summary>
    public static int AtMost(Item item) => AtMost(item, null);

    private static int AtMost(Item item, Branch? branch) => branch is not null && item.If is { } condition && !branch.Can(condition, true) ? 0 : item switch
    {
        Item.Notice => 0,
        Item.Pair => 2,
        Item.Pick pick => pick.Most + 1,
        Item.Rank rank => rank.Top + 1,
        Item.Mirror mirror => mirror.Rule.Most + 3,
        Item.Group group => group.Items.Select(i => AtMost(i, branch)).OrderDescending().Take(MostShown(group, branch?.Side)).Sum(),
        _ => 1,
    };

    private static int MostShown(Item.Group group, string? side) =>
        side is not null && group.Show.TryGetValue(side, out var count) ? count
        : group.Show.Count == 2 ? group.Show.Values.Max()
        : group.Items.Length;

    private static bool HasCore(Item item) => item.Core || (item is Item.Group group && group.Items.Any(HasCore));

    private static IEnumerable<Item> WithThoseInside(Item item) =>
        item is Item.Group group ? group.Items.SelectMany(WithThoseInside).Prepend(item) : [item];

    /// <summary>One choice at every fork; what else conditions look at may be as it likes.</summary>
    private sealed class Branch(ImmutableArray<Item.Choice> forks, ImmutableDictionary<string, string> chosen)
    {
        public string? Side { get; } = forks.Where(f => f.SetsSide && chosen.ContainsKey(f.Id)).Select(f => chosen[f.Id]).LastOrDefault() is "upstream" or "downstream"
            ? forks.Where(f => f.SetsSide && chosen.ContainsKey(f.Id)).Select(f => chosen[f.Id]).Last()
            : null;

        /// <summary>Whether the condition can come out as wanted.</summary>
        public bool Can(Condition condition, bool wanted) => condition switch
        {
            Condition.All(var of) => wanted ? of.All(c => Can(c, true)) : of.Any(c => Can(c, false)),
            Condition.Any(var of) => wanted ? of.Any(c => Can(c, true)) : of.All(c => Can(c, false)),
            Condition.Not(var of) => Can(of, !wanted),
            Condition.Is(var address, var options) when forks.Any(f => f.Id == address) => (chosen.TryGetValue(address, out var id) && options.Contains(id)) == wanted,
            Condition.Answered(var address, var answered) when forks.Any(f => f.Id == address) => (chosen.ContainsKey(address) == answered) == wanted,
            Condition.Side(var sides) when !forks.IsEmpty => (Side is { } side && sides.Contains(side)) == wanted,
            _ => true,
        };
    }
}
