using FossVoices.Channels;

namespace FossVoices.Teams.Cards;

/// <summary>What is shown of an outcome, whatever led to it.</summary>
internal static class OutcomeCard
{
    /// <summary>The desk in the language of the person's session, which may be another than Teams'.</summary>
    public static Desk Speaking(Desk desk, Outcome outcome) => outcome.Language is { } language ? desk with { Language = language } : desk;

    /// <summary>As a message of its own.</summary>
    /// <param name="readBack">What was typed last, to be read back; null where a card of its own does that.</param>
    public static Said Saying(Desk desk, Outcome outcome, Taken? readBack = null) => outcome switch
    {
        Outcome.Question question => new Said(QuestionCard.Of(desk, question, readBack), question.Asked.Address),
        Outcome.Finished finished => new Said(OwnCards.Finished(desk, finished, readBack)),
        _ => new Said(Of(desk, outcome)),
    };

    public static Card Of(Desk desk, Outcome outcome) => outcome switch
    {
        Outcome.Consent consent => ConsentCard.Of(desk, consent, page: 0),
        Outcome.Question question => QuestionCard.Of(desk, question),
        Outcome.Finished finished => OwnCards.Finished(desk, finished, readBack: null),
        Outcome.Paused paused => OwnCards.Paused(desk, paused),
        Outcome.MyData data => OwnCards.Mine(desk, data),
        Outcome.OwnWords own => WordsCard.Of(desk, own, place: 0),
        Outcome.Withdrawn withdrawn => OwnCards.Withdrawn(desk, withdrawn),
        Outcome.Noted noted => PlainCards.Onward(desk, noted.Sentence),
        Outcome.Help help => PlainCards.Lines(desk, help.Lines),
        Outcome.CodeNeeded code => PlainCards.Sentence(desk, code.Note ?? code.Title),
        Outcome.Closed closed => PlainCards.Sentence(desk, closed.Sentence),
        Outcome.Unavailable unavailable => PlainCards.Onward(desk, unavailable.Sentence),
        _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
    };
}
