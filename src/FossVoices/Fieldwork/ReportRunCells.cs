using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>The persons behind the counts of a report.</summary>
/// <param name="All">Everybody.</param>
/// <param name="Attested">Those whose side was proved; null where nothing proves a side.</param>
/// <param name="Before">Those of the wave before; null where there is none to compare with.</param>
internal sealed record Everybody(Members All, Members? Attested, Members? Before)
{
    /// <summary>Nothing has changed between two looks.</summary>
    public bool IsSameAs(Everybody other) => Same(All, other.All) && Same(Attested, other.Attested) && Same(Before, other.Before);

    private static bool Same(Members? one, Members? other) =>
        one is null || other is null ? one == other : one.Said.SequenceEqual(other.Said) && one.Mentioned.SequenceEqual(other.Mentioned);
}

/// <summary>
/// Cuts the counts of a report into cells, with the persons behind each, and puts cells together into counts again. Where a part of a
/// cell is looked at by itself (people whose side was proved, people who answered both times), the rest is a cell as well: neither may
/// change by a few people only, or it could be found by subtraction.
/// </summary>
internal sealed class ReportRunCells(Study study, byte[] studyKey, string series)
{
    private const string Follow = "follow";
    private const string Attested = "attested/";
    private const string Unattested = "unattested/";
    private const string Again = "again/";
    private const string Once = "once/";

    private static readonly string[] s_sides = [Sides.Downstream, Sides.Upstream];

    /// <summary>
    /// A tension tells how many agree with its halves, which is what their items show; the difference of guess and own view lies
    /// between two tables that are shown.
    /// </summary>
    public ImmutableArray<string> RestsOn(string cell) =>
        cell.StartsWith("perceived/", StringComparison.Ordinal) ? [ItemCell(cell["perceived/".Length..]), GuessCell(cell["perceived/".Length..])]
        : PartOf(cell) is var (part, rest, item) ? [ItemCell(item), cell.StartsWith(part, StringComparison.Ordinal) ? $"{rest}{item}" : $"{part}{item}"]
        : study.Tensions.FirstOrDefault(tension => TensionCell(tension.Id) == cell) is { } tension
            ? [ItemCell(Catalogue.Key(study, tension.A.Flow, tension.A.Item)), ItemCell(Catalogue.Key(study, tension.B.Flow, tension.B.Item))]
        : [];

