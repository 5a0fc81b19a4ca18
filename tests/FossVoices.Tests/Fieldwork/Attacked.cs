using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using Coverage = FossVoices.Reports.Coverage;
using Stratum = FossVoices.Reports.Stratum;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What one person said, and what was made of the words.</summary>
/// <param name="Machine">A machine found burnout in them.</param>
/// <param name="Human">Whoever reads them finds it there.</param>
internal sealed record Voice(int A, int Guess, int B, int Follow, bool Machine, bool Human);

/// <summary>One person at one time, but for what was said: all this the attacker knows.</summary>
/// <param name="Version">Counts the changes of what this person says.</param>
/// <param name="Attested">The side was proved.</param>
/// <param name="Checked">A person has read the words as well as the machine.</param>
internal sealed record Somebody(int Name, string Side, int Version, bool Attested, bool Checked)
{
    public string Respondent => Name.ToString(CultureInfo.InvariantCulture);

    public bool AnswersB => Name % 11 != 0;

    public bool IsRead => Name % 13 != 0;

    /// <summary>On which side this person answered in the wave before; null for who did not.</summary>
    public string? SideBefore => Name % 5 != 0 ? null : Name % 3 == 0 ? Sides.Upstream : Sides.Downstream;

    public string SaidBefore => (Name / 5 % 5 + 1).ToString(CultureInfo.InvariantCulture);

    public bool IsIn(CellKey cell) => Side == cell.Side && cell.Name switch
    {
        "item/b" or "tension/t" => AnswersB,
        "code/burnout" => IsRead,
        "coders/burnout" => IsRead && Checked,
        "attested/a" => Attested,
        "attested/b" => Attested && AnswersB,
        "unattested/a" => !Attested,
        "unattested/b" => !Attested && AnswersB,
        "again/a" => SideBefore == Side,
        "again/b" => SideBefore == Side && AnswersB,
        "once/a" => SideBefore != Side,
        "once/b" => SideBefore != Side && AnswersB,
        _ => true,
    };

    public IEnumerable<SaidRow> Said(Voice voice)
    {
        yield return Row("a.own", voice.A);
        yield return Row("a.other", voice.Guess);
        if (AnswersB)
            yield return Row("b", voice.B);
        yield return new() { Respondent = Respondent, Side = Side, Flow = Attacked.Flow, Address = "follow", Said = Attacked.Follows[voice.Follow] };

        SaidRow Row(string address, int point) => new() { Respondent = Respondent, Side = Side, Flow = Attacked.Flow, Address = address, Said = point.ToString(CultureInfo.InvariantCulture) };
    }

    public IEnumerable<SaidRow> SaidInTheWaveBefore() => SideBefore is not { } side ? []
        : new[] { "a.own", "b" }.Select(address => new SaidRow { Respondent = Respondent, Side = side, Flow = Attacked.Flow, Address = address, Said = SaidBefore });
}

/// <summary>A study of two questions whose every report an attacker reads.</summary>
internal static class Attacked
{
    public const string Flow = "survey";
    private const string Wave = "w2";

    public static readonly ImmutableArray<string> Follows = ["never", "often", "always"];

    private static readonly string[] s_sides = [Sides.Downstream, Sides.Upstream];
    private static readonly byte[] s_key = new byte[32];
    private static readonly DateTimeOffset s_noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Scale s_five = new("five", ["none", "little", "some", "much", "all"], AgreeFrom: 4, DontKnow: null);
    private static readonly Histogram s_before = Histogram.Of([3, 4, 6, 5, 4]);

    private static readonly Flow s_flow = new(
        Flow, 1, "en", Template.Parse("A survey"), 2, new ConsentText(Template.Parse("Yes?"), "Yes", "No", Quotes: null),
        [
            new Item.Choice("role", Template.Parse("Who are you?"), [new Option("upstream", "I make it"), new Option("downstream", "I use it")], SetsSide: true) { Core = true },
            new Item.Choice("follow", Template.Parse("How closely?"), [.. Follows.Select(id => new Option(id, id))], SetsSide: false) { Core = true },
            new Item.Pair("a", Template.Parse("Help is owed."), Template.Parse("What would they say?"), s_five) { Core = true },
            new Item.Rating("b", Template.Parse("Notice is owed."), s_five) { Core = true },
        ],
        Template.Parse("{mirror}"), new Setting("s", "Project", ImmutableSortedDictionary<string, string>.Empty, [], Help: null), hash: "a");

