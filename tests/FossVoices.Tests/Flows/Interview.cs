using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>A conversation with the engine: somebody says something, and hears what comes next.</summary>
internal sealed class Interview
{
    private static readonly DateTimeOffset s_noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private Interview(Flow flow, long seed) => (Flow, Progress) = (flow, Progress.Begin(flow, seed));

    public static Facts Facts { get; } = new("1 May 2030", 10);

    public Flow Flow { get; }

    public Progress Progress { get; private set; }

    public Turn? Last { get; private set; }

    public FlowPath Path => FlowPath.Of(Flow, Progress);

    public Prompt? Prompt => Prompting.Standing(Flow, Progress, Facts);

    public static Interview Of(string items, long seed = 1, string end = "Thank you.") => new(Written.Flow(items, end), seed);

    public static Interview Of(Flow flow, long seed = 1) => new(flow, seed);

    public Interview Says(string text, params ImmutableArray<string> heard) => Does(new Reply.Said(text), HeardAs(heard));

    public Interview SaysInDistress(string text) => Does(new Reply.Said(text), new Heard([], Distress: true, "test"));

    public Interview Chooses(params ImmutableArray<string> ids) => Does(new Reply.Chose(ids));

    public Interview Skips() => Does(new Reply.Skip());

    public Interview GoesBack() => Does(new Reply.Back());

    public Interview Changes(string address) => Does(new Reply.Change(address));

    public Interview Does(Reply reply, Heard? heard = null)
    {
        Last = FlowEngine.Take(Flow, Progress, reply, heard, s_noon);
        Progress = Last.Progress;
        return this;
    }

    /// <summary>What is asked now, or said at the end; where the last reply was refused, why.</summary>
    public Interview Hears(params string[] lines)
    {
        var heard = Last is Turn.Refused(_, var why) ? [Phrases.Of(why)]
            : Prompt is { } prompt ? [.. prompt.Before, prompt.Ask]
            : Prompting.End(Flow, Progress, Facts);
        Assert.Equal(lines, heard);
        return this;
    }

    public Interview IsAsked(string? address)
    {
        Assert.Equal(address, Prompt?.Address);
        return this;
    }

    public string[] AnswersOnThePath() => [.. Prompting.ReadBack(Flow, Progress, Facts).Select(r => $"{r.Prompt.Address}: {r.Answer}")];

    private static Heard? HeardAs(ImmutableArray<string> codes) =>
        codes.IsEmpty ? null : new Heard([.. codes.Select(c => new HeardCode(c, 0.97))], Distress: false, "test");
}