    public ImmutableDictionary<CellKey, Cell> Cut(StratumCounts counts, Everybody everybody)
    {
        var behind = Behind(everybody.All);
        if (everybody.Attested is { } attested)
            Divide(Attested, Unattested, Behind(attested, Attested));
        if (everybody.Before is { } before)
            Divide(Again, Once, Behind(BothTimes(everybody.All, before), Again));
        var panels = everybody.Before is { } earlier ? Panels(everybody.All, earlier) : [];
        var cells = ImmutableDictionary.CreateBuilder<CellKey, Cell>();
        foreach (var side in s_sides)
        {
            foreach (var item in counts.Counts.Items)
            {
                Add(ItemCell(item.Item), Of(item.Own, side).Counts);
                if (item.Attested is not null)
                {
                    Add(Attested + item.Item, Of(item.Attested, side).Counts);
                    Add(Unattested + item.Item, []);
                }

                if (everybody.Before is not null)
                {
                    Add(Again + item.Item, panels.GetValueOrDefault((item.Item, side), PanelTable.Nobody(item.Own.Downstream.Points)).Counts);
                    Add(Once + item.Item, []);
                }

                if (item.Guesses is { } guesses)
                {
                    Add(GuessCell(item.Item), Of(guesses.Guesses, side).Counts);
                    Add(PerceivedCell(item.Item), Of(guesses.Differences, side) is var d ? [d.GuessHigher, d.Same, d.GuessLower] : []);
                }
            }

            foreach (var tension in counts.Counts.Tensions)
                Add(TensionCell(tension.Tension), Of(tension.Held, side) is var h ? [h.Neither, h.OnlyA, h.OnlyB, h.Both] : []);
            foreach (var (code, answers) in counts.Counts.Codes.Zip(counts.Answers))
                Add(CodeCell(code.Code), [Of(code.Mentioning, side).Persons, Of(code.Mentioning, side).Of, Of(answers.Answers, side).Persons, Of(answers.Answers, side).Of]);
            Add(Follow, [.. counts.Coverage.Following.Select(option => Of(option.Persons, side))]);

            void Add(string name, ImmutableArray<long> vector) => cells[new(name, side)] = new(vector, behind.GetValueOrDefault(new(name, side), []));
        }

        foreach (var item in counts.Counts.Items)
        {
            var key = new CellKey(ItemCell(item.Item), Sides.Both);
            cells[key] = new(item.Bridge?.Counts ?? [], behind.GetValueOrDefault(key, []));
        }

        return cells.ToImmutable();

        // Those of a side's item who are not of the part are the rest.
        void Divide(string part, string rest, Dictionary<CellKey, ImmutableArray<Member>> those)
        {
            foreach (var key in behind.Keys.Where(key => key.Name.StartsWith("item/", StringComparison.Ordinal) && key.Side != Sides.Both).ToArray())
            {
                var item = key.Name["item/".Length..];
                var its = those.GetValueOrDefault(key with { Name = part + item }, []);
                var persons = its.Select(member => member.Person).ToHashSet();
                behind[key with { Name = part + item }] = its;
                behind[key with { Name = rest + item }] = [.. behind[key].Where(member => !persons.Contains(member.Person))];
            }
        }
    }

    /// <summary>
    /// The cells with noise in their counts, drawn once: a cell that has not changed keeps the noise it was published with, for from noise
    /// drawn anew each time the truth could be averaged.
    /// </summary>
    /// <param name="published">As last published, noise included.</param>
    /// <param name="draw">Noise for one count.</param>
    /// <param name="minimumGroup">The fewest persons of whom anything is said: persons, whatever the noise makes of their number.</param>
    public static ImmutableDictionary<CellKey, Cell> Noisy(
        IReadOnlyDictionary<CellKey, Cell> settled, IReadOnlyDictionary<CellKey, Cell> published, Func<long> draw, int minimumGroup)
    {
        return settled.ToImmutableDictionary(cell => cell.Key, cell => Noisy(cell.Key, cell.Value));

        Cell Noisy(CellKey key, Cell now)
        {
            if (now.Counts.IsEmpty || (published.GetValueOrDefault(key) is { } before && before.Counts.Length == now.Counts.Length && before.Members.SequenceEqual(now.Members)))
                return published.GetValueOrDefault(key, now);
            // The square of those who answered both times would drown in it; without it the waves count as independent.
            if (now.Members.Length < minimumGroup || key.Name.StartsWith(Again, StringComparison.Ordinal))
                return now with { Counts = [.. new long[now.Counts.Length]] };
            if (!key.Name.StartsWith("code/", StringComparison.Ordinal))
                return now with { Counts = [.. now.Counts.Select(With)] };
            // Those with the code, and those without; how often it was given is for researchers.
            var (yes, no) = (With(now.Counts[0]), With(now.Counts[1] - now.Counts[0]));
            return now with { Counts = [yes, yes + no, 0, 0] };
        }

        long With(long count) => Math.Max(0, count + draw());
    }

