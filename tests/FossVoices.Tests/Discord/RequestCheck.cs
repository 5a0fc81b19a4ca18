using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>Judges a request's body as Discord would: by its description where that file is at hand, and by the rules that it lacks.</summary>
/// <param name="openMentions">Whether messages may leave mentions on: other programs do, ours never.</param>
internal sealed class RequestCheck(OpenApi? description, bool openMentions = false)
{
    public void Commands(JsonNode? body)
    {
        var commands = body as JsonArray ?? throw LoopbackRefusal.InvalidForm(["/: must be an array"]);
        Refuse(commands.SelectMany((c, i) => Described("ApplicationCommandUpdateRequest", WithoutKnownExceptions(c!)).Select(p => $"/{i}{p}")), RequestRules.Commands(commands), []);
    }

    public void Message(JsonNode? body, string schema, bool isNew)
    {
        var message = body as JsonObject ?? throw LoopbackRefusal.InvalidForm(["/: must be an object"]);
        if (isNew && RequestRules.Message(message, isNew: true).Contains("is an empty message", StringComparer.Ordinal))
            throw new LoopbackRefusal(400, 50006, "Cannot send an empty message");
        Refuse(Described(schema, message), RequestRules.Message(message, isNew), RequestRules.Mentions(message));
    }

    public void Callback(JsonNode? body)
    {
        var callback = body as JsonObject ?? throw LoopbackRefusal.InvalidForm(["/: must be an object"]);
        var schema = (int?)callback["type"] switch
        {
            4 or 5 => "CreateMessageInteractionCallbackRequest",
            6 or 7 => "UpdateMessageInteractionCallbackRequest",
            8 => "ApplicationCommandAutocompleteCallbackRequest",
            9 => "ModalInteractionCallbackRequest",
            _ => throw LoopbackRefusal.InvalidForm(["/type: no such answer"]),
        };
        Refuse(Described(schema, callback), RequestRules.Callback(callback), (int?)callback["type"] is 4 or 7 ? RequestRules.Mentions(callback["data"] as JsonObject) : []);
    }

    public void Any(JsonNode? body, string schema) => Refuse(Described(schema, body), [], []);

    private IEnumerable<string> Described(string schema, JsonNode? body) => description?.Problems(schema, body) ?? [];

    private void Refuse(IEnumerable<string> described, IEnumerable<string> rules, IEnumerable<string> ours)
    {
        string[] problems = [.. described, .. rules, .. openMentions ? [] : ours];
        if (problems.Length > 0)
            throw LoopbackRefusal.InvalidForm(problems);
    }

    /// <summary>The one disagreement we know of: permissions are a text in the documentation, since their bits exceed what JavaScript's numbers hold, and a number in the description.</summary>
    private static JsonObject WithoutKnownExceptions(JsonNode command)
    {
        var copy = command.DeepClone().AsObject();
        if (copy["default_member_permissions"] is JsonValue value && value.TryGetValue<string>(out var bits) && bits.All(char.IsAsciiDigit))
            copy.Remove("default_member_permissions");
        return copy;
    }
}
