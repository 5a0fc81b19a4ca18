using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Studies;

namespace FossVoices.Reports;

/// <summary>One answer of which something was released beyond counting.</summary>
/// <param name="Person">Tells people apart, and nothing else.</param>
/// <param name="Side"><c>upstream</c> or <c>downstream</c>.</param>
/// <param name="Codes">The codes that count in it.</param>
/// <param name="Shown">The words; null where they may only be told in other words.</param>
internal sealed record SaidOn(string Person, string Side, ImmutableArray<string> Codes, ShownExcerpt? Shown);

/// <summary>A question that was asked again, and how far the people of one side answer otherwise now.</summary>
/// <param name="Differences">Now against then, in <see cref="Gaps.Differences"/>: more now counts as higher.</param>
internal sealed record Shifted(string Item, string Side, Differences Differences);

/// <summary>What organisers say became of a theme; empty where there is nothing to say.</summary>
internal sealed record ThemeAction(string Theme, string Heard, string Decided, string Done);

/// <summary>
/// A report for groups too small for figures: themes, carried by released words alone. It counts only people who released something; of what was not
/// released it knows nothing.
/// </summary>
internal static class WordsReport
{
    private static readonly string[] s_sides = ["upstream", "downstream"];

    /// <summary>So many excerpts of each side carry a theme.</summary>
    private const int MostShown = 2;

    /// <summary>Of fewer people than this who answered twice, no shift is told.</summary>
    private const int FewestShifted = 3;

    /// <param name="said">Everything that was released.</param>
    /// <param name="shifts">By question and side; empty for none.</param>
    /// <param name="actions">What became of themes.</param>
    public static Document Of(Study study, IReadOnlyCollection<SaidOn> said, IReadOnlyCollection<Shifted> shifts, IReadOnlyCollection<ThemeAction> actions)
    {
        var themes = said.SelectMany(answer => answer.Codes.Select(code => (Code: code, Answer: answer))).GroupBy(one => one.Code, one => one.Answer, StringComparer.Ordinal)
            .Where(theme => study.Codebook.WithId(theme.Key) is not null)
            .OrderByDescending(theme => People(theme, null)).ThenBy(theme => theme.Key, StringComparer.Ordinal).ToArray();
        var blocks = ImmutableArray.CreateBuilder<Block>();
        if (study.Simulated)
            blocks.Add(new Block.Paragraph("The people of this report are simulated. It shows what such a report looks like, and says nothing about anybody."));
        blocks.Add(new Block.Paragraph(
            $"In their own words, as far as people released them. Released something: {Sides(study, said)}. It counts people who released something on a theme, not how many think so. Words stand here for as long as their authors let them."));
        Add("Came up on both sides", theme => People(theme, "upstream") > 0 && People(theme, "downstream") > 0);
        foreach (var side in s_sides)
            Add($"Came up only among {study.Sides.GetValueOrDefault(side, side)}", theme => People(theme, side) > 0 && People(theme, Setting.OtherSide(side)) == 0);
        AddTensions(study, said, blocks);
        AddShifts(study, shifts, blocks);
        return new Document(study.Title, blocks.ToImmutable());

        void Add(string heading, Func<IGrouping<string, SaidOn>, bool> fits)
        {
            if (!themes.Any(fits))
                return;
            blocks.Add(new Block.Heading(heading));
            foreach (var theme in themes.Where(fits))
                blocks.Add(new Block.Entry(study.Codebook.WithId(theme.Key)!.Label, [.. Lines(study, [.. theme]), .. ActionOf(theme.Key)]));
        }

        IEnumerable<string> ActionOf(string theme) => actions.FirstOrDefault(action => action.Theme == theme) is not { } action ? [] :
            new[] { ("Heard", action.Heard), ("Decided", action.Decided), ("Done", action.Done) }.Where(line => line.Item2.Length > 0).Select(line => $"{line.Item1}: {line.Item2}");
    }

    /// <summary>How many of those who answered twice answer otherwise now, in words; null where that would tell somebody's answer.</summary>
    public static string? Moved(Differences differences) => (differences.Persons, differences.GuessHigher + differences.GuessLower) switch
    {
        ( < FewestShifted, _) or (_, 0) => null,
        var (all, moved) when moved * 2 > all => "most",
        _ => "some",
    };

    private static IEnumerable<string> Lines(Study study, ImmutableArray<SaidOn> theme)
    {
        yield return $"Released something on it: {Sides(study, theme)}.";
        foreach (var side in s_sides)
        {
            // One of each person before a second of anybody's.
            var shown = theme.Where(answer => answer.Side == side && answer.Shown?.Text is not null)
                .GroupBy(answer => answer.Person, StringComparer.Ordinal).SelectMany(person => person.Select((answer, i) => (answer, Place: i)))
                .OrderBy(one => one.Place).ThenBy(one => one.answer.Shown!.Text, StringComparer.Ordinal).Take(MostShown);
            foreach (var (answer, _) in shown)
                yield return $"“{answer.Shown!.Text}” ({answer.Shown.From})";
        }
    }

    /// <summary>A tension is told where released words touch both of its halves, by the codes that the study gives to their questions.</summary>
    private static void AddTensions(Study study, IReadOnlyCollection<SaidOn> said, ImmutableArray<Block>.Builder blocks)
    {
        var lines = ImmutableArray.CreateBuilder<Block>();
        foreach (var tension in study.Tensions)
        {
            var (a, b) = (CodesOf(tension.A), CodesOf(tension.B));
            var (on, also) = (said.Where(answer => answer.Codes.Any(a.Contains)).ToArray(), said.Where(answer => answer.Codes.Any(b.Contains)).ToArray());
            if (on.Length > 0 && also.Length > 0 && !a.SequenceEqual(b))
                lines.Add(new Block.Entry(tension.Label, [$"On the one half: {Sides(study, on)}.", $"On the other: {Sides(study, also)}.", $"To talk about: {tension.Starter}"]));
        }

        if (lines.Count > 0)
        {
            blocks.Add(new Block.Heading("Where expectations pull apart"));
            blocks.AddRange(lines);
        }

        ImmutableArray<string> CodesOf(Studies.Half half) => study.Flows.GetValueOrDefault(half.Flow)?.Find(half.Item)?.Codes ?? [];
    }

    private static void AddShifts(Study study, IReadOnlyCollection<Shifted> shifts, ImmutableArray<Block>.Builder blocks)
    {
        ImmutableArray<string> told = [.. shifts.Select(shift => (Shift: shift, Moved: Moved(shift.Differences))).Where(one => one.Moved is not null)
            .Select(one => $"{one.Shift.Item}: {one.Moved} of those who answered twice among {study.Sides.GetValueOrDefault(one.Shift.Side, one.Shift.Side)} answer otherwise now.")];
        if (told.IsEmpty)
            return;
        blocks.Add(new Block.Heading("What has shifted within people"));
        blocks.Add(new Block.Bullets(told));
    }

    private static string Sides(Study study, IEnumerable<SaidOn> said)
    {
        var all = said.ToArray();
        return string.Join("; ", s_sides.Where(side => People(all, side) > 0)
            .Select(side => $"{study.Sides.GetValueOrDefault(side, side)}: {Counted(People(all, side))}")) is { Length: > 0 } told ? told : "nobody";
    }

    private static int People(IEnumerable<SaidOn> said, string? side) =>
        said.Where(answer => side is null || answer.Side == side).Select(answer => answer.Person).Distinct(StringComparer.Ordinal).Count();

    private static string Counted(int people) => people == 1 ? "one person" : string.Create(CultureInfo.InvariantCulture, $"{people} people");
}
