using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord.Interactions;

/// <summary>What an interaction is answered with.</summary>
/// <param name="Body">The callback.</param>
internal sealed record Told(JsonObject Body)
{
    /// <summary>Files that go with its message.</summary>
    public ImmutableArray<Upload> Files { get; init; } = [];
}
