using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord.Interactions;

/// <summary>What an interaction is answered with.</summary>
/// <param name="Body">The callback.</param>
internal sealed record Told(JsonObject Body)
{
    /// <summary>
    /// For an answer that everybody is to see: what its addressee alone reads where "wait a moment" had to be said first. That is said privately, and Discord
    /// lets nothing but a private message stand in its place, so the answer follows it.
    /// </summary>
    public JsonObject? Aside { get; init; }

    /// <summary>Files that go with its message.</summary>
    public ImmutableArray<Upload> Files { get; init; } = [];
}
