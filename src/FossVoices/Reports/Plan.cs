using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Studies;

namespace FossVoices.Reports;

/// <summary>What a report could say of a flow at the numbers of people that one expects, before anybody is asked.</summary>
/// <param name="Persons">The people expected to begin, per side.</param>
/// <param name="MinimumGroup">The fewest persons of a side that the audience sees.</param>
/// <param name="Reports">How many reports each figure rests on.</param>
internal sealed record Plan(
    string Study, string Flow, BySide<int> Persons, Audience Audience, int MinimumGroup, int Reports,
    ImmutableArray<PlannedItem> Items, ImmutableArray<PlannedScenario> Scenarios)
{
    /// <summary>Between the marks that part very small, small, medium and large gaps (Romano et al. 2006), and well above the last.</summary>
    private static readonly ImmutableArray<(string Name, double Delta)> s_gaps = [("none", 0), ("small", 0.24), ("medium", 0.40), ("large", 0.60)];

    /// <summary>So many of both sides agree in the last scenario.</summary>
    public const double AgreeingShare = 0.8;

    /// <summary>The name of the scenario in which both sides agree.</summary>
    public const string Agreed = "agreed";

    /// <summary>
    /// Exact p for up to 15 people on the smaller side of a five-point item, and the t approximation above. A real report goes up to 35
    /// or so, which would take minutes here and changes next to nothing.
    /// </summary>
    private const long MostTables = 5_000;

    /// <summary>How often reports are made up: each gap for all items and, but for none, for one; and agreement.</summary>
    private static int Steps => 2 * s_gaps.Length;

    /// <summary>As many reports as give steady figures, from some thousand items in all.</summary>
    public static int ReportsFor(int items) => Math.Clamp(5_000 / Math.Max(1, items), 60, 300);

    public PlannedScenario Scenario(string name) => Scenarios.First(scenario => scenario.Name == name);

    /// <param name="given">How many reports to make up for each figure; null for <see cref="ReportsFor"/>.</param>
    /// <param name="seed">Sends people through the flow; their answers come from <paramref name="chance"/>.</param>
    /// <param name="progress">Hears how many steps are done, and of how many.</param>
    public static Plan Of(
        Study study, Flow flow, BySide<int> persons, Audience audience, int? given, long seed, Random chance, IProgress<(int Done, int Of)>? progress,
        CancellationToken cancellationToken)
    {
        var items = Catalogue.ItemsOf(study).Where(item => item.Flow == flow).ToImmutableArray();
        var reports = given ?? ReportsFor(items.Length);
        var attendance = Attendance.Of(flow, items, seed);
        var minimum = Disclosure.For(study, Stratum.Answering, audience).MinimumGroup;
        var (scenarios, done) = (ImmutableArray.CreateBuilder<PlannedScenario>(), 0);
        foreach (var (name, delta) in s_gaps)
        {
            var all = Simulate(item => Gap(item, delta), alone: false);
            scenarios.Add(new PlannedScenario(name, delta, all, delta == 0 ? null : Simulate(item => Gap(item, delta), alone: true).Clear));
        }

        scenarios.Add(new PlannedScenario(Agreed, 0, Simulate(Both, alone: false), null));
        return new Plan(
            study.Id, flow.Id, persons, audience, minimum, reports, [.. items.Zip(attendance.Shares(), (item, share) => PlannedItem.Of(item, persons, share))],
            scenarios.ToImmutable());

        // Alone: one item after the other has the gap, and it is the one that is looked at.
        Simulation Simulate(Func<CatalogueItem, BySide<ImmutableArray<double>>> answers, bool alone)
        {
            var same = items.Select(item => Gap(item, 0)).ToArray();
            var assumed = items.Select(answers).ToArray();
            var simulation = Simulation.Of(
                reports,
                report =>
                {
                    var present = attendance.Draw(persons, chance);
                    return [.. items.Select((item, i) => (Item: item, At: i, Looked: !alone || i == report % items.Length))
                        .Select(it => new MadeUpItem(it.Item.Key, it.Item.Scale.AgreeFrom, it.Looked ? assumed[it.At] : same[it.At], present[it.At], it.Looked))];
                },
                minimum, chance, cancellationToken, MostTables);
            progress?.Report((++done, Steps));
            return simulation;
        }
    }

    /// <summary>
    /// How many people a side must answer an item so that, in 8 of 10 reports, a medium gap is called clear where it is the only one, or
    /// an item without any gap is called the same; null where even the largest number tried is too small.
    /// </summary>
    public static (int? MediumIsClear, int? NoneIsTheSame) Needed(int items, int reports, Random chance, CancellationToken cancellationToken)
    {
        int[] tried = [10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300];
        var leaning = AssumedAnswers.Leaning(5);
        return (Fewest(0.40, s => s.Clear), Fewest(0, s => s.Same));

        int? Fewest(double delta, Func<Simulation, double> often)
        {
            var (low, high) = (0, tried.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = often(At(tried[middle], delta)) >= 0.8 ? (low, middle) : (middle + 1, high);
            }

            return low < tried.Length ? tried[low] : null;
        }

        Simulation At(int persons, double delta) => Simulation.Of(
            reports,
            _ => [.. Enumerable.Range(0, items).Select(i => new MadeUpItem(
                "", 4, new(leaning, AssumedAnswers.Lower(leaning, i == 0 ? delta : 0)), new(persons, persons), Counted: i == 0))],
            minimumGroup: 1, chance, cancellationToken, MostTables);
    }

    private static BySide<ImmutableArray<double>> Gap(CatalogueItem item, double delta) =>
        AssumedAnswers.Leaning(item.Scale.Points.Length) is var leaning ? new(leaning, delta == 0 ? leaning : AssumedAnswers.Lower(leaning, delta)) : default!;

    private static BySide<ImmutableArray<double>> Both(CatalogueItem item) =>
        AssumedAnswers.Agreeing(AssumedAnswers.Leaning(item.Scale.Points.Length), item.Scale.AgreeFrom, AgreeingShare) is var agreeing ? new(agreeing, agreeing) : default!;
}

/// <summary>What comes of one assumption about what people will answer.</summary>
/// <param name="Name"><c>none</c>, <c>small</c>, <c>medium</c>, <c>large</c>: every item has such a gap; <c>agreed</c>: no gap, and both sides agree.</param>
/// <param name="Delta">The gap as Cliff's delta; downstream answers higher.</param>
/// <param name="ClearAlone">How often an item is called clear that is the only one with such a gap; null where that makes no sense.</param>
internal sealed record PlannedScenario(string Name, double Delta, Simulation All, double? ClearAlone);

/// <summary>How many people would answer an item.</summary>
/// <param name="Asked">The share of each side that answers it.</param>
/// <param name="ShownInPart">The group that shows each person only a part of its items, where the item is in one.</param>
internal sealed record PlannedItem(string Item, string Short, BySide<double> Answering, BySide<double> Asked, string? ShownInPart)
{
    public static PlannedItem Of(CatalogueItem item, BySide<int> persons, BySide<double> share) => new(
        item.Key, item.Short, new(persons.Downstream * share.Downstream, persons.Upstream * share.Upstream), share,
        item.Flow.InFileOrder.OfType<Item.Group>().FirstOrDefault(g => g.Items.Any(i => i.Id == item.Item.Id) && g.Show.Any(s => s.Value < g.Items.Length))?.Id);
}
