using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Host.Commands;

/// <summary>What the chat platforms can show, for <c>check</c>.</summary>
internal static class Platforms
{
    /// <summary>Of a message and its components..</summary>
    private static readonly PlatformLimits s_discord = new("Discord", Question: 2_000, Button: 80, Choice: 100, Choices: 25, Beyond: "see its beginning and …");

    /// <summary>A card may have 25 KB, by a rule of our own; labels and lists know no limit but that.</summary>
    private static readonly PlatformLimits s_teams = new("Teams", Question: 10_000, Button: 10_000, Choice: 10_000, Choices: 500, Beyond: "see its beginning and …");

    public static ImmutableArray<PlatformLimits> Limits { get; } = [s_discord, s_teams];
}
