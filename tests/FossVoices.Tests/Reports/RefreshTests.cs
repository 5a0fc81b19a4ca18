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

    /// <summary>
    /// All that is published of a question: each side's answers, those of people on both sides, and of each side those of people whose
    /// side was proved (of whom only a verdict is told, so that this attacker sees more than anybody) and of those who answered before.
    /// </summary>
    private static readonly CellKey[] s_published =
    [
        s_up, s_down, new("item/a", "both"), new("attested/a", "upstream"), new("attested/a", "downstream"), new("again/a", "upstream"), new("again/a", "downstream"),
    ];

    private static readonly Func<string, ImmutableArray<string>> s_restsOn = new FossVoices.Fieldwork.ReportRunCells(SampleStudy.Of(), new byte[32], "channel").RestsOn;

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
                    foreach (var key in s_published)
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
        var people = new Dictionary<int, (string Side, int Said, bool Attested)>();
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
                        people[person] = other with { Side = other.Side switch { "upstream" => "downstream", "downstream" => "both", _ => "upstream" } };
                        break;
                    case 3 when people.TryGetValue(person, out var unproved):
                        people[person] = unproved with { Attested = true };
                        break;
                    default:
                        people[person] = people.TryGetValue(person, out var known) ? known with { Said = said }
                            : (person % 3 == 0 ? "upstream" : person % 7 == 0 ? "both" : "downstream", said, person % 2 == 0);
                        break;
                }
            }

            var now = new Dictionary<CellKey, Cell>();
            foreach (var side in new[] { "upstream", "downstream", "both" })
            {
                Add("item/a", side, _ => true);
                if (side == "both")
                    continue;
                Add("attested/a", side, p => p.Value.Attested);
                Add("unattested/a", side, p => !p.Value.Attested);
                // Every fifth had answered in the wave before.
                Add("again/a", side, p => p.Key % 5 == 0);
                Add("once/a", side, p => p.Key % 5 != 0);
            }

            releases.Add(Refresh.Of(
                releases.LastOrDefault() ?? ImmutableDictionary<CellKey, Cell>.Empty, now, minimumGroup, minimumGroup == 0 ? _ => [] : s_restsOn));

            void Add(string name, string side, Func<KeyValuePair<int, (string Side, int Said, bool Attested)>, bool> which)
            {
                var those = people.Where(p => p.Value.Side == side && which(p)).OrderBy(p => p.Key).ToArray();
                now[new(name, side)] = new(
                    [.. Enumerable.Range(1, 5).Select(point => those.LongCount(p => p.Value.Said == point))],
                    [.. those.Select(p => new Member((ulong)p.Key, (uint)p.Value.Said))]);
            }
        }

        return releases;
    }

    /// <summary>
    /// People whose answer follows from all tables together. The attacker knows who stands behind each table and when they changed their
    /// answer (not what they said): every table is an equation, the sum of its people's answers, and whoever stands alone in some sum of
    /// multiples of the equations is solved.
    /// </summary>
    private static IEnumerable<string> Solve(List<ImmutableDictionary<CellKey, Cell>> releases)
    {
        var tables = releases.SelectMany(release => s_published.Select(key => release.GetValueOrDefault(key)?.Members ?? [])).Where(members => members.Length > 0)
            .DistinctBy(members => string.Join(',', members)).ToArray();
        var unknowns = tables.SelectMany(members => members).Distinct().Order(Comparer<Member>.Create((a, b) => (a.Person, a.Said).CompareTo((b.Person, b.Said)))).ToArray();
        var place = unknowns.Select((member, i) => (member, i)).ToDictionary(pair => pair.member, pair => pair.i);
        var rows = tables.Select(members =>
        {
            var row = new long[unknowns.Length];
            foreach (var member in members)
                row[place[member]] = 1;
            return row;
        }).ToArray();
        Reduce(rows);
        return rows.Where(row => row.Count(factor => factor != 0) == 1).Select(row => $"person {unknowns[Array.FindIndex(row, factor => factor != 0)].Person}");
    }

    /// <summary>Gauss and Jordan, in whole numbers modulo a prime: exact, and no number grows.</summary>
    private static void Reduce(long[][] rows)
    {
        const long prime = 2_147_483_647;
        var done = 0;
        for (var column = 0; column < (rows.FirstOrDefault()?.Length ?? 0) && done < rows.Length; column++)
        {
            var pivot = Array.FindIndex(rows, done, row => row[column] != 0);
            if (pivot < 0)
                continue;
            (rows[done], rows[pivot]) = (rows[pivot], rows[done]);
            var inverse = (long)System.Numerics.BigInteger.ModPow(rows[done][column], prime - 2, prime);
            for (var i = 0; i < rows[done].Length; i++)
                rows[done][i] = rows[done][i] * inverse % prime;
            for (var other = 0; other < rows.Length; other++)
            {
                if (other == done || rows[other][column] == 0)
                    continue;
                var factor = rows[other][column];
                for (var i = column; i < rows[other].Length; i++)
                    rows[other][i] = (rows[other][i] + ((prime - factor) * rows[done][i])) % prime;
            }

            done++;
        }
    }
}
