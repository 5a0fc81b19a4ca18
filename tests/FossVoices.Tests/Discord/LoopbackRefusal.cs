using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>A refusal as Discord words it: HTTP status, error code, message, and for a malformed body the tree of errors.</summary>
internal sealed class LoopbackRefusal(int status, int code, string message, IReadOnlyList<string>? problems = null) : Exception($"{status}/{code} {message} {string.Join("; ", problems ?? [])}")
{
    public int Status { get; } = status;

    public JsonObject Body { get; } = problems is null
        ? new JsonObject { ["message"] = message, ["code"] = code }
        : new JsonObject
        {
            ["message"] = message,
            ["code"] = code,
            ["errors"] = new JsonObject
            {
                ["_errors"] = new JsonArray([.. problems.Select(p => new JsonObject { ["code"] = "BASE_TYPE_BAD", ["message"] = p })]),
            },
        };

    public int Code { get; } = code;

    public static LoopbackRefusal InvalidForm(IReadOnlyList<string> problems) => new(400, 50035, "Invalid Form Body", problems);

    public static LoopbackRefusal UnknownChannel { get; } = new(404, 10003, "Unknown Channel");

    public static LoopbackRefusal UnknownMessage { get; } = new(404, 10008, "Unknown Message");

    public static LoopbackRefusal UnknownWebhook { get; } = new(404, 10015, "Unknown Webhook");

    public static LoopbackRefusal UnknownInteraction { get; } = new(404, 10062, "Unknown interaction");

    public static LoopbackRefusal InvalidWebhookToken { get; } = new(401, 50027, "Invalid Webhook Token");

    public static LoopbackRefusal AlreadyAcknowledged { get; } = new(400, 40060, "Interaction has already been acknowledged.");

    public static LoopbackRefusal Unauthorized { get; } = new(401, 0, "401: Unauthorized");
}
