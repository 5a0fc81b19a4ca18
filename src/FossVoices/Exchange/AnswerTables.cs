using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FossVoices.Flows;
using FossVoices.Sessions;

namespace FossVoices.Exchange;

/// <summary>Who answered, and what: a row for each session, and a row for each question of each session.</summary>
internal static class AnswerTables
{
    public static Table Sessions(Exported study) => new(
        "sessions",
        [
            "session", "person", "name", "flow", "flow_version", "flow_hash", "wave", "side", "both_sides", "attested", "platform", "source", "public", "release", "may_quote",
            "words_exported", "day", "core_done", "finished", "minutes", "seed", "draws",
        ],
        study.Sessions.Select(session => Row(session, study)));

    /// <summary>One row for each question that the session's version of the flow holds, asked or not, and for each turn of a transcript.</summary>
    public static Table Answers(Exported study) => new(
        "answers",
        [
            "session", "person", "side", "flow", "flow_version", "address", "item", "part", "state", "option", "number", "label", "rank", "words", "question",
            "seconds",
        ],
        study.Sessions.SelectMany(session => session.Asked is { } flow ? Asked(session, flow) : Told(session)));

    private static ImmutableArray<Cell> Row(ExportedSession exported, Exported study)
    {
        var session = exported.Session;
        var progress = session.Progress;
        return
        [
            session.Id, session.Respondent, exported.Name, session.Flow, exported.Asked?.Version, session.FlowHash, session.Wave, exported.Side, Cell.Yes(exported.BothSides),
            Cell.Yes(session.Origin.Attested), session.Origin.Platform, session.Origin.Source, Cell.Yes(session.Origin.Public), exported.Release, progress.Quotes,
            Cell.Yes(exported.HasWords), session.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Cell.Yes(session.CoreAt is not null), Cell.Yes(session.FinishedAt is not null),
            session.Flow != Session.ImportedFlow && session.FinishedAt is { } end ? Math.Round((end - session.StartedAt).TotalMinutes, 1) : Cell.Nothing,
            // As text: a number of 64 bits is more than spreadsheets and R keep exactly.
            exported.Asked is null ? Cell.Nothing : progress.Draws.Seed.ToString(CultureInfo.InvariantCulture),
            exported.Asked is null ? Cell.Nothing : Drawn(progress.Draws),
        ];
    }

    private static string Drawn(Draws draws) => JsonSerializer.Serialize(new
    {
        orders = draws.Orders.ToDictionary(order => order.Key, order => order.Value.ToArray()),
        arms = draws.Arms.ToDictionary(),
        guess_first = draws.GuessFirst.ToArray(),
    });

    private static IEnumerable<ImmutableArray<Cell>> Asked(ExportedSession session, Flow flow)
    {
        var states = new AnswerStates(flow, session.Session.Progress);
        foreach (var step in flow.Steps.All.Where(step => !step.IsNotice))
        {
            var (state, value) = states.Of(step);
            var labels = Controls.OptionsIn(step, flow);
            if (value is Value.Options(var ids))
            {
                // A pick and a ranking have a row for each option that was named, and one where none was.
                for (var i = 0; i < Math.Max(1, ids.Length); i++)
                    yield return Row(session, flow, step, state, i < ids.Length ? ids[i] : null, null, labels, step.Item is Item.Rank ? i + 1 : null, null);
                continue;
            }

            var words = (value as Value.Words)?.Text;
            yield return Row(
                session, flow, step, words is not null && !session.Tells(step.Address) ? AnswerState.Withheld : state,
                (value as Value.Option)?.Id, value switch { Value.Point(var point) => point, Value.Quantity(var number) => number, _ => null as double? },
                labels, null, session.Tells(step.Address) ? words : null);
        }
    }

    private static ImmutableArray<Cell> Row(
        ExportedSession session, Flow flow, Step step, AnswerState state, string? option, double? number, ImmutableArray<Option> labels, int? rank, string? words)
    {
        var key = option ?? (step.Item is Item.Rating or Item.Pair ? number?.ToString(CultureInfo.InvariantCulture) : null);
        var at = state is AnswerState.Answered or AnswerState.DontKnow or AnswerState.Skipped ? session.Session.Progress.Answers.GetValueOrDefault(step.Address)?.At : null;
        return
        [
            session.Session.Id, session.Session.Respondent, session.Side, flow.Id, flow.Version, step.Address, step.Item.Id, PartOf(step), AnswerStates.NameOf(state), option,
            number, key is null ? null : labels.FirstOrDefault(l => l.Id == key)?.Label, (double?)rank, words, Cell.Nothing,
            at is { } then ? Math.Round((then - session.Session.StartedAt).TotalSeconds) : Cell.Nothing,
        ];
    }

    /// <summary>The turns of a transcript, or what is left of a session whose version of the flow can't be read any more.</summary>
    private static IEnumerable<ImmutableArray<Cell>> Told(ExportedSession session)
    {
        foreach (var answer in session.Session.Progress.Answers.Values.Where(a => !session.LeftBehind.Contains(a.Address)).OrderBy(a => a.Address, StringComparer.Ordinal))
        {
            var state = answer.Value switch
            {
                Value.DontKnow => AnswerState.DontKnow,
                Value.Skipped => AnswerState.Skipped,
                Value.Words when !session.Tells(answer.Address) => AnswerState.Withheld,
                _ => AnswerState.Answered,
            };
            yield return
            [
                session.Session.Id, session.Session.Respondent, session.Side, session.Session.Flow, Cell.Nothing, answer.Address, answer.Address, "", AnswerStates.NameOf(state),
                answer.Value switch { Value.Option(var id) => id, Value.Options(var ids) => string.Join(' ', ids), _ => null as string },
                answer.Value switch { Value.Point(var point) => point, Value.Quantity(var number) => number, _ => null as double? },
                Cell.Nothing, Cell.Nothing, session.Tells(answer.Address) ? (answer.Value as Value.Words)?.Text : null,
                session.Tells(answer.Address) ? session.Questions.GetValueOrDefault(answer.Address) : null, Cell.Nothing,
            ];
        }
    }

    private static string PartOf(Step step) => step switch
    {
        { Probe: { } probe } => $"probe {probe.Id}",
        { Half: Flows.Half.Own } => "own",
        { Half: Flows.Half.Guess } => "other",
        { Mirrors: MirrorPart.Differently } => "differently",
        { Mirrors: MirrorPart.Unexpected } => "unexpected",
        _ => "",
    };
}
