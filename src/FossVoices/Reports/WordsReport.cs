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
/// <param name="Shown">The words; null where only that something was released is told.</param>
/// <param name="Reply">What their author answered to standing here; null for nothing.</param>
internal sealed record SaidOn(string Person, string Side, ImmutableArray<string> Codes, ShownExcerpt? Shown, string? Reply = null);

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
    /// <param name="shifts">See <see cref="ShiftsOf"/>.</param>
    /// <param name="actions">What became of themes.</param>
    public static Document Of(Study study, IReadOnlyCollection<SaidOn> said, IReadOnlyCollection<string> shifts, IReadOnlyCollection<ThemeAction> actions)
    {
        var themes = ThemesOf(study, said);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        if (study.Simulated)
            blocks.Add(new Block.Paragraph(Phrases.Say(study.Language, "report_simulated")));
        blocks.Add(new Block.Paragraph(Phrases.Say(study.Language, "report_head", ("sides", Sides(study, said)))));
        Add(Phrases.Say(study.Language, "report_both_sides"), theme => People(theme, "upstream") > 0 && People(theme, "downstream") > 0);
        foreach (var side in s_sides)
            Add(Phrases.Say(study.Language, "report_one_side", ("side", study.Sides.GetValueOrDefault(side, side))), theme => People(theme, side) > 0 && People(theme, Setting.OtherSide(side)) == 0);
        AddTensions(study, said, blocks);
        if (shifts.Count > 0)
            blocks.AddRange(new Block.Heading(Phrases.Say(study.Language, "report_shifts")), new Block.Bullets([.. shifts]));
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
            new[] { ("report_heard", action.Heard), ("report_decided", action.Decided), ("report_done", action.Done) }
                .Where(line => line.Item2.Length > 0).Select(line => Phrases.Say(study.Language, line.Item1, ("text", line.Item2)));
    }

    /// <summary>Of everything that was released, that whose words stand in the report: as the same things, not equal ones.</summary>
    public static IReadOnlySet<SaidOn> Standing(Study study, IReadOnlyCollection<SaidOn> said) =>
        ThemesOf(study, said).SelectMany(theme => s_sides.SelectMany(side => ShownOf(theme, side))).ToHashSet<SaidOn>(ReferenceEqualityComparer.Instance);

    /// <summary>What is told of shifts within people, by question and side: a sentence each, none where it would tell somebody's answer.</summary>
    public static ImmutableArray<string> ShiftsOf(Study study, IEnumerable<Shifted> shifts) =>
    [
        .. shifts.Select(shift => (Shift: shift, Moved: Moved(shift.Differences))).Where(one => one.Moved is not null)
            .Select(one => Phrases.Say(
                study.Language, $"report_shift_{one.Moved}", ("item", one.Shift.Item), ("side", study.Sides.GetValueOrDefault(one.Shift.Side, one.Shift.Side)))),
    ];

    /// <summary>How many of those who answered twice answer otherwise now, in words; null where that would tell somebody's answer.</summary>
    public static string? Moved(Differences differences) => (differences.Persons, differences.GuessHigher + differences.GuessLower) switch
    {
        ( < FewestShifted, _) or (_, 0) => null,
        var (all, moved) when moved * 2 > all => "most",
        _ => "some",
    };

    private static IGrouping<string, SaidOn>[] ThemesOf(Study study, IReadOnlyCollection<SaidOn> said) =>
    [
        .. said.SelectMany(answer => answer.Codes.Select(code => (Code: code, Answer: answer))).GroupBy(one => one.Code, one => one.Answer, StringComparer.Ordinal)
            .Where(theme => study.Codebook.WithId(theme.Key) is not null)
            .OrderByDescending(theme => People(theme, null)).ThenBy(theme => theme.Key, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Lines(Study study, ImmutableArray<SaidOn> theme) =>
    [
        Phrases.Say(study.Language, "report_theme", ("sides", Sides(study, theme))),
        .. s_sides.SelectMany(side => ShownOf(theme, side).Index()).OrderBy(one => one.Index).Select(one => one.Item).Select(answer =>
            Phrases.Say(study.Language, answer.Reply is null ? "report_words" : "report_reply", ("words", answer.Shown!.Text!), ("from", answer.Shown.From), ("reply", answer.Reply ?? ""))),
    ];

    /// <summary>What carries a theme of one side: one of each person before a second of anybody's.</summary>
    private static IEnumerable<SaidOn> ShownOf(IEnumerable<SaidOn> theme, string side) => theme.Where(answer => answer.Side == side && answer.Shown?.Text is not null)
        .GroupBy(answer => answer.Person, StringComparer.Ordinal).SelectMany(person => person.Select((answer, i) => (Answer: answer, Place: i)))
        .OrderBy(one => one.Place).ThenBy(one => one.Answer.Shown!.Text, StringComparer.Ordinal).Take(MostShown).Select(one => one.Answer);

    /// <summary>A tension is told where released words touch both of its halves, by the codes that the study gives to their questions.</summary>
    private static void AddTensions(Study study, IReadOnlyCollection<SaidOn> said, ImmutableArray<Block>.Builder blocks)
    {
        var lines = ImmutableArray.CreateBuilder<Block>();
        foreach (var tension in study.Tensions)
        {
            var (a, b) = (CodesOf(tension.A), CodesOf(tension.B));
            var (on, also) = (said.Where(answer => answer.Codes.Any(a.Contains)).ToArray(), said.Where(answer => answer.Codes.Any(b.Contains)).ToArray());
            if (on.Length > 0 && also.Length > 0 && !a.SequenceEqual(b))
                lines.Add(new Block.Entry(tension.Label,
                [
                    Phrases.Say(study.Language, "report_one_half", ("sides", Sides(study, on))), Phrases.Say(study.Language, "report_other_half", ("sides", Sides(study, also))),
                    Phrases.Say(study.Language, "report_talk", ("starter", tension.Starter)),
                ]));
        }

        if (lines.Count > 0)
        {
            blocks.Add(new Block.Heading(Phrases.Say(study.Language, "report_pull_apart")));
            blocks.AddRange(lines);
        }

        ImmutableArray<string> CodesOf(Studies.Half half) => study.Flows.GetValueOrDefault(half.Flow)?.Find(half.Item)?.Codes ?? [];
    }

    private static string Sides(Study study, IEnumerable<SaidOn> said)
    {
        var all = said.ToArray();
        return string.Join("; ", s_sides.Where(side => People(all, side) > 0)
            .Select(side => Phrases.Say(study.Language, "report_side", ("side", study.Sides.GetValueOrDefault(side, side)), ("people", Counted(study, People(all, side)))))) is { Length: > 0 } told
                ? told
                : Phrases.Say(study.Language, "report_nobody");
    }

    private static int People(IEnumerable<SaidOn> said, string? side) =>
        said.Where(answer => side is null || answer.Side == side).Select(answer => answer.Person).Distinct(StringComparer.Ordinal).Count();

    private static string Counted(Study study, int people) => people == 1
        ? Phrases.Say(study.Language, "report_one_person")
        : Phrases.Say(study.Language, "report_people", ("count", people.ToString(CultureInfo.InvariantCulture)));
}
