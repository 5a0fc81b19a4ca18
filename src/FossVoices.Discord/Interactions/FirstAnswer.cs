using System.Text.Json.Nodes;

namespace FossVoices.Discord.Interactions;

/// <summary>What to answer to an interaction at once.</summary>
internal abstract record FirstAnswer
{
    private FirstAnswer()
    {
    }

    /// <summary>The answer itself.</summary>
    /// <param name="Told">The callback, or null where nothing is to be answered.</param>
    public sealed record Whole(Told? Told) : FirstAnswer;

    /// <summary>Only that an answer comes.</summary>
    /// <param name="Deferral">The callback that says so.</param>
    /// <param name="Later">The answer, when it is there.</param>
    public sealed record Deferred(JsonObject Deferral, Task<Told?> Later) : FirstAnswer;

    /// <summary>It came too late for any answer.</summary>
    public sealed record Late : FirstAnswer;

    /// <summary>The callback to send now, or null.</summary>
    public JsonObject? Now => this switch
    {
        Whole(var told) => told?.Body,
        Deferred(var deferral, _) => deferral,
        _ => null,
    };
}
