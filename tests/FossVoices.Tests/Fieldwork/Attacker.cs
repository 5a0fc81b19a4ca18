using System.Collections.Immutable;
using FossVoices.Reports;

namespace FossVoices.Tests.Fieldwork;

/// <summary>
/// Somebody who reads every report in every form, and knows at every time who is in the study, on which side, whose side was proved, and
/// who changed their answers when: everything but what anybody said.
/// </summary>
/// <param name="history">Of it the attacker looks at what anybody said only to build a world in which others said it.</param>
/// <param name="releases">What each report released.</param>
internal sealed class Attacker(History history, ImmutableArray<ImmutableDictionary<CellKey, Cell>> releases)
{
    /// <summary>What can be asked of a person, and the tables that are sums of its answers.</summary>
    private static readonly (string[] Tables, Func<Somebody, Voice, object> Answer)[] s_questions =
    [
        // Of people whose side was proved only verdicts are told, and of those who answered twice how sure a change is: this attacker sees more.
        (["item/a", "attested/a", "again/a"], (_, voice) => voice.A),
        (["item/b", "attested/b", "again/b"], (_, voice) => voice.B),
        (["guess/a"], (_, voice) => voice.Guess),
        (["perceived/a"], (_, voice) => (voice.A, voice.Guess)),
        (["tension/t"], (_, voice) => (voice.A, voice.B)),
        (["follow"], (_, voice) => voice.Follow),
        (["code/burnout"], (one, voice) => one.Checked ? voice.Human : voice.Machine),
        (["coders/burnout"], (_, voice) => (voice.Machine, voice.Human)),
    ];

    /// <summary>All tables that were ever shown: whose, and as of which look. A table stays as it was until it is shown anew.</summary>
    private readonly ImmutableArray<(CellKey Key, int Look)> _tables = [.. TablesOf(releases)];

    /// <summary>
    /// People whose answer follows from all tables together: every table is an equation, the sum of its people's answers, and whoever stands
    /// alone in some sum of multiples of the equations is solved.
    /// </summary>
    public IEnumerable<string> Solved()
    {
        foreach (var (names, answer) in s_questions)
        {
            var tables = _tables.Where(table => names.Contains(table.Key.Name, StringComparer.Ordinal))
                .Select(table => history.Looks[table.Look].Where(one => one.IsIn(table.Key)).Select(one => (one.Name, Answer: answer(one, VoiceOf(one)))).ToArray())
                .DistinctBy(people => string.Join(';', people)).ToArray();
            var place = tables.SelectMany(people => people).Distinct().Select((unknown, i) => (unknown, i)).ToDictionary(pair => pair.unknown, pair => pair.i);
            var rows = tables.Select(people =>
            {
                var row = new long[place.Count];
                foreach (var unknown in people)
                    row[place[unknown]] = 1;
                return row;
            }).ToArray();
            Reduce(rows);
            foreach (var row in rows.Where(row => row.Count(factor => factor != 0) == 1))
                yield return $"{place.First(pair => row[pair.Value] != 0).Key} in {names[0]}";
        }
    }

    /// <summary>
    /// Another world in which the same people come, change and go, but some said what others say in the true one: such as always stand in
    /// the same tables. The tables are the same in both. Where all that is shown is the same too, nobody can tell which of the worlds is true.
    /// </summary>
    /// <returns>Whether anybody said something else in it.</returns>
    public (History World, bool IsAnother) OtherWorld(Random chance)
    {
        var voices = history.Voices.ToBuilder();
        var versions = voices.Keys.ToLookup(key => key.Name);
        var alike = voices.Keys.GroupBy(SignatureOf, StringComparer.Ordinal).Select(group => group.ToArray()).Where(group => group.Length > 1).ToArray();
        var another = false;
        foreach (var group in alike)
        {
            for (var attempt = 0; attempt < 2 * group.Length; attempt++)
            {
                var (one, other) = (group[chance.Next(group.Length)], group[chance.Next(group.Length)]);
                if (one.Name == other.Name || voices[one] == voices[other] || !Fits(one, voices[other]) || !Fits(other, voices[one]))
                    continue;
                (voices[one], voices[other]) = (voices[other], voices[one]);
                another = true;
            }
        }

        return (history with { Voices = voices.ToImmutable() }, another);

        // Which of somebody's answers differ from which, the attacker knows as well.
        bool Fits((int Name, int Version) key, Voice voice) => versions[key.Name].Where(version => version != key)
            .All(version => Same(voices[version], voices[key]).SequenceEqual(Same(voices[version], voice)));

        static bool[] Same(Voice one, Voice other) =>
            [one.A == other.A, one.Guess == other.Guess, one.B == other.B, one.Follow == other.Follow, one.Machine == other.Machine, one.Human == other.Human];
    }

    /// <summary>In which tables something that was said stands, and what else must be alike for the tables to stay the same.</summary>
    private string SignatureOf((int Name, int Version) key)
    {
        var voice = history.Voices[key];
        var stands = history.Looks.Select(look => look.FirstOrDefault(one => one.Name == key.Name && one.Version == key.Version)).ToArray();
        var before = stands.OfType<Somebody>().FirstOrDefault();
        return $"{voice.Machine == voice.Human} {(before is { SideBefore: { } side } ? side + before.SaidBefore : "")} "
            + string.Join(' ', _tables.Select((table, i) => (i, One: stands[table.Look], table.Key)).Where(t => t.One?.IsIn(t.Key) == true).Select(t => $"{t.i}{(t.One!.Checked ? "c" : "")}"));
    }

    private Voice VoiceOf(Somebody one) => history.Voices[(one.Name, one.Version)];

    private static IEnumerable<(CellKey Key, int Look)> TablesOf(ImmutableArray<ImmutableDictionary<CellKey, Cell>> releases) =>
        from look in Enumerable.Range(0, releases.Length)
        from cell in releases[look]
        where cell.Value.Members.Length > 0 && (look == 0 || releases[look - 1].GetValueOrDefault(cell.Key) is not { } before || !before.Members.SequenceEqual(cell.Value.Members))
        select (cell.Key, look);

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
