using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>A refusal as the connector words it.</summary>
internal sealed class ConnectorRefusal(int status, string code, string message) : Exception($"{status} {code}: {message}")
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public JsonObject Body { get; } = new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    public static ConnectorRefusal BadArgument(IEnumerable<string> problems) => new(400, "BadArgument", string.Join("; ", problems));

    public static ConnectorRefusal BadCreation { get; } = new(400, "BadSyntax", "Incorrect conversation creation parameters");

    public static ConnectorRefusal Unauthorized { get; } = new(401, "Unauthorized", "Authorization has been denied for this request.");

    public static ConnectorRefusal NotInstalled { get; } = new(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");

    public static ConnectorRefusal Blocked { get; } = new(403, "ConversationBlockedByUser", "User blocked the conversation with the bot.");

    public static ConnectorRefusal ConversationNotFound { get; } = new(404, "ConversationNotFound", "Conversation not found.");

    public static ConnectorRefusal ActivityNotFound { get; } = new(404, "ActivityNotFoundInConversation", "The activity was not found in the conversation.");

    public static ConnectorRefusal MemberNotFound { get; } = new(404, "MemberNotFoundInConversation", "The user is not part of the conversation.");

    public static ConnectorRefusal TooBig { get; } = new(413, "MessageSizeTooBig", "The message size exceeds the limit.");
}
