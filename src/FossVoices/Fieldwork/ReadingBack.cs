using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Fieldwork;

/// <summary>Adds to what is shown next what was just taken, so that whoever answered can read it and change it.</summary>
internal static class ReadingBack
{
    /// <param name="address">What the card or form had asked; null for typed words.</param>
    /// <param name="facts">What of the study is filled into a session's texts.</param>
    public static Outcome In(Flow flow, Kept kept, string? address, Func<Session, Facts> facts, Outcome outcome)
    {
        var (session, about, tooLate) = kept switch
        {
            Kept.Now(var s, Turn.Asked(_, { } answer)) => (s, answer.Address, false),
            Kept.Now(var s, Turn.Finished(_, { } answer)) => (s, answer.Address, false),
            Kept.TooLate(var s) => (s, address, true),
            Kept.Before(var s, { Why: null, Kind: var kind }) => (s, address, kind == OutcomeKind.TooLate),
            _ => (null, null, false),
        };
        return session is null || about is null || Prompting.ReadBack(flow, session.Progress, about, facts(session)) is not (var prompt, var answered)
            ? outcome with { TooLate = tooLate }
            : outcome with { TooLate = tooLate, Took = new Taken(about, prompt.Number, Math.Max(prompt.Number, prompt.About), prompt.Ask, answered) };
    }
}
