using System.CommandLine;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices restore FILE</c>: puts a backup of the database, or of the keys, in place.</summary>
internal static class RestoreVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A copy made with 'fossvoices backup'." };
        var keys = new Option<bool>("--keys") { Description = "The copy holds session keys, and not the database." };
        var verb = new Command("restore", "Put a backup in place. FossVoices must not be running; what was there stays beside it.") { file, keys };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var copy = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(copy))
                throw new CannotRun($"There is no file '{copy}'.", ExitCode.WrongUsage);

            var data = Path.GetFullPath(parsed.GetValue(common.Data)!);
            var (place, mark) = parsed.GetValue(keys)
                ? (Path.Combine(data, "keys", "sessions.db"), Backup.OfKeys)
                : (Path.Combine(data, "fossvoices.db"), Backup.OfDatabase);
            await Backup.PutBackAsync(copy, place, mark, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { restored = place }, Output.Json)
                : $"Restored {place}. Whatever was there is beside it as '{Path.GetFileName(place)}.replaced'. Now 'fossvoices doctor' says what can be read; then delete that file.");
            return ExitCode.Fine;
        });
        return verb;
    }
}
