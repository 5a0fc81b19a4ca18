using System.Collections.Immutable;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>The persons behind the counts of a report.</summary>
/// <param name="All">Everybody.</param>
/// <param name="Attested">Those whose side was proved; null where nothing proves a side.</param>
/// <param name="Before">Those of the wave before; null where there is none to compare with.</param>
/// <param name="DoubleCoded">What machines and people made of the same answers.</param>
internal sealed record Everybody(Members All, Members? Attested, Members? Before, ImmutableArray<DoubleCodedRow> DoubleCoded)
{
    /// <summary>Nothing has changed between two looks.</summary>
    public bool IsSameAs(Everybody other) =>
        Same(All, other.All) && Same(Attested, other.Attested) && Same(Before, other.Before) && DoubleCoded.SequenceEqual(other.DoubleCoded);

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
    public const string Follow = "follow";
    public const string Coders = "coders/";
    private const string Attested = "attested/";
    private const string Unattested = "unattested/";
    private const string Again = "again/";
    private const string Once = "once/";

    private static readonly string[] s_sides = [Sides.Downstream, Sides.Upstream];

    private readonly ReportRunPersons _persons = new(study, studyKey, series);

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
        var coded = ReportRunCoders.Count(everybody.DoubleCoded, study.Codebook.Given.Select(code => code.Id));
        var behind = _persons.Behind(everybody.All, coded);
        if (everybody.Attested is { } attested)
            Divide(Attested, Unattested, _persons.Behind(attested, [], Attested));
        if (everybody.Before is { } before)
            Divide(Again, Once, _persons.Behind(ReportRunPersons.BothTimes(everybody.All, before), [], Again));
        var panels = everybody.Before is { } earlier ? _persons.Panels(everybody.All, earlier) : [];
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
            {
                var (persons, often) = (Of(code.Mentioning, side), Of(answers.Answers, side));
                Add(CodeCell(code.Code), [persons.Persons, persons.Of, often.Persons, often.Of, answers.Unchecked is { } alone && Of(alone, side) ? 1 : 0]);
                if (coded.GetValueOrDefault((code.Code, side), []) is var those)
                    Add(Coders + code.Code, [.. Enumerable.Range(0, ReportRunCoders.Length).Select(i => those.Sum(person => person.Counts[i]))]);
            }

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
    /// What may be told now. That a machine alone found somebody with a code is told of the persons behind a code's figures as these were
    /// when the figures last changed. While they stay it may be found to be so no more, which takes somebody who confirms; it may not
    /// begin to be so, for then it would tell of whoever wrote something else since.
    /// </summary>
    public ImmutableDictionary<CellKey, Cell> Settled(IReadOnlyDictionary<CellKey, Cell> published, IReadOnlyDictionary<CellKey, Cell> now, int minimumGroup) =>
        Refresh.Of(published, now, minimumGroup, RestsOn).ToImmutableDictionary(
            cell => cell.Key,
            cell => cell.Key.Name.StartsWith("code/", StringComparison.Ordinal) && published.GetValueOrDefault(cell.Key) is { } before && before.Members.SequenceEqual(cell.Value.Members)
                ? cell.Value with { Counts = [.. CodeVector(cell.Value.Counts)[..^1], Math.Min(CodeVector(before.Counts)[^1], CodeVector(cell.Value.Counts)[^1])] }
                : cell.Value);

    /// <summary>How well machines code, of what may be told of it.</summary>
    public static ReportRunCoders CodersOf(IReadOnlyDictionary<CellKey, Cell> settled, int minimumGroup) =>
        new((code, side) => settled.GetValueOrDefault(new(Coders + code, side))?.Counts ?? [], minimumGroup);

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
            // The square of those who answered both times would drown in it; without it the waves count as independent. So would the coders' errors.
            if (now.Members.Length < minimumGroup || key.Name.StartsWith(Again, StringComparison.Ordinal) || key.Name.StartsWith(Coders, StringComparison.Ordinal))
                return now with { Counts = [.. new long[now.Counts.Length]] };
            if (!key.Name.StartsWith("code/", StringComparison.Ordinal))
                return now with { Counts = [.. now.Counts.Select(With)] };
            // Those with the code, and those without; how often it was given is for researchers.
            var (yes, no) = (With(now.Counts[0]), With(now.Counts[1] - now.Counts[0]));
            return now with { Counts = [yes, yes + no, 0, 0, now.Counts[^1]] };
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
        var codes = shape.Counts.Codes.Select(code => new BySide<string>(Sides.Downstream, Sides.Upstream).Select(side => CodeVector(cells.GetValueOrDefault(new(CodeCell(code.Code), side))?.Counts ?? []))).ToArray();
        var follow = Vectors(Follow, shape.Coverage.Following.Length);
        return shape with
        {
            Counts = shape.Counts with
            {
                Items = [.. items],
                Tensions = [.. tensions],
                Codes = [.. shape.Counts.Codes.Select((code, i) => code with { Mentioning = codes[i].Select(v => Share.Noisy(v[0], v[1], noise, cells: 1, others: 1)) })],
            },
            Answers = [.. shape.Answers.Select((code, i) => code with { Answers = codes[i].Select(v => new Share(v[2], v[3])), Unchecked = codes[i].Select(v => v[^1] > 0) })],
            Coverage = shape.Coverage with { Following = [.. shape.Coverage.Following.Select((option, i) => option with { Persons = follow.Select(v => v[i]) })] },
        };

        Histogram Points(long[] counts) => Histogram.Of(counts) with { Noise = noise };

        BySide<long[]> Vectors(string name, int length) => new(Vector(name, Sides.Downstream, length), Vector(name, Sides.Upstream, length));

        long[] Vector(string name, string side, int length) =>
            cells.GetValueOrDefault(new(name, side)) is { } cell && cell.Counts.Length == length ? [.. cell.Counts] : new long[length];
    }

    /// <summary>The part and the rest that a cell is one of, and of which item; null for another cell.</summary>
    private static (string Part, string Others, string Item)? PartOf(string cell) =>
        (cell[..(cell.IndexOf('/', StringComparison.Ordinal) + 1)], cell[(cell.IndexOf('/', StringComparison.Ordinal) + 1)..]) switch
        {
            (Attested or Unattested, var item) => (Attested, Unattested, item),
            (Again or Once, var item) => (Again, Once, item),
            _ => null,
        };

    private static T Of<T>(BySide<T> sides, string side) => side == Sides.Downstream ? sides.Downstream : sides.Upstream;

    public static string ItemCell(string key) => $"item/{key}";

    public static string GuessCell(string key) => $"guess/{key}";

    public static string PerceivedCell(string key) => $"perceived/{key}";

    public static string CodeCell(string id) => $"code/{id}";

    /// <summary>A code's counts: persons with it and in all, answers with it and in all, and whether a machine alone found any, which was not always kept.</summary>
    private static long[] CodeVector(ImmutableArray<long> kept) => kept.Length switch { 5 => [.. kept], 4 => [.. kept, 1], _ => new long[5] };

    public static string TensionCell(string id) => $"tension/{id}";
}
