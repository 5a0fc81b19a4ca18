using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>Something that a person did, and what came of it.</summary>
internal sealed class LoopbackInteraction(string id, int kind, DiscordPerson person, LoopbackChannel channel, LoopbackMessage? source, DateTimeOffset at)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = id;

    public string Token { get; } = $"tok-{id}-{Guid.NewGuid():N}";

    /// <summary>2 command, 3 component, 4 autocomplete, 5 modal.</summary>
    public int Kind { get; } = kind;

    public DiscordPerson Person { get; } = person;

    public LoopbackChannel Channel { get; } = channel;

    /// <summary>The message that was clicked, or from which the modal was opened.</summary>
    public LoopbackMessage? Source { get; } = source;

    public DateTimeOffset At { get; } = at;

    /// <summary>What was sent to the bot.</summary>
    public JsonObject? Payload { get; set; }

    /// <summary>The first answer's type; null while there is none.</summary>
    public int? Answered { get; set; }

    /// <summary>After how long.</summary>
    public TimeSpan AnsweredAfter { get; set; }

    /// <summary>Whether the token is past its fifteen minutes.</summary>
    public bool IsExpired { get; set; }

    /// <summary>The message that the answer made or changed: what the person now sees.</summary>
    public LoopbackMessage? Message { get; set; }

    /// <summary>The modal that opened.</summary>
    public JsonObject? Modal { get; set; }

    public JsonArray? Choices { get; set; }

    public List<LoopbackMessage> FollowUps { get; } = [];

    /// <summary>Where the first answer failed: why.</summary>
    public string? Failure { get; set; }

    /// <summary>When the first answer is there, or three seconds are over.</summary>
    public Task First => _first.Task;

    /// <summary>When nothing "is thinking" any more: the answer, or the edit after a deferral.</summary>
    public Task Settled => _settled.Task;

    public void IsAnswered()
    {
        _first.TrySetResult();
        if (Answered is not (5 or 6))
            _settled.TrySetResult();
    }

    public void IsSettled() => _settled.TrySetResult();
}
