using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>What a correction changes, in sentences: first where a verdict is another, then where a share is.</summary>
internal static class ReportChanges
{
    public static ImmutableArray<string> Of(GapReport before, GapReport after)
    {
        var (was, now) = (Answering(before), Answering(after));
        var (verdicts, shares) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (old, item) in was.Items.Join(now.Items, one => one.Item, other => other.Item, (one, other) => (one, other), StringComparer.Ordinal))
        {
            Compare(
                Words.Quoted(item.Short), Said(old.Comparison?.Finding), Said(item.Comparison?.Finding),
                (old.Downstream?.Agreeing, old.Upstream?.Agreeing), (item.Downstream?.Agreeing, item.Upstream?.Agreeing));
        }

        foreach (var (old, code) in was.Codes.Join(now.Codes, one => one.Code, other => other.Code, (one, other) => (one, other), StringComparer.Ordinal))
        {
            Compare(
                CodeText.Name(code), Said(old.Comparison?.Verdict), Said(code.Comparison?.Verdict),
                (old.Downstream?.Mentioning, old.Upstream?.Mentioning), (code.Downstream?.Mentioning, code.Upstream?.Mentioning));
        }

        return verdicts.Count + shares.Count == 0 ? ["No verdict and no share of a side; something else is put right."] : [.. verdicts, .. shares];

        void Compare(string name, string verdict, string verdictNow, (ShownShare? Down, ShownShare? Up) share, (ShownShare? Down, ShownShare? Up) shareNow)
        {
            if (verdict != verdictNow)
                verdicts.Add($"{name}: was {verdict}, is {verdictNow}.");
            else if (share != shareNow)
                shares.Add($"{name}: was ▼ {Said(share.Down)}, ▲ {Said(share.Up)}; is ▼ {Said(shareNow.Down)}, ▲ {Said(shareNow.Up)}.");
        }
    }

    private static ReportSection Answering(GapReport report) => report.Sections.Single(section => section.Stratum == Stratum.Answering);

    private static string Said(Gaps.ItemFinding? finding) => finding is { } some ? Words.Quoted(Words.Of(some)) : "not compared";

    private static string Said(Gaps.GapVerdict? verdict) => verdict is { } some ? Words.Quoted(Words.Of(some)) : "not compared";

    private static string Said(ShownShare? share) => share?.Label ?? CoverageLines.NotShown;
}
