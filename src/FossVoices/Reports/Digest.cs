using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>The gist of a report for a chat: few lines, each to be read alone. The same sentences serve message and card.</summary>
/// <param name="Title">The report's title.</param>
/// <param name="Lead">Who answered, or that nobody has.</param>
/// <param name="Gaps">The gaps that are told: title, lines, and the question to both sides.</param>
/// <param name="Lines">All else worth knowing, the most important first: a label and a sentence.</param>
/// <param name="Sure">How sure all this is.</param>
/// <param name="Next">When the figures change, and where to answer and object.</param>
internal sealed record Digest(
    string Title, ImmutableArray<string> Lead, ImmutableArray<DigestGap> Gaps, ImmutableArray<(string Label, string Sentence)> Lines, string Sure, string Next)
{
    private const int MostText = 90;
    private const int MostQuestion = 160;
    private const int MostChanges = 300;
    private const int MostQuotes = 2;
    private const int MostQuote = 300;

    public static Digest Of(GapReport report)
    {
        var answering = report.Sections.Single(section => section.Stratum == Stratum.Answering);
        var published = report.Sections.FirstOrDefault(section => section.Stratum == Stratum.Published);
        var nobody = answering.Presence.All(side => side == Presence.Nobody);
        return new(
            ReportText.Title(report with { Title = Shortened.To(report.Title, MostText) }),
            [
                .. report.Simulated ? ["MADE-UP NUMBERS: these people are simulated."] : Array.Empty<string>(),
                .. report.Community is { } community ? [community.Counted] : Array.Empty<string>(),
                .. report.Corrects is { } number
                    ? [Shortened.To(string.Create(CultureInfo.InvariantCulture, $"Corrected, in place of report {number}. What changed: {string.Join(' ', report.Changes)}"), MostChanges)] : Array.Empty<string>(),
                nobody ? "Nobody has answered here yet." : CoverageText.Answered(Short(report), answering),
                .. answering.Presence.All(side => side == Presence.Enough) || nobody ? [] : answering.Withheld.Take(1),
            ],
            [.. ItemText.Gaps(answering).Take(report.Told).Select(GapOf)],
            [.. Worth(report, answering, published)],
            answering.ItemsCompared + answering.CodesCompared == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Groups under {report.MinimumGroup} people are never shown.")
                : (answering.Confounded ? "The sides came by different ways, so nothing is called clear. " : "“Clear” means that chance would hardly bring it about, even with so many questions looked at. ")
                    + string.Create(CultureInfo.InvariantCulture, $"Shares are rounded; groups under {report.MinimumGroup} people are never shown; nobody's own answer can be read from this."),
            $"{(nobody ? "" : ReportText.Next(report) + " ")}Have your say: /voices start · Something looks wrong? /voices feedback");
    }

    private static GapReport Short(GapReport report) => report with { Sides = report.Sides.Select(label => Shortened.To(label, MostText)) };

    private static ItemLine Short(ItemLine item) => item with { Short = Shortened.To(item.Short, MostText), Agree = Shortened.To(item.Agree, MostText) };

    private static DigestGap GapOf(ItemLine item, int index)
    {
        var line = Short(item);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {Words.Quoted(line.Short)}: {Words.Of(line.Comparison!)}"),
            ItemText.Meaning(line), item.Starter is { } starter ? Shortened.To(starter, MostQuestion) : null);
    }

    private static IEnumerable<(string Label, string Sentence)> Worth(GapReport report, ReportSection answering, ReportSection? published)
    {
        foreach (var (label, those) in new (string, Func<ItemLine, bool>)[]
        {
            ("Held by both sides", item => !HasGap(item) && item.Comparison?.Stance == JointStance.HeldByBoth),
            ("Held by neither", item => !HasGap(item) && item.Comparison?.Stance == JointStance.RejectedByBoth),
            ("The same on both sides", item => item.Comparison is { Verdict: GapVerdict.Same, Stance: not (JointStance.HeldByBoth or JointStance.RejectedByBoth) }),
            ("Most downstream agree", item => item is { Comparison: null, Downstream.Stance: Stance.Held }),
            ("Most upstream agree", item => item is { Comparison: null, Upstream.Stance: Stance.Held }),
        })
        {
            if (Names(answering.Items.Where(those)) is { Length: > 0 } names)
                yield return (label, names + ".");
        }

        if (Names(TrendText.Changed(answering)) is { Length: > 0 } changed)
            yield return ($"Changed since wave {answering.Since!.Wave}", changed + ".");
        if (Names(SensitivityText.DependingOnBridge(answering)) is { Length: > 0 } bridged)
            yield return ("Depends on people who are both", bridged + ".");
        if (Names(SensitivityText.ChangingAmongAttested(answering)) is { Length: > 0 } unproved)
            yield return ("Another verdict among people whose side was checked", unproved + ".");
        if (TensionText.Held(answering) is [var tension, ..])
            yield return ("Held at once by the same people", $"{Shortened.To(tension.Label, MostText)}: {TensionText.Shares(tension)} hold both. {Shortened.To(tension.Starter, MostQuestion)}");
        if (CodeText.Gaps(answering) is [var code, ..])
            yield return ("In people's own words", $"{Shortened.To(CodeText.Name(code), MostText)}: {Words.Of(code.Comparison!.Verdict!.Value)}, {Words.Points(code.Comparison.Gap)} ({(report.Coding.Unchecked ? "unchecked" : "confirmed")}{(code.Coding?.IsTentative == true ? ", tentative" : "")}).");
        foreach (var quote in report.Quoted.Take(MostQuotes))
            yield return ("Somebody said, and lets it be quoted", Words.Quoted(Shortened.To(quote, MostQuote)));
        if (published is not null)
            yield return ("Published words", PublishedText.Gist(published));
        if (Names(ItemText.Gaps(answering).Skip(report.Told)) is { Length: > 0 } more)
            yield return ("Also different", more + ".");
        if (Names(answering.Items.Where(item => item.Comparison is { Verdict: GapVerdict.CannotTell, Stance: JointStance.Open or JointStance.Split })) is { Length: > 0 } open)
            yield return ("Can't tell yet", open + ".");
    }

    private static bool HasGap(ItemLine item) => item.Comparison?.Verdict is GapVerdict.Clear or GapVerdict.Probably;

    private static string Names(IEnumerable<ItemLine> items)
    {
        const int most = 4;
        var all = items.ToArray();
        var names = string.Join(", ", all.Take(most).Select(item => Words.Quoted(Shortened.To(item.Short, MostText))));
        return all.Length > most ? string.Create(CultureInfo.InvariantCulture, $"{names} and {all.Length - most} more") : names;
    }
}

/// <summary>One gap of a digest.</summary>
/// <param name="Question">The question to both sides; null where the study has none.</param>
internal sealed record DigestGap(string Title, ImmutableArray<string> Lines, string? Question);
