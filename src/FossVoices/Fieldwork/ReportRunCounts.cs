using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Takes the counts of a report from the store's tally of one stratum.</summary>
/// <param name="attested">The same of people whose side was proved; null where nothing proves a side.</param>
internal sealed class ReportRunCounts(Study study, Tally tally, Tally? attested = null)
{
    /// <summary>What the tally counts tensions by.</summary>
    public static ImmutableArray<TensionHalves> TensionsOf(Study study)
    {
        var items = Catalogue.ItemsOf(study).ToDictionary(item => (item.Flow.Id, item.Item.Id));
        return
        [
            .. from tension in study.Tensions
               let a = items.GetValueOrDefault((tension.A.Flow, tension.A.Item))
               let b = items.GetValueOrDefault((tension.B.Flow, tension.B.Item))
               where a is not null && b is not null
               select new TensionHalves(tension.Id, HalfOf(a), HalfOf(b)),
        ];
    }

    /// <summary>Open questions that everybody is asked. One under a condition may come to one side alone, and would then look like that side's topic.</summary>
    public static ImmutableArray<Question> AskedOfBoth(Study study) =>
        [.. study.Flows.Values.SelectMany(flow => Unconditional(flow.Items).OfType<Item.Open>().Select(item => new Question(flow.Id, item.Id)))];

    public GapCounts Counts() => new(
        [.. Catalogue.ItemsOf(study).Select(ItemOf)],
        [.. study.Codebook.Given.Select(code => new CodeCounts(code.Id, new(Mentioning(code.Id, Sides.Downstream), Mentioning(code.Id, Sides.Upstream))))],
        [.. study.Tensions.Select(tension => new TensionCounts(tension.Id, new(HeldBy(tension.Id, Sides.Downstream), HeldBy(tension.Id, Sides.Upstream))))],
        MinimumGroup: 1);

    /// <summary>How closely people follow the project; empty where the study does not ask.</summary>
    public ImmutableArray<Following> Following()
    {
        if (Catalogue.FollowingOf(study) is not { } choice)
            return [];

        var (down, up) = (tally.Options(Sides.Downstream, study.DefaultFlow, choice.Id), tally.Options(Sides.Upstream, study.DefaultFlow, choice.Id));
        return [.. choice.Options.Select(option => new Following(option.Label, new(down.GetValueOrDefault(option.Id), up.GetValueOrDefault(option.Id))))];
    }

    /// <summary>How often each code came up.</summary>
    public ImmutableArray<CodeAnswers> Answers()
    {
        Share Often(string code, string side) => new(
            tally.Mentions.Where(m => m.Side == side && m.Code == code).Sum(m => m.Answers), tally.Codable.Where(c => c.Side == side).Sum(c => c.Answers));
        return
        [
            .. study.Codebook.Given.Select(code => new CodeAnswers(
                code.Id, new(Often(code.Id, Sides.Downstream), Often(code.Id, Sides.Upstream)),
                new BySide<string>(Sides.Downstream, Sides.Upstream).Select(side => tally.Mentions.Any(m => m.Code == code.Id && m.Side == side && m.Confirmed < m.Persons)))),
        ];
    }

    private ItemCounts ItemOf(CatalogueItem item)
    {
        Histogram Points(string side, string address) => PointsOf(tally, side, address);
        Histogram PointsOf(Tally counted, string side, string address) => Histogram.Of(counted.Points(side, item.Flow.Id, address, item.Scale.Points.Length));
        Differences Difference(string side) => Differences.OwnMinusGuess(tally.Differences
            .Where(d => d.Side == side && d.Flow == item.Flow.Id && d.Item == item.Item.Id)
            .Select(d => KeyValuePair.Create(d.Difference, d.Persons)));

        var own = AddressOf(item);
        var guess = $"{item.Item.Id}.other";
        return new(
            item.Key, new(Points(Sides.Downstream, own), Points(Sides.Upstream, own)), item.Scale.AgreeFrom,
            item.HasGuesses
                ? new(new(Points(Sides.Downstream, guess), Points(Sides.Upstream, guess)), new(Difference(Sides.Downstream), Difference(Sides.Upstream)))
                : null,
            Points(Sides.Both, own),
            attested is null ? null : new(PointsOf(attested, Sides.Downstream, own), PointsOf(attested, Sides.Upstream, own)));
    }

    private Share Mentioning(string code, string side)
    {
        var codable = tally.Codable.Where(c => c.Side == side).Sum(c => c.Persons);
        return new(Math.Min(codable, tally.Mentions.Where(m => m.Side == side && m.Code == code).Sum(m => m.Persons)), codable);
    }

    private HalvesHeld HeldBy(string tension, string side)
    {
        long Persons(int a, int b) => tally.Tensions.Where(h => h.Tension == tension && h.Side == side && h.HoldsA == a && h.HoldsB == b).Sum(h => h.Persons);
        return new(Persons(0, 0), Persons(1, 0), Persons(0, 1), Persons(1, 1));
    }

    private static TensionHalf HalfOf(CatalogueItem item) => new(item.Flow.Id, AddressOf(item), item.Scale.AgreeFrom);

    private static string AddressOf(CatalogueItem item) => item.HasGuesses ? $"{item.Item.Id}.own" : item.Item.Id;

    private static IEnumerable<Item> Unconditional(IEnumerable<Item> items) =>
        items.Where(item => item.If is null).SelectMany(item => item is Item.Group group ? Unconditional(group.Items) : [item]);
}
