using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>Makes of the place where somebody stands what is to be shown.</summary>
public static class Prompting
{
    /// <summary>The question that stands, or null where nothing is left to ask.</summary>
    public static Prompt? Standing(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Standing is { } step ? Of(flow, progress, path, step, facts) : null;
    }

    /// <summary>A question of the path that has been asked before, as it would be shown again; null where it was not.</summary>
    public static Prompt? At(Flow flow, Progress progress, string address, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Find(address) is { IsNotice: false } step && (step == path.Open || progress.Answers.ContainsKey(address))
            ? Of(flow, progress with { Revisiting = address }, path, step, facts)
            : null;
    }

    /// <summary>The closing words, after any notice that follows the last question.</summary>
    public static ImmutableArray<string> End(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        var pipes = new Pipes(flow, progress, path, facts, item: null);
        return [.. Notices(flow, progress, path, facts, path.Steps.Length), pipes.Fill(flow.End)];
    }

    /// <summary>What is asked of somebody who has not agreed yet.</summary>
    public static string Consent(Flow flow, Facts facts) =>
        new Pipes(flow, progress: null, path: null, facts, item: null).Fill(flow.Consent.Text);

    public static string Title(Flow flow, Facts facts) =>
        new Pipes(flow, progress: null, path: null, facts, item: null).Fill(flow.Title);

    /// <summary>Everything the person has been asked so far with what was answered, in the order of the path.</summary>
    public static ImmutableArray<(Prompt Prompt, string Answer)> ReadBack(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return [.. path.Steps
            .Where(s => !s.IsNotice && progress.Answers.ContainsKey(s.Address))
            .Select(s => (Of(flow, progress, path, s, facts), Labels.Of(s, path, progress.Answers[s.Address].Value)))];
    }

    private static Prompt Of(Flow flow, Progress progress, FlowPath path, Step step, Facts facts)
    {
        var index = path.Steps.IndexOf(step);
        var questions = path.Steps.Where(s => !s.IsNotice).ToImmutableArray();
        // While the gate is open, what follows it is an offer and not part of the way.
        var gate = questions.FirstOrDefault(s => s.Item is Item.Gate && !progress.Answers.ContainsKey(s.Address));
        return new Prompt(
            step.Address,
            [.. Notices(flow, progress, path, facts, index)],
            new Pipes(flow, progress, path, facts, step.Item).Fill(Ask(step)),
            ControlOf(flow, progress, path, step, facts),
            questions.IndexOf(step) + 1,
            gate is null ? questions.Length : Math.Max(questions.IndexOf(gate), questions.IndexOf(step)) + 1,
            path.Value(step.Address),
            FlowEngine.Before(path, progress) is not null);
    }

    /// <summary>The lines between the last question before <paramref name="index"/> and it.</summary>
    private static IEnumerable<string> Notices(Flow flow, Progress progress, FlowPath path, Facts facts, int index) =>
        path.Steps.Take(index).Reverse().TakeWhile(s => s.IsNotice).Reverse()
            .Select(s => s.Help ?? new Pipes(flow, progress, path, facts, s.Item).Fill(((Item.Notice)s.Item).Text));

    private static Template Ask(Step step) => (step.Probe, step.Item) switch
    {
        ({ } probe, _) => probe.Ask,
        (_, Item.Choice i) => i.Ask,
        (_, Item.Pick i) => i.Ask,
        (_, Item.Rating i) => i.Ask,
        (_, Item.Pair i) => step.Half == Half.Own ? i.Own : i.Other,
        (_, Item.Open i) => i.Ask,
        (_, Item.Number i) => i.Ask,
        (_, Item.Rank i) => i.Ask,
        (_, Item.Gate i) => i.Ask,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Control ControlOf(Flow flow, Progress progress, FlowPath path, Step step, Facts facts) => (step.Probe, step.Item) switch
    {
        (not null, _) => new Control.Write(null),
        (_, Item.Choice i) => new Control.OneOf(i.Options, null, IsScale: false),
        (_, Item.Gate i) => new Control.OneOf(ReplyReader.GateOptions(i), null, IsScale: false),
        (_, Item.Pick i) => new Control.SomeOf(i.Options, i.Least, i.Most),
        (_, Item.Rank i) => ReplyReader.RankOptions(i, path) is var options ? new Control.Order(options, Math.Min(i.Top, options.Length)) : default!,
        (_, Item.Rating i) => Points(i.Scale),
        (_, Item.Pair i) => Points(i.Scale),
        (_, Item.Open i) => new Control.Write(i.Hint is { } hint ? new Pipes(flow, progress, path, facts, i).Fill(hint) : null),
        (_, Item.Number i) => new Control.Count(i.Least, i.Most, i.Unit),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Control.OneOf Points(Scale scale) => new(
        [.. scale.Points.Select((label, i) => new Option((i + 1).ToString(CultureInfo.InvariantCulture), label))],
        scale.DontKnow is { } label ? new Option(Reply.DontKnow, label) : null,
        IsScale: true);
}
