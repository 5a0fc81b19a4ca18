using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>A message as Discord keeps it and as a person sees it.</summary>
internal sealed class LoopbackMessage(string id, LoopbackChannel channel, JsonObject content)
{
    public string Id { get; } = id;

    public LoopbackChannel Channel { get; } = channel;

    /// <summary>Who alone sees it; null for everybody in the channel.</summary>
    public string? OnlyFor { get; init; }

    /// <summary>Shows "is thinking" until it is edited.</summary>
    public bool IsLoading { get; set; }

    public bool IsDeleted { get; set; }

    public int Edits { get; private set; }

    public JsonObject Content { get; private set; } = content;

    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    private JsonArray Components => Content["components"] as JsonArray ?? [];

    /// <summary>All that can be read, from top to bottom.</summary>
    public string Text => string.Join('\n', RequestRules.Components(Components).Where(c => RequestRules.Type(c) == 10).Select(c => (string?)c["content"])
        .Prepend((string?)Content["content"]).Where(t => !string.IsNullOrEmpty(t)));

    /// <summary>The labels of the buttons that can be pressed.</summary>
    public IReadOnlyList<string> Buttons => [.. Controls.Where(c => RequestRules.Type(c) == 2).Select(c => (string?)c["label"] ?? "")];

    /// <summary>What can be pressed or chosen from, by custom_id.</summary>
    public IReadOnlyList<string> CustomIds => [.. Controls.Select(c => (string?)c["custom_id"] ?? "")];

    private IEnumerable<JsonObject> Controls => RequestRules.Components(Components).Where(c => RequestRules.Type(c) is 2 or 3 && c["disabled"]?.GetValue<bool>() is not true);

    /// <summary>The button or select with this custom_id, or the button with this label.</summary>
    public JsonObject Control(string customIdOrLabel) =>
        Controls.FirstOrDefault(c => (string?)c["custom_id"] == customIdOrLabel) ?? Controls.FirstOrDefault(c => (string?)c["label"] == customIdOrLabel)
        ?? throw new InvalidOperationException($"The message shows no '{customIdOrLabel}', but {string.Join(", ", Buttons)}.");

    /// <summary>Takes over what an edit says; what it does not mention stays, and the whole must still be a message.</summary>
    public void Edit(JsonObject edit)
    {
        var edited = Content.DeepClone().AsObject();
        foreach (var (name, value) in edit)
        {
            // Components of version 2 cannot be taken back, and who sees a message was decided when it was made.
            if (name is "flags")
                edited["flags"] = ((int?)edited["flags"] ?? 0) | ((int?)value & RequestRules.ComponentsV2 ?? 0);
            else
                edited[name] = value?.DeepClone();
        }

        if (RequestRules.Message(edited, isNew: true).ToArray() is { Length: > 0 } problems)
            throw LoopbackRefusal.InvalidForm(problems);
        Content = edited;
        IsLoading = false;
        Edits++;
    }

    /// <summary>As it stands in Discord's answers and events.</summary>
    public JsonObject Json() => new()
    {
        ["id"] = Id,
        ["channel_id"] = Channel.Id,
        ["author"] = LoopbackWorld.BotUser(),
        ["content"] = (string?)Content["content"] ?? "",
        ["timestamp"] = "2026-01-01T00:00:00.000000+00:00",
        ["edited_timestamp"] = null,
        ["tts"] = false,
        ["mention_everyone"] = false,
        ["mentions"] = new JsonArray(),
        ["mention_roles"] = new JsonArray(),
        ["attachments"] = new JsonArray([.. (Content["attachments"] as JsonArray ?? []).Select((a, i) => new JsonObject
        {
            ["id"] = Id + i,
            ["filename"] = a?["filename"]?.DeepClone(),
            ["description"] = a?["description"]?.DeepClone(),
            ["size"] = Files.GetValueOrDefault((string?)a?["filename"] ?? "")?.Length ?? 0,
            ["url"] = "https://cdn.invalid/file",
            ["proxy_url"] = "https://cdn.invalid/file",
        })]),
        ["embeds"] = Content["embeds"]?.DeepClone() ?? new JsonArray(),
        ["components"] = Components.DeepClone(),
        ["pinned"] = false,
        ["type"] = 0,
        ["flags"] = ((int?)Content["flags"] ?? 0) | (OnlyFor is null ? 0 : 64) | (IsLoading ? 128 : 0),
        ["nonce"] = Content["nonce"]?.DeepClone(),
        ["application_id"] = LoopbackWorld.Application,
    };
}
