using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>What whoever starts the bot is told: what is served, where answers lie, and what to do next.</summary>
internal static class Greeting
{
    public static string Of(ImmutableArray<Study> studies, ImmutableArray<string> addresses, string dataFolder, bool isInDiscord, bool isInTeams = false)
    {
        var home = addresses[0].TrimEnd('/');
        var text = new StringBuilder($"FossVoices is running at {string.Join(" and ", addresses.Select(a => a.TrimEnd('/')))}\n");
        foreach (var study in studies)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {study.Title}\n");
            if (study.Simulated)
                text.Append(CultureInfo.InvariantCulture, $"    {home}/r/{study.Id}\n      Its report. Nothing of it is kept.\n");
            foreach (var flow in study.Flows.Values.OrderBy(f => f.Id != study.DefaultFlow).ThenBy(f => f.Id, StringComparer.Ordinal))
            {
                var facts = new Facts("", study.MinimumGroup);
                text.Append(CultureInfo.InvariantCulture, $"    {home}{Way.To(study, flow.Id).Page()}\n");
                text.Append(CultureInfo.InvariantCulture, $"      {Prompting.Title(flow, facts)} ({flow.Minutes} minutes)\n");
            }
        }

        var first = Way.To(studies[0], studies[0].DefaultFlow).Page();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            Next: open an address in a browser and answer; share it to ask others.
            {(studies[0].Sources is [var source, ..] ? $"To count where people come from, share {home}{first}?from={source}\n" : "")}Answers are kept in {dataFolder}. Back up all of it, its keys apart from the rest.
            {Chats(isInDiscord, isInTeams)}
            Settings go into appsettings.json (see appsettings.sample.json). Ctrl+C stops.

            """);
        return text.ToString();
    }

    private static string Chats(bool isInDiscord, bool isInTeams) => (isInDiscord, isInTeams) switch
    {
        (true, true) => "Discord and Microsoft Teams are on: an organiser says /voices-study open in a channel of Discord, or @mentions the bot in one of Teams with: voices-study open.",
        (true, false) => "Discord is on: an organiser says /voices-study open in a channel. Microsoft Teams is off.",
        (false, true) => "Microsoft Teams is on: an organiser @mentions the bot in a channel with: voices-study open. Discord is off.",
        _ => "Discord and Microsoft Teams are off; docs/running-on-discord.md and docs/running-on-teams.md say how to switch them on.",
    };
}
