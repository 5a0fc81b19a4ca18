using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord;

/// <summary>What the bot says in Discord without having been asked: invitations, reports, and reminders to those who wanted one.</summary>
internal sealed class DiscordChannel(DiscordRest rest) : IChannel
{
    private const int LongestDescription = 1024;

    public string Platform => Talk.Platform;

    /// <summary>Discord speaks of "a few minutes".</summary>
    public TimeSpan KnowsNonce { get; } = TimeSpan.FromMinutes(2);

    public async Task<Arrival> SendAsync(string address, Post post, string nonce, CancellationToken cancellationToken)
    {
        if (post is Post.Reminder)
        {
            var opened = await rest.SendAsync(new ApiRequest(Route.OpenDirectMessages, new JsonObject { ["recipient_id"] = address }), cancellationToken);
            if (opened is not ApiAnswer.Done(var chat) || ApiJson.Text(chat, "id") is not { } own)
                return ArrivalOf(opened);
            address = own;
        }

        var body = Body(post);
        address = ChannelOf(address);
        body["nonce"] = nonce;
        body["enforce_nonce"] = true;
        return ArrivalOf(await rest.SendAsync(new ApiRequest(Route.CreateMessage(address), body) { Files = FilesOf(post) }, cancellationToken));
    }

    public async Task<Arrival> EditAsync(string address, string message, Post post, CancellationToken cancellationToken) =>
        ArrivalOf(await rest.SendAsync(new ApiRequest(Route.EditMessage(ChannelOf(address), message), Body(post)) { Files = FilesOf(post) }, cancellationToken));

    /// <summary>Places are remembered with their server before them.</summary>
    private static string ChannelOf(string address) => address[(address.LastIndexOf('/') + 1)..];

    private static JsonObject Body(Post post) => post switch
    {
        Post.Report report => new JsonObject { ["content"] = report.Markdown },
        Post.Notice notice => new JsonObject { ["content"] = Component.Cut(Desk.Plain(notice.Text), Reports.DiscordText.Limit) },
        Post.Invitation invitation => Card.Of(
            [$"## {Desk.Plain(invitation.Title)}", string.Join('\n', invitation.Text.Select(Desk.Plain))],
            Component.Row(Component.Button(invitation.Begin, new CustomId(Act.Start, Ways.Of(invitation.Study, invitation.Flow).Code), Component.Style.Success))).Message(),
        Post.Reminder reminder => Card.Of(
            [Desk.Plain(reminder.Text)],
            Component.Row(Component.Button(reminder.Resume, new CustomId(Act.Start, Ways.Of(reminder.Study, reminder.Flow).Code), Component.Style.Primary))).Message(),
        _ => throw new System.Diagnostics.UnreachableException(post.GetType().Name),
    };

    private static IReadOnlyList<Upload> FilesOf(Post post) => post is Post.Report report && !report.Picture.IsEmpty
        ? [new Upload("report.png", "image/png", report.Picture.AsMemory(), Component.Cut(report.Alternative, LongestDescription))]
        : [];

    private static Arrival ArrivalOf(ApiAnswer answer) => answer switch
    {
        ApiAnswer.Done(var message) => new Arrival.Delivered(ApiJson.Text(message, "id") ?? ""),
        ApiAnswer.TokenWrong => new Arrival.Later(TimeSpan.FromHours(1), ApiAnswer.TokenWrong.Sentence),
        ApiAnswer.Refused { Meaning: Refusal.Slow } slow => new Arrival.Later(After: null, slow.Sentence),
        ApiAnswer.Refused { Code: 10008 } gone => new Arrival.Refused(Hindrance.MessageGone, gone.Sentence),
        ApiAnswer.Refused { Meaning: Refusal.TargetGone } gone => new Arrival.Refused(Hindrance.PlaceGone, gone.Sentence),
        ApiAnswer.Refused { Meaning: Refusal.RightMissing or Refusal.NoDirectMessages } barred => new Arrival.Refused(Hindrance.Forbidden, barred.Sentence),
        ApiAnswer.Refused refused => new Arrival.Refused(Hindrance.Unacceptable, refused.Sentence),
        ApiAnswer.Unreachable(var why) => new Arrival.Unknown(why),
        _ => throw new System.Diagnostics.UnreachableException(answer.GetType().Name),
    };
}
