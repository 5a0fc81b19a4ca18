using System.Collections.Immutable;
using CsCheck;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>Somebody reads every report, knows at every time who was in and who was not, and subtracts.</summary>
public sealed class RefreshTests
{
    private const int K = 10;
    private static readonly CellKey s_up = new("item/a", "upstream");
    private static readonly CellKey s_down = new("item/a", "downstream");

    private static int Histories => Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? 10_000 : 300;

    /// <summary>What happens to one person between two looks.</summary>
    private static readonly Gen<(int Person, int Kind, int Said)> s_event = Gen.Select(Gen.Int[0, 79], Gen.Int[0, 9], Gen.Int[1, 5]);

    [Fact]
    public void No_report_differs_from_the_one_before_by_fewer_people_than_the_minimum_group() =>
        s_event.Array[0, 40].Array[1, 12].Sample(
            history =>
            {
                var releases = Play(history);
                foreach (var (before, after) in releases.Zip(releases.Skip(1)))
                {
                    foreach (var key in new[] { s_up, s_down })
                    {
                        var changed = Cell.Changed(before.GetValueOrDefault(key)?.Members ?? [], after.GetValueOrDefault(key)?.Members ?? []);
                        Assert.True(changed is 0 or >= K, $"{changed} people changed on {key}");
                    }
                }
            },
            iter: Histories);

    [Fact]
    public void Nobody_is_solved_from_all_reports_of_a_history() =>
        s_event.Array[0, 40].Array[1, 12].Sample(
            history =>
            {
                var solved = Solve(Play(history)).ToArray();
                Assert.True(solved.Length == 0, $"solved: {string.Join("; ", solved)}");
            },
            iter: Histories);

    /// <summary>A check of the attacker: where every change is published at once, it does find people.</summary>
    [Fact]
    public void Without_the_rule_the_same_attacker_solves_people()
    {
        var solved = 0;
        s_event.Array[1, 4].Array[4, 12].Sample(history => solved += Solve(Play(history, minimumGroup: 0)).Count(), iter: 50, threads: 1);
        Assert.True(solved > 0);
    }

    [Fact]
    public void A_cell_changes_with_those_it_rests_on_or_not_at_all()
    {
        var (a, b, tension) = (new CellKey("item/a", "upstream"), new CellKey("item/b", "upstream"), new CellKey("tension/t", "upstream"));
        var before = Cells((a, 20, 1), (b, 20, 1), (tension, 20, 1));
        var now = Cells((a, 40, 1), (b, 23, 1), (tension, 40, 1));
        var settled = Refresh.Of(before, now, K, name => name == "tension/t" ? ["item/a", "item/b"] : []);
        Assert.Equal([40, 20, 20], new[] { a, b, tension }.Select(key => settled[key].Members.Length));
    }

    [Fact]
    public void Nothing_is_released_before_enough_people_have_come()
    {
        Assert.Empty(Refresh.Of(Cells(), Cells((s_up, 9, 1)), K, _ => []));
        Assert.Equal(10, Refresh.Of(Cells(), Cells((s_up, 10, 1)), K, _ => [])[s_up].Members.Length);
    }

    [Fact]
    public void Changing_an_answer_counts_as_much_as_coming()
    {
        Assert.Equal(1, Cell.Changed([new(1, 1), new(2, 1)], [new(1, 1), new(2, 2)]));
        Assert.Equal(2, Cell.Changed([new(1, 1), new(2, 1)], [new(1, 1), new(3, 1)]));
        Assert.Equal(0, Cell.Changed([], []));
    }

    private static Dictionary<CellKey, Cell> Cells(params (CellKey Key, int Persons, uint Said)[] cells) => cells.ToDictionary(
        cell => cell.Key, cell => new Cell([cell.Persons], [.. Enumerable.Range(1, cell.Persons).Select(i => new Member((ulong)i, cell.Said))]));

    /// <summary>The reports of a history: each array of events is what happened before one of them.</summary>
    private static List<ImmutableDictionary<CellKey, Cell>> Play((int Person, int Kind, int Said)[][] history, int minimumGroup = K)
    {
        var people = new Dictionary<int, (string Side, int Said)>();
        var releases = new List<ImmutableDictionary<CellKey, Cell>>();
        foreach (var events in history)
        {
            foreach (var (person, kind, said) in events)
            {
                switch (kind)
                {
                    case 0 or 1:
                        people.Remove(person);
                        break;
                    case 2 when people.TryGetValue(person, out var other):
                        people[person] = (other.Side == "upstream" ? "downstream" : "upstream", other.Said);
                        break;
                    default:
                        people[person] = (people.TryGetValue(person, out var known) ? known.Side : person % 3 == 0 ? "upstream" : "downstream", said);
                        break;
                }
            }

            var now = people.GroupBy(p => p.Value.Side, StringComparer.Ordinal).ToDictionary(
                side => new CellKey("item/a", side.Key),
                side => new Cell(
                    [.. Enumerable.Range(1, 5).Select(point => (long)side.Count(p => p.Value.Said == point))],
                    [.. side.OrderBy(p => p.Key).Select(p => new Member((ulong)p.Key, (uint)p.Value.Said))]));
            releases.Add(Refresh.Of(releases.LastOrDefault() ?? ImmutableDictionary<CellKey, Cell>.Empty, now, minimumGroup, _ => []));
        }

        return releases;
    }

    /// <summary>
    /// People whose answer follows from some two published tables of a side: the attacker knows who stands behind each table (not
    /// what they said) and looks for two that differ by one person.
    /// </summary>
    private static IEnumerable<string> Solve(List<ImmutableDictionary<CellKey, Cell>> releases)
    {
        foreach (var key in new[] { s_up, s_down })
        {
            var tables = releases.Select(release => release.GetValueOrDefault(key)?.Members ?? []).Distinct().ToArray();
            foreach (var (one, other) in tables.SelectMany((_, i) => tables.Skip(i + 1), (one, other) => (one, other)))
            {
                if (Cell.Changed(one, other) == 1)
                    yield return $"somebody on {key.Side}, from tables of {one.Length} and {other.Length}";
            }
        }
    }
}