    public static Study Study { get; } = new()
    {
        Id = "s",
        Title = "What is owed?",
        Project = "Project",
        Language = "en",
        Sides = ImmutableSortedDictionary<string, string>.Empty.Add(Sides.Upstream, "makers").Add(Sides.Downstream, "users"),
        Team = new Team(["Ada"], "voices@example.org", "none", ""),
        DefaultFlow = Flow,
        Waves = [new("w1", [], null, null, null), new(Wave, [], null, null, null)],
        Attestation = ImmutableSortedDictionary<string, Attestation>.Empty.Add(Sides.Upstream, new([], [], Codes: true)),
        Tensions = [new("t", new(Flow, "a"), new(Flow, "b"), "Help and notice", "Which first?")],
        Codebook = new Codebook("s", 1, [new Code { Id = "burnout", Label = "Burnout", Brief = "Worn out." }]),
        Flows = ImmutableSortedDictionary<string, Flow>.Empty.Add(Flow, s_flow),
    };

    /// <summary>Who reads the mirror at the end: one of each side, who guessed something.</summary>
    private static readonly ImmutableArray<Progress> s_readers =
    [
        .. s_sides.Select(side => new[] { side, "often", "4", "2", "3" }.Aggregate(
            Progress.Begin(s_flow, seed: 1), (progress, said) => FlowEngine.Take(s_flow, progress, new Reply.Chose([said]), heard: null, s_noon).Progress)),
    ];

    /// <summary>The report and what it releases.</summary>
    public static (GapReport Report, ImmutableDictionary<CellKey, Cell> Released) Draw(
        ImmutableArray<Somebody> people, IReadOnlyDictionary<(int, int), Voice> voices, IReadOnlyDictionary<CellKey, Cell> released) =>
        new ReportRunDrawing(Study, s_key, new Series(Wave, Audience.Channel)).Of(SourcesOf(people, voices), released, _ => 0, s_noon);

    /// <summary>Every form in which people get to see a report.</summary>
    public static IEnumerable<(string Form, string Shown)> Shown(GapReport report, GapReport? before)
    {
        yield return ("JSON", ReportJson.Of(report));
        var document = ReportText.Of(report);
        yield return ("text", PlainText.Of(document));
        yield return ("Markdown", Markdown.Of(document));
        yield return ("page with picture", Html.Page(document, "en", GapPicture.Svg(report, dark: false)));
        yield return ("picture's rows", string.Join('\n', PictureRow.Of(report, GapPicture.MostRows)));
        yield return ("alternative text", AltText.Of(report));
        yield return ("Discord message", DiscordText.Of(report));
        yield return ("Teams card", TeamsCard.Of(report));
        foreach (var reader in s_readers)
            yield return ("mirror", Mirror.Of(Study, s_flow, reader, report));
        if (before is not null)
            yield return ("correction", string.Join('\n', ReportChanges.Of(before, report)));
    }

