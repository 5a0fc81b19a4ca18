using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Makes of the place where somebody stands what is to be shown.</summary>
public static class Prompting
{
    /// <summary>More questions than that make a page long, however short they are.</summary>
    public const int MostOnPage = 5;

    /// <summary>The question that stands, or null where nothing is left to ask.</summary>
    public static Prompt? Standing(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Standing is { } step ? Of(path, step, facts) : null;
    }

    /// <summary>A question of the path that has been asked before, as it would be shown again; null where it was not.</summary>
    public static Prompt? At(Flow flow, Progress progress, string address, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Find(address) is { } step && (step == path.Open || path.IsAnswered(step)) ? Of(path, step, facts) : null;
    }

    /// <summary>A question of the path as it would be shown when its turn comes; null where it is none.</summary>
    internal static Prompt? Preview(Flow flow, Progress progress, string address, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Find(address) is { } step ? Of(path, step, facts) : null;
    }

    /// <summary>The questions after the one that stands that could be answered on the same page with it.</summary>
    public static ImmutableArray<Prompt> Alongside(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return [.. path.AlongsideStanding(MostOnPage - 1).Select(step => Of(path, step, facts))];
    }

    /// <summary>What a question of the path asks; null where it is not on it.</summary>
    public static string? Ask(Flow flow, Progress progress, string address, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Find(address) is { IsNotice: false } step ? new Pipes(flow, path, facts, step.Item).Fill(step.Text!) : null;
    }

    /// <summary>The closing words, after any notice that follows the last question.</summary>
    public static ImmutableArray<string> End(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return [.. Notices(path, before: null, facts), new Pipes(flow, path, facts, item: null).Fill(flow.End)];
    }

    /// <summary>What is asked of somebody who has not agreed yet.</summary>
    public static string Consent(Flow flow, Facts facts) => new Pipes(flow, path: null, facts, item: null).Fill(flow.Consent.Text);

    public static string Title(Flow flow, Facts facts) => new Pipes(flow, path: null, facts, item: null).Fill(flow.Title);

    /// <summary>Everything the person has been asked so far with what was answered, in the order of the path; a skipped question has no answer.</summary>
    public static ImmutableArray<(Prompt Prompt, string Answer)> ReadBack(Flow flow, Progress progress, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return [.. path.Steps.Where(path.IsAnswered).Select(s => (Of(path, s, facts), Labels.Of(s, path, path.Value(s.Address)!)))];
    }

    /// <summary>One question that was answered, with the answer; null where it is not on the path, or not answered.</summary>
    public static (Prompt Prompt, string Answer)? ReadBack(Flow flow, Progress progress, string address, Facts facts)
    {
        var path = FlowPath.Of(flow, progress);
        return path.Find(address) is { } step && path.Value(address) is { } value ? (Of(path, step, facts), Labels.Of(step, path, value)) : null;
    }

    private static Prompt Of(FlowPath path, Step step, Facts facts)
    {
        var pipes = new Pipes(path.Flow, path, facts, step.Item);
        return new Prompt(
            step.Address,
            [.. path.IsFirstMirror(step) ? facts.Became : [], .. Notices(path, step, facts), .. step.Item is Item.Mirror mirror ? pipes.Mirrored(mirror, step.Mirrors) : []],
            pipes.Fill(step.Text!),
            Controls.Of(step, path, pipes),
            path.NumberOf(step),
            path.NumberOfLast(step),
            path.Value(step.Address),
            path.Before(step) is not null);
    }

    private static ImmutableArray<string> Notices(FlowPath path, Step? before, Facts facts) =>
        [.. path.NoticesBefore(before).Select(s => s.Help ?? new Pipes(path.Flow, path, facts, s.Item).Fill(s.Text!))];
}
