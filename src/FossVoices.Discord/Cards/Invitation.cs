using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Discord.Cards;

/// <summary>The card that stands in a channel and lets people in.</summary>
internal static class Invitation
{
    /// <param name="title">The flow's title, its places filled.</param>
    public static Card Of(Desk desk, string title, Flow flow, Study study) => Card.Of(
        [
            $"## {Desk.Plain(title)}",
            $"{Desk.Plain(study.Title)}\n{Sentences.Count(desk.Language, "invite_minutes", flow.Minutes)} {desk.Say("invite_private")}",
        ],
        Component.Row(Component.Button(desk.Say("start"), desk.Id(Act.Start), Component.Style.Success)));
}