    private static ReportRunSources SourcesOf(ImmutableArray<Somebody> people, IReadOnlyDictionary<(int, int), Voice> voices)
    {
        var all = people.OrderBy(one => one.Respondent, StringComparer.Ordinal).Select(one => (One: one, Voice: voices[(one.Name, one.Version)])).ToArray();
        var attested = all.Where(p => p.One.Attested).ToArray();
        var following = Follows.Select((option, i) => new Following(option, On(side => all.LongCount(p => p.One.Side == side && p.Voice.Follow == i))));
        return new(
            new StratumCounts(
                Stratum.Answering,
                new(
                    [
                        new("a", Points(all, Own), 4, new(Points(all, p => p.Voice.Guess), On(side => Differing(all.Where(p => p.One.Side == side)))), PointsOn(all, Sides.Both, Own), Points(attested, Own), new(new(s_before, s_before), Again: null)),
                        new("b", Points(all, B), 4, Guesses: null, PointsOn(all, Sides.Both, B), Points(attested, B), new(new(s_before, s_before), Again: null)),
                    ],
                    [new("burnout", Mentioning())],
                    [new("t", On(side => Held(all.Where(p => p.One.Side == side && p.One.AnswersB))))],
                    MinimumGroup: 1),
                new Coverage(
                    [.. all.GroupBy(p => (p.One.Side, Platform: p.One.Name % 2 == 0 ? "web" : "discord")).Select(group => new CoverageCell(group.Key.Side, "", group.Key.Platform, group.Count(), group.Count(), group.Count(p => p.One.AnswersB)))],
                    Following: [.. following], Attested: On(side => attested.LongCount(p => p.One.Side == side))),
                Unread: all.Count(p => !p.One.IsRead),
                [new("burnout", Mentioning(), On(side => all.Any(p => p.One.Side == side && Mentions(p) && !p.One.Checked)))]),
            new StratumCounts(Stratum.Published, new GapCounts([], [], [], 1), Coverage.None),
            new Everybody(
                new([.. all.SelectMany(p => p.One.Said(p.Voice))], [.. all.Where(p => p.One.IsRead).SelectMany(Mentioned)]),
                new([.. attested.SelectMany(p => p.One.Said(p.Voice))], []),
                new([.. all.SelectMany(p => p.One.SaidInTheWaveBefore())], []),
                [.. all.Where(p => p.One.IsRead && p.One.Checked).SelectMany(DoubleCoded)]),
            new SinceWave("w1", Refusal: null));

        int Own((Somebody One, Voice Voice) p) => p.Voice.A;
        int B((Somebody One, Voice Voice) p) => p.One.AnswersB ? p.Voice.B : 0;
        BySide<Share> Mentioning() => On(side => new Share(all.LongCount(p => p.One.Side == side && Mentions(p)), all.LongCount(p => p.One.Side == side && p.One.IsRead)));
    }

    /// <summary>Whether a person counts as mentioning the code: as whoever read it says, or else as the machine does.</summary>
    private static bool Mentions((Somebody One, Voice Voice) p) => p.One.IsRead && (p.One.Checked ? p.Voice.Human : p.Voice.Machine);

    private static IEnumerable<MentionedRow> Mentioned((Somebody One, Voice Voice) p)
    {
        yield return new() { Respondent = p.One.Respondent, Side = p.One.Side };
        if (Mentions(p))
            yield return new() { Respondent = p.One.Respondent, Side = p.One.Side, Code = "burnout" };
    }

    private static IEnumerable<DoubleCodedRow> DoubleCoded((Somebody One, Voice Voice) p)
    {
        var row = new DoubleCodedRow { Respondent = p.One.Respondent, Side = p.One.Side, Answer = p.One.Respondent, Whole = 1 };
        yield return row;
        if (p.Voice.Machine || p.Voice.Human)
            yield return row with { Code = "burnout", Machine = p.Voice.Machine ? 1 : 0, People = p.Voice.Human ? 1 : 0 };
    }

    private static BySide<T> On<T>(Func<string, T> of) => new BySide<string>(Sides.Downstream, Sides.Upstream).Select(of);

    private static BySide<Histogram> Points((Somebody One, Voice Voice)[] people, Func<(Somebody One, Voice Voice), int> point) => On(side => PointsOn(people, side, point));

    private static Histogram PointsOn((Somebody One, Voice Voice)[] people, string side, Func<(Somebody One, Voice Voice), int> point) =>
        Histogram.Of([.. Enumerable.Range(1, 5).Select(k => people.LongCount(p => p.One.Side == side && point(p) == k))]);

    private static Differences Differing(IEnumerable<(Somebody One, Voice Voice)> those) => Differences.OwnMinusGuess(
        those.GroupBy(p => p.Voice.A - p.Voice.Guess).Select(group => KeyValuePair.Create(group.Key, group.LongCount())));

    private static HalvesHeld Held(IEnumerable<(Somebody One, Voice Voice)> those)
    {
        var held = those.ToLookup(p => (p.Voice.A >= 4, p.Voice.B >= 4));
        return new(held[(false, false)].Count(), held[(true, false)].Count(), held[(false, true)].Count(), held[(true, true)].Count());
    }
}
