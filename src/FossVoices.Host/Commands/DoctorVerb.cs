using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices doctor</c>: whether database, tallies, keys, access log and file rights are sound, and what can be read with the keys that are there.</summary>
internal static class DoctorVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var repair = new Option<bool>("--repair") { Description = "Count tallies anew that differ from a recount, and close files that others can read." };
        var live = new Option<bool>("--live") { Description = "Try each thing that the bot needs on the real Discord and Teams instead." };
        var channel = new Option<string?>("--channel") { Description = "With --live: the id of a channel in Discord in which a message with a picture is posted, and deleted again.", HelpName = "ID" };
        var verb = new Command("doctor", "Check the database, the tallies, the keys and the log of accesses, and that every answer can be read.") { repair, live, channel };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var (data, json) = (parsed.GetValue(common.Data)!, parsed.GetValue(common.Json));
            if (parsed.GetValue(live))
                return await LiveDoctor.RunAsync(common.Settings, parsed.GetValue(channel), json, terminal, cancellationToken);
            try
            {
                await using var station = await Station.OpenAsync(data, terminal.Time, cancellationToken);
                var found = await DoctorReport.OfAsync(station, data, terminal.Time.GetUtcNow(), cancellationToken);
                if (parsed.GetValue(repair))
                    found = await found.RepairAsync(station, cancellationToken);
                found = found with { Platforms = PlatformsIn(common.Settings), Halfway = common.Settings.Halfway };
                await terminal.Out.WriteLineAsync(json ? found.InJson() : found.InWords());
                return found.Sound ? ExitCode.Fine : ExitCode.ErrorsFound;
            }
            catch (StorageUnavailable e) when (!cancellationToken.IsCancellationRequested)
            {
                if (await Checkup.WithoutKeysAsync(data, cancellationToken) is not { } there)
                    throw;
                await terminal.Error.WriteLineAsync(e.Message);
                await terminal.Out.WriteLineAsync(json
                    ? JsonSerializer.Serialize(new { sound = false, cause = e.Message, sessions = there.Sessions, chosen = there.Chosen, unreadableWords = there.Words }, Output.Json)
                    : string.Create(CultureInfo.InvariantCulture, $"The database alone has {there.Sessions} sessions. Without the right key: {there.Chosen} answers that were chosen can be read and counted; {there.Words} answers in people's own words cannot be read, nobody can be recognised, and receipts do not work."));
                return ExitCode.ErrorsFound;
            }
        });
        return verb;
    }

    /// <summary>Which chat platforms the settings switch on; what is wrong with them is <see cref="Settings.Halfway"/>.</summary>
    private static string PlatformsIn(Settings settings) => settings.Discord is { } discord
        ? $"Discord: on, {(discord.Transport == FossVoices.Discord.Transport.Http ? "called over HTTP" : "over the gateway")}; 'fossvoices doctor --live' tries it on the real one."
        : "Discord: off.";
}
