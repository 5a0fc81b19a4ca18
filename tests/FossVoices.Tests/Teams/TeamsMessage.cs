using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>A message as it stands in a conversation.</summary>
internal sealed class TeamsMessage(string id, TeamsConversation conversation, JsonObject activity)
{
    private readonly Dictionary<string, JsonObject> _views = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    public TeamsConversation Conversation { get; } = conversation;

    /// <summary>The activity as it was last sent.</summary>
    public JsonObject Activity { get; private set; } = activity;

    /// <summary>How often it was changed for everybody.</summary>
    public int Edits { get; private set; }

    public bool IsDeleted { get; set; }

    public string Text => (string?)Activity["text"] ?? "";

    /// <summary>The card that this person sees; null where the message has none.</summary>
    public CardView? CardFor(TeamsPerson person) => _views.TryGetValue(person.Id, out var view) ? new CardView(view) : Card;

    /// <summary>The card that everybody sees who has no view of their own.</summary>
    public CardView? Card => CardOf(Activity) is { } card ? new CardView(card) : null;

    public ImmutableArray<JsonObject> Attachments => [.. (Activity["attachments"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>All that can be read, by this person.</summary>
    public string TextFor(TeamsPerson person) => string.Join('\n', new[] { Text, CardFor(person)?.Text ?? "" }.Where(part => part.Length > 0));

    /// <summary>Changes it for everybody; views of one's own are gone.</summary>
    public void Replace(JsonObject activity)
    {
        Activity = activity;
        Edits++;
        _views.Clear();
    }

    /// <summary>Shows another card to one person, as the answer to that person's click does.</summary>
    public void ShowTo(TeamsPerson person, JsonObject card) => _views[person.Id] = card;

    /// <summary>As it looks now to somebody, kept by a device that does not hear of changes.</summary>
    public TeamsMessage Frozen(TeamsPerson person)
    {
        var copy = new TeamsMessage(Id, Conversation, Activity.DeepClone().AsObject());
        if (_views.TryGetValue(person.Id, out var view))
            copy._views[person.Id] = view.DeepClone().AsObject();
        return copy;
    }

    public static JsonObject? CardOf(JsonObject activity) => (activity["attachments"] as JsonArray ?? []).OfType<JsonObject>()
        .FirstOrDefault(a => (string?)a["contentType"] == CardView.ContentType)?["content"] as JsonObject;
}
