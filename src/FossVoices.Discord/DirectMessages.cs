using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Discord.Gateway;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using FossVoices.Flows;

namespace FossVoices.Discord;

/// <summary>
/// Direct messages, for those who asked for one to write at length: what is typed there is the answer to the question that stands. Nothing is remembered of
/// it; where somebody stands is in the store. Messages are read only where the operator switched it on, and only those sent to the bot itself.
/// </summary>
internal sealed class DirectMessages(Talk talk, OpenStudies studies, DiscordRest rest)
{
    /// <summary>Puts a question into the person's direct messages. False where Discord does not let it through.</summary>
    public async Task<bool> AskAsync(Desk desk, UserAction who, Outcome.Question question, CancellationToken cancellationToken)
    {
        var opened = await rest.SendAsync(new ApiRequest(Route.OpenDirectMessages, new JsonObject { ["recipient_id"] = who.User }), cancellationToken);
        return opened is ApiAnswer.Done(var chat) && ApiJson.Text(chat, "id") is { } channel
            && await PostAsync(channel, QuestionCard.Of(desk with { Direct = Direct.Here }, question), who.Id, cancellationToken);
    }

    /// <summary>Somebody wrote to the bot.</summary>
    public async Task HearAsync(GatewayNews.DirectMessage message, CancellationToken cancellationToken)
    {
        var who = new UserAction(message.Id, message.User, Guild: null, message.Channel, Permissions.None, Locale: null, new UserAct.Message(message.Text));
        var standing = await StandingAsync(who, cancellationToken);
        if (standing is not [var (desk, question)])
        {
            var sentence = standing.Count == 0 ? "direct_nothing" : "direct_several";
            await PostAsync(message.Channel, Card.Of([Sentences.Say(standing.Count == 0 ? Wording.Original : standing[0].Desk.Language, sentence)]), message.Id, cancellationToken);
            return;
        }

        var outcome = message.Text.Trim() is not { Length: > 0 } text
            ? question with { Note = desk.Say("direct_words") }
            : TypedCommand.Read(text, who.User) is { } aside
                ? await talk.SayAsync(desk, who, aside, asked: null, cancellationToken)
                : await talk.SayAsync(desk, who, new Said.Answer(new Reply.Said(text)), question.Asked, cancellationToken);
        await PostAsync(message.Channel, OutcomeCard.Of(desk with { Language = outcome.Language ?? desk.Language }, outcome), message.Id, cancellationToken);
    }

    /// <summary>The questions that stand for somebody, over all studies.</summary>
    private async Task<List<(Desk Desk, Outcome.Question Question)>> StandingAsync(UserAction who, CancellationToken cancellationToken)
    {
        var standing = new List<(Desk, Outcome.Question)>();
        foreach (var open in studies.All)
        {
            foreach (var flow in open.Study.Flows.Keys)
            {
                var desk = talk.DeskOf(open.Study, Ways.Of(open.Study.Id, flow), who, chosen: null);
                if (await talk.HelloAsync(desk, who, cancellationToken) is Outcome.Question question)
                    standing.Add((desk with { Language = question.Language ?? desk.Language }, question));
            }
        }

        return standing;
    }

    /// <param name="nonce">Discord's id of what is answered: the same event heard again posts nothing twice.</param>
    private async Task<bool> PostAsync(string channel, Card card, string nonce, CancellationToken cancellationToken)
    {
        var body = card.Message();
        (body["nonce"], body["enforce_nonce"]) = (nonce, true);
        return await rest.SendAsync(new ApiRequest(Route.CreateMessage(channel), body), cancellationToken) is ApiAnswer.Done;
    }
}
