using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Leads one person through a flow. Pure: everything it knows is handed in, everything it decides is handed out.</summary>
public static class FlowEngine
{
    /// <summary>The longest answer in a person's own words, in UTF-16 code units.</summary>
    public const int LongestAnswer = 4000;

    /// <summary>Takes one reply to the question that stands.</summary>
    /// <param name="heard">What the lexicon heard in the reply, or null where it holds no words of the person's own.</param>
    /// <param name="at">When the reply was given.</param>
    public static Turn Take(Flow flow, Progress progress, Reply reply, Heard? heard, DateTimeOffset at)
    {
        var path = FlowPath.Of(flow, progress);
        return reply switch
        {
            Reply.Pause => new Turn.Paused(progress with { Paused = true }),
            Reply.Resume => On(flow, progress with { Paused = false }),
            Reply.Onward => On(flow, progress with { Paused = false, Revisiting = null }),
            Reply.Back => path.Before(path.Standing) is { } before
                ? new Turn.Asked(progress with { Revisiting = before.Address, Paused = false }, null)
                : new Turn.Refused(progress, new Refusal.NothingBefore()),
            Reply.Change(var address) => path.Find(address) is { } step && path.IsAnswered(step)
                ? new Turn.Asked(progress with { Revisiting = address, Paused = false }, null)
                : new Turn.Refused(progress, new Refusal.NotAsked()),
            Reply.Together(var parts) => TakeTogether(flow, progress, parts, at),
            _ => path.Standing is { } standing
                ? Answer(path, standing, reply, heard, at)
                : new Turn.Refused(progress, new Refusal.NothingOpen()),
        };
    }

    /// <summary>
    /// Takes one reply to a question by its address. A reply to another question than the one that stands is about that question: it changes
    /// an earlier answer, goes back from there, or answers the open question while an earlier one is being looked at again.
    /// </summary>
    /// <param name="address">The question that the reply was given to; null for whatever stands.</param>
    internal static Turn TakeAt(Flow flow, Progress progress, string? address, Reply reply, Heard? heard, DateTimeOffset at)
    {
        var path = FlowPath.Of(flow, progress);
        if (address is null || path.Standing?.Address == address || reply is not (Reply.Chose or Reply.Placed or Reply.Said or Reply.Skip or Reply.Back))
            return Take(flow, progress, reply, heard, at);

        var there = Take(flow, progress, path.Open?.Address == address ? new Reply.Onward() : new Reply.Change(address), heard: null, at);
        if (there is Turn.Refused)
            return there;
        var again = Take(flow, there.Progress, reply, heard, at);
        return again is Turn.Refused(_, var why) ? new Turn.Refused(progress, why) : again;
    }

    /// <summary>Takes what was chosen on one page, one question after the other; at the first refusal nothing has changed.</summary>
    private static Turn TakeTogether(Flow flow, Progress progress, ImmutableArray<PartReply> parts, DateTimeOffset at)
    {
        var turn = On(flow, progress);
        foreach (var (address, reply) in parts)
        {
            turn = reply is Reply.Chose or Reply.Skip
                ? TakeAt(flow, turn.Progress, address, reply, heard: null, at)
                : new Turn.Refused(progress, new Refusal.NoOption());
            if (turn is Turn.Refused(_, var why))
                return new Turn.Refused(progress, new Refusal.InPart(address, why));
        }

        return turn;
    }

    private static Turn Answer(FlowPath path, Step standing, Reply reply, Heard? heard, DateTimeOffset at)
    {
        var progress = path.Progress;
        if (!ReplyReader.TryRead(standing, path, reply, out var value, out var refusal))
            return new Turn.Refused(progress, refusal);

        var answer = new Answer(standing.Address, value, at);
        var next = progress with
        {
            Answers = progress.Answers.SetItem(answer.Address, answer),
            Heard = heard is not null && value is Value.Words ? progress.Heard.SetItem(answer.Address, heard) : progress.Heard.Remove(answer.Address),
            Revisiting = null,
            Paused = false,
        };
        return path.After(next, standing).Open is null ? new Turn.Finished(next, answer) : new Turn.Asked(next, answer);
    }

    private static Turn On(Flow flow, Progress progress) =>
        FlowPath.Of(flow, progress).Standing is null ? new Turn.Finished(progress, null) : new Turn.Asked(progress, null);
}
