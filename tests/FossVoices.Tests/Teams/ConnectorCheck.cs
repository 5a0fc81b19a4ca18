using System.Text;
using System.Text.Json.Nodes;
using FossVoices.Tests.Discord;

namespace FossVoices.Tests.Teams;

/// <summary>Judges what is sent to the connector: by its own description where that file is at hand, and by names and needs that the description leaves open.</summary>
internal sealed class ConnectorCheck(OpenApi? description, CardCheck cards)
{
    private const int LargestMessage = 100 * 1024;

    private static readonly string[] s_activity =
    [
        "type", "id", "text", "textFormat", "summary", "speak", "locale", "attachments", "attachmentLayout", "entities", "channelData", "from", "recipient", "conversation",
        "replyToId", "inputHint", "importance", "suggestedActions", "serviceUrl", "channelId", "deliveryMode",
    ];

    private static readonly string[] s_attachment = ["contentType", "contentUrl", "content", "name", "thumbnailUrl"];
    private static readonly string[] s_account = ["id", "name", "aadObjectId", "role"];
    private static readonly string[] s_conversation = ["id", "name", "isGroup", "conversationType", "tenantId", "aadObjectId", "role"];
    private static readonly string[] s_mention = ["type", "text", "mentioned"];
    private static readonly string[] s_creation = ["isGroup", "bot", "members", "topicName", "tenantId", "activity", "channelData"];

    public static ConnectorCheck Create() => new(OpenApi.TryDefinitions("bot-connector.swagger.json"), CardCheck.Create());

    /// <summary>An activity that is sent or put in place of another.</summary>
    /// <exception cref="ConnectorRefusal">The connector would not take it, or nobody should see it.</exception>
    public void Activity(JsonNode? body)
    {
        if (body is not JsonObject activity)
            throw ConnectorRefusal.BadArgument(["The activity must be an object"]);
        // Pictures inside do not count.
        var counted = System.Text.RegularExpressions.Regex.Replace(activity.ToJsonString(), "data:image/[a-z]+;base64,[^\"]*", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        if (Encoding.Unicode.GetByteCount(counted) > LargestMessage)
            throw ConnectorRefusal.TooBig;
        Refuse([.. description?.Problems("Activity", activity) ?? []]);
        try
        {
            Refuse([.. ActivityProblems(activity)]);
        }
        catch (InvalidOperationException e)
        {
            throw ConnectorRefusal.BadArgument([e.Message]); // Of another kind than it must be, such as a number for a text.
        }
    }

    /// <exception cref="ConnectorRefusal">The connector would not take it.</exception>
    public void Creation(JsonNode? body)
    {
        if (body is not JsonObject creation)
            throw ConnectorRefusal.BadCreation;
        Refuse(
        [
            .. Names(creation, "creation", s_creation),
            .. (creation["members"] as JsonArray ?? []).SelectMany(member => Names(member, "member", s_account)),
            .. creation["activity"] is JsonObject activity ? ActivityProblems(activity) : [],
            .. description?.Problems("ConversationParameters", creation) ?? [],
        ]);
    }

    /// <summary>The card that answers a click.</summary>
    /// <exception cref="ConnectorRefusal">The client would not show it.</exception>
    public void Card(JsonObject card) => Refuse(cards.Faults(card));

    private IEnumerable<string> ActivityProblems(JsonObject activity)
    {
        var type = (string?)activity["type"];
        var attachments = (activity["attachments"] as JsonArray ?? []).ToArray();
        IEnumerable<string> problems =
        [
            .. Names(activity, "activity", s_activity),
            .. Names(activity["from"], "from", s_account),
            .. Names(activity["recipient"], "recipient", s_account),
            .. Names(activity["conversation"], "conversation", s_conversation),
            .. attachments.SelectMany(attachment => Names(attachment, "attachment", s_attachment)),
            .. attachments.OfType<JsonObject>().SelectMany(AttachmentProblems),
            .. (activity["entities"] as JsonArray ?? []).SelectMany(entity => Mention(entity, (string?)activity["text"] ?? "")),
        ];
        foreach (var problem in problems)
            yield return problem;

        var text = (string?)activity["text"];
        if (type is not ("message" or "typing"))
            yield return $"a bot does not send '{type}'";
        if (type == "message" && string.IsNullOrWhiteSpace(text) && attachments.Length == 0)
            yield return "a message needs a text or an attachment";
        if (type == "typing" && (text is not null || attachments.Length > 0))
            yield return "typing says nothing";
        if (text?.Contains("<at>", StringComparison.Ordinal) == true && activity["entities"] is null)
            yield return "a mention without its entity";
        if (attachments.Length > 0 && string.IsNullOrWhiteSpace(text) && string.IsNullOrWhiteSpace((string?)activity["summary"]))
            yield return "a card needs a text or a summary, which the notification shows";
    }

    private IEnumerable<string> AttachmentProblems(JsonObject attachment) => ((string?)attachment["contentType"], attachment["content"], (string?)attachment["contentUrl"]) switch
    {
        (null, _, _) => ["an attachment needs its contentType"],
        (CardView.ContentType, JsonObject card, _) => cards.Faults(card),
        (CardView.ContentType, _, _) => ["a card needs its content"],
        ("image/png" or "image/jpeg" or "image/gif", _, { } url) => url.StartsWith("data:image/", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal)
            ? []
            : ["a picture is a data address or an https address"],
        var (other, _, _) => [$"Unknown attachment type '{other}'"],
    };

    private IEnumerable<string> Mention(JsonNode? entity, string text) => (string?)entity?["type"] != "mention"
        ? []
        : [
            .. Names(entity, "mention", s_mention),
            .. description?.Problems("Mention", entity) ?? [],
            .. (string?)entity["text"] is { } at && text.Contains(at, StringComparison.Ordinal) ? Array.Empty<string>() : ["a mention whose text does not stand in the message"],
        ];

    private static IEnumerable<string> Names(JsonNode? node, string what, string[] known) =>
        (node as JsonObject ?? []).Select(member => member.Key).Where(name => !known.Contains(name, StringComparer.Ordinal)).Select(name => $"{what}: nobody knows '{name}'");

    private static void Refuse(IReadOnlyCollection<string> problems)
    {
        if (problems.Count > 0)
            throw ConnectorRefusal.BadArgument(problems);
    }
}
