using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Makes the report in words, each time from what is released at that moment: nothing of it is kept, so what is taken back is in no later one.</summary>
internal sealed class WordsRun(ReleasedStore released, Rounds rounds)
{
    /// <param name="wave">Of one wave; null for all.</param>
    public async Task<Document> ReportAsync(Study study, string? wave, CancellationToken cancellationToken)
    {
        var said = (await released.AllAsync(study.Id, wave, cancellationToken)).Select(one => new SaidOn(
            one.Row.Respondent, one.Row.Side,
            [.. one.Codes.Select(code => study.Codebook.WithId(code) is { } its ? study.Codebook.Counted(its)?.Id : null).OfType<string>().Distinct(StringComparer.Ordinal)],
            one.Row.Its.ShowsWords() ? rounds.Shown(study, one.Row) : null)).ToArray();
        return WordsReport.Of(study, said, await ShiftsAsync(study, cancellationToken), await released.ActionsAsync(study.Id, cancellationToken));
    }

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
