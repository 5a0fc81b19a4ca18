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

/// <summary>Tells which persons stand behind each cell of a report, unreadable without the study's key.</summary>
internal sealed class ReportRunPersons(Study study, byte[] studyKey, string series)
{
    /// <summary>The persons behind each cell, sorted.</summary>
    /// <param name="coded">What <see cref="ReportRunCoders"/> counted.</param>
    /// <param name="only">Only the items, under names that begin like this; null for everything.</param>
    public Dictionary<CellKey, ImmutableArray<Member>> Behind(
        Members members, Dictionary<(string Code, string Side), ImmutableArray<(string Respondent, ImmutableArray<long> Counts)>> coded, string? only = null)
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
                Add(only is null ? ReportRunCells.ItemCell(item.Key) : only + item.Key, person.Key, own);
                if (only is not null)
                    continue;
                Add(ReportRunCells.GuessCell(item.Key), person.Key, guess);
                Add(ReportRunCells.PerceivedCell(item.Key), person.Key, own is null || guess is null ? null : $"{own}|{guess}");
            }

            foreach (var tension in only is null ? study.Tensions : [])
            {
                var (a, b) = (HalfOf(tension.A), HalfOf(tension.B));
                Add(ReportRunCells.TensionCell(tension.Id), person.Key, a is null || b is null ? null : $"{a}|{b}");
            }

            if (only is null && Catalogue.FollowingOf(study) is { } follow)
                Add(ReportRunCells.Follow, person.Key, answers.GetValueOrDefault((study.DefaultFlow, follow.Id)));

            string? Answer(string flow, string item, bool pair) => answers.GetValueOrDefault((flow, pair ? $"{item}.own" : item));
            string? HalfOf(Studies.Half half) => Answer(half.Flow, half.Item, items.FirstOrDefault(i => i.Flow.Id == half.Flow && i.Item.Id == half.Item)?.HasGuesses == true);
        }

        foreach (var person in (only is null ? members.Mentioned : []).GroupBy(row => (row.Respondent, row.Side)))
        {
            var mentioned = person.Select(row => row.Code).ToHashSet(StringComparer.Ordinal);
            foreach (var code in study.Codebook.Given)
                Add(ReportRunCells.CodeCell(code.Id), person.Key, mentioned.Contains(code.Id) ? "yes" : "no");
        }

        foreach (var ((code, side), persons) in coded)
        {
            foreach (var (respondent, counts) in persons)
                Add(ReportRunCells.Coders + code, (respondent, side), string.Join(' ', counts));
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
    public static Members BothTimes(Members now, Members before)
    {
        var earlier = before.Said.ToDictionary(row => (row.Respondent, row.Side, row.Flow, row.Address), row => row.Said);
        return new(
            [.. now.Said.Where(row => earlier.ContainsKey((row.Respondent, row.Side, row.Flow, row.Address)))
                .Select(row => row with { Said = $"{row.Said}|{earlier[(row.Respondent, row.Side, row.Flow, row.Address)]}" })],
            []);
    }

    /// <summary>Of those who answered both times: persons by what they said before and say now, by item and side.</summary>
    public Dictionary<(string Item, string Side), PanelTable> Panels(Members now, Members before)
    {
        var both = BothTimes(now, before).Said.ToLookup(row => (row.Flow, row.Address, row.Side), row => row.Said);
        var panels = new Dictionary<(string, string), PanelTable>();
        foreach (var item in Catalogue.ItemsOf(study))
        {
            var points = item.Scale.Points.Length;
            foreach (var side in (ReadOnlySpan<string>)[Sides.Downstream, Sides.Upstream])
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
}
