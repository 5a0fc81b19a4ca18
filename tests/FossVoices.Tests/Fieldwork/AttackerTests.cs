using System.Collections.Immutable;
using CsCheck;
using FossVoices.Reports;

namespace FossVoices.Tests.Fieldwork;

/// <summary>
/// Random histories of joining, changing, withdrawing, changing sides, proving a side and being read, and an attacker who sees every report
/// of them. Two things together are the proof: no table of all that were released gives anybody away, and nothing that is shown tells more than
/// the tables, for it is the same in a world where others said it.
/// </summary>
public sealed class AttackerTests
{
    private const int MinimumGroup = 10;

    private static readonly Gen<History> s_histories = Gen.Select(Gen.Int[0, 79], Gen.Int[0, 9], Gen.Int[0, 1499])
        .Select((person, deed, says) => new History.Event(person, deed, says)).Array[0, 40].Array[1, 12].Select(History.Of);

    private static bool IsLong => Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1";

    [Fact]
    public void Nobody_is_solved_from_all_reports_of_a_history()
    {
        var (histories, others, formsSeen) = (0, 0, 0);
        s_histories.Sample(
            history =>
            {
                var reports = history.Reports();
                var attacker = new Attacker(history, [.. reports.Select(report => report.Released)]);
                foreach (var (before, after) in reports.Zip(reports.Skip(1)))
                    Assert.All(after.Released, cell => Assert.True(Changed(before.Released, cell) is 0 or >= MinimumGroup, $"{Changed(before.Released, cell)} people changed in {cell.Key}"));
                var solved = attacker.Solved().ToArray();
                Assert.True(solved.Length == 0, $"solved: {string.Join("; ", solved)}");

                var (world, isAnother) = attacker.OtherWorld(new Random(history.Voices.Count));
                // All forms are made of the report alone, which its JSON is; so in the long run not each of all forms is drawn each time.
                var inEveryForm = Interlocked.Increment(ref histories) % (IsLong ? 20 : 2) == 0;
                var difference = isAnother ? DifferenceOf(reports, world.Reports(), inEveryForm) : null;
                Assert.True(difference is null, difference);
                Interlocked.Add(ref others, isAnother ? 1 : 0);
                Interlocked.Add(ref formsSeen, isAnother && inEveryForm ? 1 : 0);
                if (IsLong && histories % 500 == 0)
                    TestContext.Current.TestOutputHelper?.WriteLine($"{histories} histories");
            },
            iter: IsLong ? 10_000 : 24);
        Assert.True(others > histories / 4 && formsSeen > 0, $"of {histories} histories {others} have another world, {formsSeen} of them in every form");
    }

    /// <summary>A check of the histories: there is something to see of everything that a report can tell of answers.</summary>
    [Fact]
    public void The_attacker_sees_everything_that_can_be_told()
    {
        var chance = new Random(1);
        History.Event[] Crowd(int people) => [.. Enumerable.Range(0, people).SelectMany(person => new[] { new History.Event(person, 9, chance.Next(1500)), new(person, 4, 0) })];
        var history = History.Of([Crowd(80), Crowd(80)]);

        var reports = history.Reports();
        var (last, forms) = (reports[^1].Report, Attacked.Shown(reports[^1].Report, reports[0].Report).ToArray());

        var items = last.Sections[0].Items;
        Assert.All(items, item => Assert.NotNull(item.Bridge));
        Assert.All(items, item => Assert.NotNull(item.Comparison!.WithBridge));
        Assert.All(items, item => Assert.NotNull(item.Comparison!.Attested));
        Assert.All(items, item => Assert.NotNull(item.Comparison!.Trend));
        Assert.NotNull(items[0].Downstream!.Perception);
        Assert.NotNull(last.Coding.Agreement);
        Assert.NotNull(last.Sections[0].Codes.Single().Coding!.Agreement);
        Assert.NotNull(last.Sections[0].Tensions.Single().Upstream);
        Assert.NotEmpty(last.Sections[0].Following);
        Assert.Equal(2, forms.Count(form => form.Form == "mirror" && form.Shown.Contains("Of those who answered", StringComparison.Ordinal)));
        Assert.Contains(forms, form => form.Form == "correction" && form.Shown.Contains("was", StringComparison.Ordinal));
    }

    /// <summary>A check of the attacker: where every change is shown at once, people are found.</summary>
    [Fact]
    public void Without_the_rule_the_same_attacker_solves_people_and_tells_the_worlds_apart()
    {
        var (solved, apart) = (0, 0);
        s_histories.Sample(
            history =>
            {
                solved += new Attacker(history, [.. history.Reports(remembers: false).Select(report => report.Released)]).Solved().Count();
                var held = new Attacker(history, [.. history.Reports().Select(report => report.Released)]);
                apart += held.OtherWorld(new Random(1)) is (var world, true) && DifferenceOf(history.Reports(remembers: false), world.Reports(remembers: false), inEveryForm: false) is not null ? 1 : 0;
            },
            iter: 8, threads: 1, seed: "0N0XIzNsQ0O2");
        Assert.True(solved > 0 && apart > 0, $"solved {solved}, told apart {apart}");
    }

    private static int Changed(ImmutableDictionary<CellKey, Cell> before, KeyValuePair<CellKey, Cell> after) =>
        Cell.Changed(before.GetValueOrDefault(after.Key)?.Members ?? [], after.Value.Members);

    /// <summary>Where the two first show something different; null where all is the same.</summary>
    private static string? DifferenceOf(
        ImmutableArray<(GapReport Report, ImmutableDictionary<CellKey, Cell> Released)> ones, ImmutableArray<(GapReport Report, ImmutableDictionary<CellKey, Cell> Released)> others, bool inEveryForm)
    {
        for (var i = 0; i < ones.Length; i++)
        {
            var forms = inEveryForm ? Forms(ones, i).Zip(Forms(others, i)) : [(("JSON", ReportJson.Of(ones[i].Report)), ("JSON", ReportJson.Of(others[i].Report)))];
            foreach (var ((form, shown), (_, other)) in forms)
            {
                if (shown != other)
                    return $"report {i + 1}, {form}: " + string.Join("; ", shown.Split('\n').Zip(other.Split('\n')).Where(line => line.First != line.Second).Take(3).Select(line => $"'{line.First.Trim()}' or '{line.Second.Trim()}'"));
            }
        }

        return null;

        static IEnumerable<(string Form, string Shown)> Forms(ImmutableArray<(GapReport Report, ImmutableDictionary<CellKey, Cell> Released)> reports, int i) =>
            Attacked.Shown(reports[i].Report, i > 0 ? reports[i - 1].Report : null);
    }
}
