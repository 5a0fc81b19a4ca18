using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Makes the report in words, each time from what is released at that moment: no words of it are kept, so that what is taken back stands in none.</summary>
internal sealed class WordsRun(ReleasedStore released, ToldStore told, Rounds rounds)
{
    /// <summary>The report as it would be drawn now.</summary>
    /// <param name="wave">Of one wave; null for all.</param>
    public async Task<Document> ReportAsync(Study study, string? wave, CancellationToken cancellationToken) =>
        await OfAsync(study, await WordsAsync(study, wave, cancellationToken), await ShiftsToldAsync(study, cancellationToken), cancellationToken);

    /// <summary>Everything that such a report would rest on, and whose words would stand in it.</summary>
    public async Task<ImmutableArray<ToldWords>> WordsAsync(Study study, string? wave, CancellationToken cancellationToken)
    {
        var words = (await released.AllAsync(study.Id, wave, cancellationToken)).Select(one => new ToldWords(
            one.Row, [.. one.Codes.Select(code => study.Codebook.WithId(code) is { } its ? study.Codebook.Counted(its)?.Id : null).OfType<string>().Distinct(StringComparer.Ordinal)],
            Quoted: true)).Select(its => (Words: its, Said: SaidOf(study, its))).ToArray();
        var standing = WordsReport.Standing(study, [.. words.Select(one => one.Said)]);
        return [.. words.Select(one => one.Words with { Quoted = standing.Contains(one.Said) })];
    }

    /// <summary>What would be told of shifts now.</summary>
    public async Task<ImmutableArray<string>> ShiftsToldAsync(Study study, CancellationToken cancellationToken) => WordsReport.ShiftsOf(study, await ShiftsAsync(study, cancellationToken));

    /// <summary>A report that was drawn, as it may be read now; null where there is none of the number.</summary>
    public async Task<Document?> FindAsync(Study study, int number, CancellationToken cancellationToken) => await told.FindAsync(study.Id, number, cancellationToken) is { } report
        ? await OfAsync(study, await told.WordsAsync(study.Id, number, cancellationToken), report.Shifts, cancellationToken)
        : null;

    /// <summary>The last report that was posted, as it may be read now; null where none was.</summary>
    public async Task<Document?> PostedAsync(Study study, CancellationToken cancellationToken) =>
        (await told.AllAsync(study.Id, cancellationToken)).FirstOrDefault(report => report.PostedAt is not null) is { } last ? await FindAsync(study, last.Number, cancellationToken) : null;

    /// <summary>Words as they stand in a report; no text where none may.</summary>
    public ShownExcerpt Shown(Study study, ToldWords words) => rounds.Shown(study, words.Words);

    /// <summary>A reply as it stands beside the words: what may tell on somebody is hidden in it as in words of which nothing was said.</summary>
    public static string ReplyShown(Study study, string reply) =>
        Harmless.Line(string.Concat(QuoteParts.Of(reply, QuoteParts.Write(Coding.Redaction.Suggest(reply, OwnWords.NamesOf(study)), ImmutableHashSet<int>.Empty))
            .Select(part => part.Hidden ? ReleasedText.Mask : part.Text)));

    private async Task<Document> OfAsync(Study study, IEnumerable<ToldWords> words, IReadOnlyCollection<string> shifts, CancellationToken cancellationToken) =>
        WordsReport.Of(study, [.. words.Select(its => SaidOf(study, its))], shifts, await released.ActionsAsync(study.Id, cancellationToken));

    private SaidOn SaidOf(Study study, ToldWords words) => new(
        words.Words.Respondent, words.Words.Side, words.Codes, words.Quoted && Shown(study, words) is { Text: not null } shown ? shown : null,
        words.Reply is { } reply ? ReplyShown(study, reply) : null);

    /// <summary>Every question that is asked again, by side.</summary>
    public async Task<ImmutableArray<Shifted>> ShiftsAsync(Study study, CancellationToken cancellationToken)
    {
        var shifts = ImmutableArray.CreateBuilder<Shifted>();
        foreach (var (flow, item) in study.Flows.Values.SelectMany(flow => flow.InFileOrder.Where(item => item.Again is not null).Select(item => (flow, item))))
        {
            var (then, part) = (item.Again!.Split('.'), item is Item.Pair ? ".own" : "");
            var twice = await released.TwiceAsync(
                study.Id, then is [var named, var id] ? (named, $"{id}{part}") : (flow.Id, $"{item.Again}{part}"), (flow.Id, $"{item.Id}{part}"), cancellationToken);
            foreach (var side in twice.GroupBy(one => one.Side, StringComparer.Ordinal).Where(side => side.Key.Length > 0).OrderBy(side => side.Key, StringComparer.Ordinal))
            {
                shifts.Add(new Shifted(item.Short ?? item.Id, side.Key, Differences.Of(
                    side.LongCount(one => one.Now > one.Then), side.LongCount(one => one.Now.Equals(one.Then)), side.LongCount(one => one.Now < one.Then))));
            }
        }

        return shifts.ToImmutable();
    }
}
