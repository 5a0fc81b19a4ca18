using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Cuts the counts of a report into cells, with the persons behind each, and puts cells together into counts again.</summary>
internal sealed class ReportRunCells(Study study, byte[] studyKey, string series)
{
    private const string Follow = "follow";

    private static readonly string[] s_sides = [Sides.Downstream, Sides.Upstream];

    /// <summary>
    /// A tension tells how many agree with its halves, which is what their items show; the difference of guess and own view lies
    /// between two tables that are shown.
    /// </summary>
    public ImmutableArray<string> RestsOn(string cell) =>
        cell.StartsWith("perceived/", StringComparison.Ordinal) ? [ItemCell(cell["perceived/".Length..]), GuessCell(cell["perceived/".Length..])]
        : study.Tensions.FirstOrDefault(tension => TensionCell(tension.Id) == cell) is { } tension
            ? [ItemCell(Catalogue.Key(study, tension.A.Flow, tension.A.Item)), ItemCell(Catalogue.Key(study, tension.B.Flow, tension.B.Item))]
        : [];

    public ImmutableDictionary<CellKey, Cell> Cut(StratumCounts counts, Members members)
    {
        var behind = Behind(members);
        var cells = ImmutableDictionary.CreateBuilder<CellKey, Cell>();
        foreach (var side in s_sides)
        {
            foreach (var item in counts.Counts.Items)
            {
                Add(ItemCell(item.Item), Of(item.Own, side).Counts);
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

        return cells.ToImmutable();
    }

    /// <summary>The same counts with what the cells say. A cell that is missing, or was cut from another scale, has nobody.</summary>
    public static StratumCounts Joined(StratumCounts shape, IReadOnlyDictionary<CellKey, Cell> cells)
    {
        var items = shape.Counts.Items.Select(item =>
        {
            var points = item.Own.Downstream.Points;
            return item with
            {
                Own = Vectors(ItemCell(item.Item), points).Select(v => Histogram.Of(v)),
                Guesses = item.Guesses is null ? null : new(
                    Vectors(GuessCell(item.Item), points).Select(v => Histogram.Of(v)),
                    Vectors(PerceivedCell(item.Item), 3).Select(v => Differences.Of(v[0], v[1], v[2]))),
            };
        });
        var tensions = shape.Counts.Tensions.Select(tension => tension with { Held = Vectors(TensionCell(tension.Tension), 4).Select(v => new HalvesHeld(v[0], v[1], v[2], v[3])) });
        var codes = shape.Counts.Codes.Select(code => Vectors(CodeCell(code.Code), 4)).ToArray();
        var follow = Vectors(Follow, shape.Coverage.Following.Length);
        return shape with
        {
            Counts = shape.Counts with
            {
                Items = [.. items],
                Tensions = [.. tensions],
                Codes = [.. shape.Counts.Codes.Select((code, i) => code with { Mentioning = codes[i].Select(v => new Share(v[0], v[1])) })],
            },
            Answers = [.. shape.Answers.Select((code, i) => code with { Answers = codes[i].Select(v => new Share(v[2], v[3])) })],
            Coverage = shape.Coverage with { Following = [.. shape.Coverage.Following.Select((option, i) => option with { Persons = follow.Select(v => v[i]) })] },
        };

        BySide<long[]> Vectors(string name, int length) => new(Vector(name, Sides.Downstream, length), Vector(name, Sides.Upstream, length));

        long[] Vector(string name, string side, int length) =>
            cells.GetValueOrDefault(new(name, side)) is { } cell && cell.Counts.Length == length ? [.. cell.Counts] : new long[length];
    }

    private Dictionary<CellKey, ImmutableArray<Member>> Behind(Members members)
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
                Add(ItemCell(item.Key), person.Key, own);
                Add(GuessCell(item.Key), person.Key, guess);
                Add(PerceivedCell(item.Key), person.Key, own is null || guess is null ? null : $"{own}|{guess}");
            }

            foreach (var tension in study.Tensions)
            {
                var (a, b) = (HalfOf(tension.A), HalfOf(tension.B));
                Add(TensionCell(tension.Id), person.Key, a is null || b is null ? null : $"{a}|{b}");
            }

            if (Catalogue.FollowingOf(study) is { } follow)
                Add(Follow, person.Key, answers.GetValueOrDefault((study.DefaultFlow, follow.Id)));

            string? Answer(string flow, string item, bool pair) => answers.GetValueOrDefault((flow, pair ? $"{item}.own" : item));
            string? HalfOf(Studies.Half half) => Answer(half.Flow, half.Item, items.FirstOrDefault(i => i.Flow.Id == half.Flow && i.Item.Id == half.Item)?.HasGuesses == true);
        }

        foreach (var person in members.Mentioned.GroupBy(row => (row.Respondent, row.Side)))
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

    private static T Of<T>(BySide<T> sides, string side) => side == Sides.Downstream ? sides.Downstream : sides.Upstream;

    private static string ItemCell(string key) => $"item/{key}";

    private static string GuessCell(string key) => $"guess/{key}";

    private static string PerceivedCell(string key) => $"perceived/{key}";

    private static string CodeCell(string id) => $"code/{id}";

    private static string TensionCell(string id) => $"tension/{id}";
}