    /// <summary>The same counts with what the cells say. A cell that is missing, or was cut from another scale, has nobody.</summary>
    /// <param name="noise">The variance of the noise in each count; 0 for none.</param>
    public static StratumCounts Joined(StratumCounts shape, IReadOnlyDictionary<CellKey, Cell> cells, double noise = 0)
    {
        var items = shape.Counts.Items.Select(item =>
        {
            var points = item.Own.Downstream.Points;
            return item with
            {
                Own = Vectors(ItemCell(item.Item), points).Select(Points),
                Guesses = item.Guesses is null ? null : new(
                    Vectors(GuessCell(item.Item), points).Select(Points),
                    Vectors(PerceivedCell(item.Item), 3).Select(v => Differences.Of(v[0], v[1], v[2]) with { Noise = noise })),
                Bridge = Points(Vector(ItemCell(item.Item), Sides.Both, points)),
                Attested = item.Attested is null ? null : Vectors(Attested + item.Item, points).Select(Points),
                Earlier = item.Earlier is null ? null : item.Earlier with
                {
                    Again = Vectors(Again + item.Item, points * points).Select(v => new PanelTable(points, [.. v])),
                },
            };
        });
        var tensions = shape.Counts.Tensions.Select(tension => tension with { Held = Vectors(TensionCell(tension.Tension), 4).Select(v => new HalvesHeld(v[0], v[1], v[2], v[3]) { Noise = noise }) });
        var codes = shape.Counts.Codes.Select(code => Vectors(CodeCell(code.Code), 4)).ToArray();
        var follow = Vectors(Follow, shape.Coverage.Following.Length);
        return shape with
        {
            Counts = shape.Counts with
            {
                Items = [.. items],
                Tensions = [.. tensions],
                Codes = [.. shape.Counts.Codes.Select((code, i) => code with { Mentioning = codes[i].Select(v => Share.Noisy(v[0], v[1], noise, cells: 1, others: 1)) })],
            },
            Answers = [.. shape.Answers.Select((code, i) => code with { Answers = codes[i].Select(v => new Share(v[2], v[3])) })],
            Coverage = shape.Coverage with { Following = [.. shape.Coverage.Following.Select((option, i) => option with { Persons = follow.Select(v => v[i]) })] },
        };

        Histogram Points(long[] counts) => Histogram.Of(counts) with { Noise = noise };

        BySide<long[]> Vectors(string name, int length) => new(Vector(name, Sides.Downstream, length), Vector(name, Sides.Upstream, length));

        long[] Vector(string name, string side, int length) =>
            cells.GetValueOrDefault(new(name, side)) is { } cell && cell.Counts.Length == length ? [.. cell.Counts] : new long[length];
    }

    /// <param name="only">Only the items, under names that begin like this; null for everything.</param>
    private Dictionary<CellKey, ImmutableArray<Member>> Behind(Members members, string? only = null)
    {
        using var who = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, studyKey);
        var items = Catalogue.ItemsOf(study);
        var said = members.Said.GroupBy(row => (row.Respondent, row.Side)).ToArray();
        var behind = new Dictionary<CellKey, List<Member>>();
        foreach (var person in said)
        {
            var answers = person.ToDictionary(row => (row.Flow, row.Address), row => row.Said);
            foreach (var item in items)
            {
                var (own, guess) = (Answer(item.Flow.Id, item.Item.Id, item.HasGuesses), item.HasGuesses ? answers.GetValueOrDefault((item.Flow.Id, $"{item.Item.Id}.other")) : null);
                Add(only is null ? ItemCell(item.Key) : only + item.Key, person.Key, own);
                if (only is not null)
                    continue;
                Add(GuessCell(item.Key), person.Key, guess);
                Add(PerceivedCell(item.Key), person.Key, own is null || guess is null ? null : $"{own}|{guess}");
            }

            foreach (var tension in only is null ? study.Tensions : [])
            {
                var (a, b) = (HalfOf(tension.A), HalfOf(tension.B));
                Add(TensionCell(tension.Id), person.Key, a is null || b is null ? null : $"{a}|{b}");
            }

            if (only is null && Catalogue.FollowingOf(study) is { } follow)
                Add(Follow, person.Key, answers.GetValueOrDefault((study.DefaultFlow, follow.Id)));

            string? Answer(string flow, string item, bool pair) => answers.GetValueOrDefault((flow, pair ? $"{item}.own" : item));
            string? HalfOf(Studies.Half half) => Answer(half.Flow, half.Item, items.FirstOrDefault(i => i.Flow.Id == half.Flow && i.Item.Id == half.Item)?.HasGuesses == true);
        }

