using FossVoices.Channels;

namespace FossVoices.Discord.Cards;

/// <summary>The card for whatever the conversation says.</summary>
internal static class OutcomeCard
{
    public static Card Of(Desk desk, Outcome outcome) => Shown(desk.By(null), outcome);

    private static Card Shown(Desk desk, Outcome outcome) => outcome switch
    {
        Outcome.Consent consent => ConsentCards.Of(desk.By(consent.Code), consent, page: 0),
        Outcome.Question question => QuestionCard.Of(desk, question),
        Outcome.Finished finished => OwnCards.Finished(desk, finished),
        Outcome.Paused paused => OwnCards.Paused(desk, paused),
        Outcome.Withdrawn withdrawn => OwnCards.Withdrawn(desk, withdrawn),
        Outcome.Noted noted => Card.Of([Desk.Plain(noted.Sentence)], GoOn(desk)),
        Outcome.Help help => Card.Of([string.Join('\n', help.Lines.Select(Desk.Plain))]),
        Outcome.CodeNeeded code => Card.Of(
            [$"### {Desk.Plain(code.Title)}", Desk.Plain(code.Note ?? desk.Say("code_web"))],
            Component.Row(Component.Button(desk.Say("entry"), desk.Id(Act.Entry), Component.Style.Primary), Component.Button(desk.Say("language_set"), desk.Id(Act.Language)))),
        Outcome.OwnWords own => WordsCard.Of(desk, own, place: 0),
        Outcome.MyData data => Card.Of([OwnCards.Kept(desk, data.KeptUntil, data.Receipt), OwnCards.Answers(desk, data.Answers)], GoOn(desk)),
        Outcome.Closed closed => Card.Of([Desk.Plain(closed.Sentence)]),
        Outcome.Unavailable unavailable => Card.Of([$"⚠️ {Desk.Plain(unavailable.Sentence)}"], GoOn(desk)),
        _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
    };

    private static System.Text.Json.Nodes.JsonObject GoOn(Desk desk) => Component.Row(Component.Button(desk.Say("onward"), desk.Id(Act.Resume)));
}
