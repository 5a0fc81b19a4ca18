using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>What a plan means for whoever is about to open the study, in sentences.</summary>
internal static class PlanAdvice
{
    /// <summary>Below this, something hardly ever happens.</summary>
    private const double Hardly = 0.05;

    /// <summary>What one would want to be able to count on.</summary>
    private const double Mostly = 0.8;


    /// <param name="needed">How many people a side must answer, see <see cref="Plan.Needed"/>.</param>
    public static ImmutableArray<string> Of(Plan plan, (int? MediumIsClear, int? NoneIsTheSame) needed)
    {
        if (plan.Items.IsEmpty)
            return ["This flow asks nothing on a scale, so there are no gaps to plan for."];
        if (TooFew(plan) is { } nothing)
            return nothing;

        return [.. Missing(plan), .. Clear(plan, needed.MediumIsClear), .. TheSame(plan, needed.NoneIsTheSame), Held(plan)];
    }

    /// <summary>Null where both sides are large enough to be shown.</summary>
    private static ImmutableArray<string>? TooFew(Plan plan)
    {
        var few = new[] { (Number: plan.Persons.Upstream, Side: "upstream"), (Number: plan.Persons.Downstream, Side: "downstream") }
            .Where(side => side.Number < plan.MinimumGroup).ToArray();
        if (few.Length == 0)
            return null;

        var own = plan.Audience == Audience.Channel && few.All(side => side.Number >= Disclosure.SmallestGroup)
            ? Text($" Your own report shows a side from {Disclosure.SmallestGroup} people on: plan that with --audience researcher.")
            : "";
        return
        [
            Text($"With {string.Join(" and ", few.Select(side => $"{side.Number} {side.Side}"))} no item can reach any verdict: a side is shown from {plan.MinimumGroup} people on.{own}"),
            "Find more people, or ask fewer questions of those there are by way of an interview, which needs no numbers.",
        ];
    }

    private static IEnumerable<string> Missing(Plan plan)
    {
        // Answering is binomial; a side misses the minimum often where its mean is less than a standard deviation above it.
        var missing = plan.Items.Where(item => OftenBelow(item.Answering.Downstream, item.Asked.Downstream) || OftenBelow(item.Answering.Upstream, item.Asked.Upstream)).ToArray();
        if (missing.Length == 0)
            yield break;

        var named = string.Join(", ", missing.Take(5).Select(item => Text($"{item.Item} ({item.Answering.Upstream:0} upstream, {item.Answering.Downstream:0} downstream)")));
        var more = missing.Length > 5 ? Text($" and {missing.Length - 5} more") : "";
        yield return $"Often missing from the report, since too few people answer them: {named}{more}. A side is shown from {plan.MinimumGroup} people on.";
        foreach (var group in missing.Select(item => item.ShownInPart).OfType<string>().Distinct(StringComparer.Ordinal))
            yield return $"The group '{group}' shows each person only a part. At these numbers, show more of it, or all.";

        bool OftenBelow(double mean, double share) => mean - (0.84 * Math.Sqrt(mean * (1 - share))) < plan.MinimumGroup;
    }

    private static IEnumerable<string> Clear(Plan plan, int? needed)
    {
        var (medium, large) = (plan.Scenario("medium"), plan.Scenario("large"));
        if (large.All.Clear < Hardly && large.ClearAlone < Hardly)
        {
            yield return Text($"With {plan.Persons.Upstream} upstream and {plan.Persons.Downstream} downstream no item can reach \"clear\", or hardly ever, however large the gap. Read what each side holds, and the words, rather than verdicts.");
        }
        else if (medium.ClearAlone < Mostly)
        {
            var enough = needed is { } people ? Text($" About {people} people a side, on that item, would bring it to 8 in 10.") : "";
            yield return Text($"A medium gap that is the only one is called clear in {InTen(medium.ClearAlone ?? 0)} reports, a large one in {InTen(large.ClearAlone ?? 0)}.{enough}");
        }
        else
        {
            yield return "Medium gaps will mostly be found.";
        }
    }

    private static IEnumerable<string> TheSame(Plan plan, int? needed)
    {
        if (plan.Scenario("none").All.Same >= Mostly)
            yield break;

        var enough = needed is { } people ? Text($" That takes about {people} people a side.") : "";
        yield return $"Where both sides think alike, the report will mostly say that it can't tell: too few people to call them the same.{enough}";
    }

    private static string Held(Plan plan) =>
        Text($"Where 8 in 10 agree on both sides, the report says that both hold it for {InTen(plan.Scenario(Plan.Agreed).All.HeldByBoth)} items: what small groups can find is common ground.");

    private static string InTen(double share) => share switch
    {
        < Hardly => "hardly any",
        > 1 - Hardly => "nearly all",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(share * 10)):0} of 10"),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
