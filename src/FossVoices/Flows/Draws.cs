using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>
/// What chance decided for one person, all of it from one seed: stored with the session, so that it stays what it was
/// and can be analysed.
/// </summary>
/// <param name="Seed">Drawn when the person agreed.</param>
/// <param name="Orders">For each group of random order its items in the drawn order, by its id; and for each side that is shown a part of a group, that part, by <c>group/side</c>.</param>
/// <param name="Arms">For each name under <c>vary</c> (<c>item.name</c>), the index of the wording.</param>
/// <param name="GuessFirst">The pairs of which the guess of the other side is asked before the own view.</param>
public sealed record Draws(
    long Seed,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Orders,
    ImmutableSortedDictionary<string, int> Arms,
    ImmutableSortedSet<string> GuessFirst)
{
    /// <summary>For each mirror, by its id, which words it shows: see <see cref="MirrorDraw"/>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Excerpts { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>As many as a mirror shows at most, and nobody's: for walks of which nothing is kept.</summary>
    private const string Example = "example";

    public static Draws From(Flow flow, long seed)
    {
        var orders = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var arms = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var guessFirst = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);

        foreach (var item in flow.InFileOrder)
        {
            if (item is Item.Group group)
                orders.AddRange(GroupOrder.Draw(group, seed));
            if (item is Item.Pair && Chance.For(seed, item.Id).Below(2) == 1)
                guessFirst.Add(item.Id);
            foreach (var (name, wordings) in item.Vary)
                arms[$"{item.Id}.{name}"] = Chance.For(seed, $"{item.Id}.{name}").Below(wordings.Length);
        }

        return new Draws(seed, orders.ToImmutable(), arms.ToImmutable(), guessFirst.ToImmutable())
        {
            Excerpts = flow.Mirrors.ToImmutableSortedDictionary(
                mirror => mirror.Id, mirror => Enumerable.Repeat(Example, mirror.Rule.Most).ToImmutableArray(), StringComparer.Ordinal),
        };
    }
}
