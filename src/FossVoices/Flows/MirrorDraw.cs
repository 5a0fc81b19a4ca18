using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>
/// Decides who sees whose words. Everybody's mirror is drawn at once, from one seed, so that it can be looked at before it is shown and drawn again to the
/// same. Nobody sees own words; nothing is shown of a side of which too few people released anything; whoever has been shown least so far comes next, and
/// one person comes twice only where there is nobody else. Words that say too little by themselves come last.
/// </summary>
public static class MirrorDraw
{
    /// <summary>What each reader is shown, of the other side first: ids of candidates.</summary>
    /// <param name="item">The mirror's id, so that each draws anew.</param>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Of(
        MirrorRule rule, string item, IEnumerable<Candidate> candidates, IEnumerable<MirrorReader> readers, long seed)
    {
        var pool = candidates.Where(candidate => !candidate.Barred).OrderBy(candidate => candidate.Id, StringComparer.Ordinal).ToImmutableArray();
        var (people, words) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var drawn = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var reader in readers.OrderBy(reader => Chance.For(seed, $"{item}/{reader.Respondent}").Below(int.MaxValue)).ThenBy(reader => reader.Respondent, StringComparer.Ordinal))
        {
            if (reader.Side is not ("upstream" or "downstream"))
                continue;
            drawn[reader.Respondent] =
            [
                .. From(Setting.OtherSide(reader.Side), rule.Other, reader),
                .. From(reader.Side, rule.Own, reader),
            ];
        }

        return drawn.ToImmutable();

        IEnumerable<string> From(string side, int count, MirrorReader reader)
        {
            var theirs = pool.Where(candidate => candidate.Side == side && candidate.Author != reader.Respondent).ToList();
            if (theirs.Select(candidate => candidate.Author).Distinct(StringComparer.Ordinal).Count() < rule.AtLeast)
                yield break;

            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            for (; count > 0 && theirs.Count > 0; count--)
            {
                var next = theirs.MinBy(candidate => (
                    candidate.Slight && !candidate.Picked, seen.GetValueOrDefault(candidate.Author), candidate.Picked ? 0 : 1, people.GetValueOrDefault(candidate.Author), words.GetValueOrDefault(candidate.Id),
                    Chance.For(seed, $"{item}/{reader.Respondent}/{candidate.Id}").Below(int.MaxValue)))!;
                theirs.Remove(next);
                foreach (var (counts, key) in new[] { (seen, next.Author), (people, next.Author), (words, next.Id) })
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                yield return next.Id;
            }
        }
    }
}
