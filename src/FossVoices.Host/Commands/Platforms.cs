using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Discord;

namespace FossVoices.Host.Commands;

/// <summary>What the chat platforms can show, for <c>check</c>.</summary>
internal static class Platforms
{
    /// <summary>A card may have 25 KB, by a rule of our own; labels and lists know no limit but that.</summary>
    private static readonly PlatformLimits s_teams = new("Teams", Question: 10_000, Button: 10_000, Choice: 10_000, Choices: 500, Beyond: "see its beginning and …");

    public static ImmutableArray<PlatformLimits> Limits { get; } = [DiscordLimits.Limits, s_teams];
}