        foreach (var person in (only is null ? members.Mentioned : []).GroupBy(row => (row.Respondent, row.Side)))
        {
            var mentioned = person.Select(row => row.Code).ToHashSet(StringComparer.Ordinal);
            foreach (var code in study.Codebook.Given)
                Add(CodeCell(code.Id), person.Key, mentioned.Contains(code.Id) ? "yes" : "no");
        }

        return behind.ToDictionary(cell => cell.Key, cell => cell.Value.OrderBy(member => member.Person).ToImmutableArray());

        void Add(string name, (string Respondent, string Side) person, string? said)
        {
            if (said is null)
                return;
            var key = new CellKey(name, person.Side);
            (behind.TryGetValue(key, out var list) ? list : behind[key] = []).Add(new Member(
                BinaryPrimitives.ReadUInt64BigEndian(Hash($"who|{series}|{person.Respondent}")),
                BinaryPrimitives.ReadUInt32BigEndian(Hash($"what|{series}|{name}|{person.Respondent}|{said}"))));
        }

        byte[] Hash(string text)
        {
            who.AppendData(Encoding.UTF8.GetBytes(text));
            return who.GetHashAndReset();
        }
    }

    /// <summary>What people said who answered both times on the same side, as of now, with what they had said before: <c>4|2</c>.</summary>
    private static Members BothTimes(Members now, Members before)
    {
        var earlier = before.Said.ToDictionary(row => (row.Respondent, row.Side, row.Flow, row.Address), row => row.Said);
        return new(
            [.. now.Said.Where(row => earlier.ContainsKey((row.Respondent, row.Side, row.Flow, row.Address)))
                .Select(row => row with { Said = $"{row.Said}|{earlier[(row.Respondent, row.Side, row.Flow, row.Address)]}" })],
            []);
    }

    private Dictionary<(string Item, string Side), PanelTable> Panels(Members now, Members before)
    {
        var both = BothTimes(now, before).Said.ToLookup(row => (row.Flow, row.Address, row.Side), row => row.Said);
        var panels = new Dictionary<(string, string), PanelTable>();
        foreach (var item in Catalogue.ItemsOf(study))
        {
            var points = item.Scale.Points.Length;
            foreach (var side in s_sides)
            {
                var counts = new long[points * points];
                foreach (var said in both[(item.Flow.Id, item.HasGuesses ? $"{item.Item.Id}.own" : item.Item.Id, side)])
                {
                    // A point above the scale was given before the scale was shortened.
                    if (said.Split('|') is [var later, var earlier] && PointOf(later) is var to && PointOf(earlier) is var from && to <= points && from <= points)
                        counts[((from - 1) * points) + to - 1]++;
                }

                panels[(item.Key, side)] = new(points, [.. counts]);
            }
        }

        return panels;
    }

    private static int PointOf(string said) => (int)double.Parse(said, CultureInfo.InvariantCulture);

    /// <summary>The part and the rest that a cell is one of, and of which item; null for another cell.</summary>
    private static (string Part, string Others, string Item)? PartOf(string cell) =>
        (cell[..(cell.IndexOf('/', StringComparison.Ordinal) + 1)], cell[(cell.IndexOf('/', StringComparison.Ordinal) + 1)..]) switch
        {
            (Attested or Unattested, var item) => (Attested, Unattested, item),
            (Again or Once, var item) => (Again, Once, item),
            _ => null,
        };

    private static T Of<T>(BySide<T> sides, string side) => side == Sides.Downstream ? sides.Downstream : sides.Upstream;

    private static string ItemCell(string key) => $"item/{key}";

    private static string GuessCell(string key) => $"guess/{key}";

    private static string PerceivedCell(string key) => $"perceived/{key}";

    private static string CodeCell(string id) => $"code/{id}";

    private static string TensionCell(string id) => $"tension/{id}";
}
