using System.CommandLine;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices backup --out FILE</c>: a copy of the database, or of the keys, while everything runs.</summary>
internal static class BackupVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var to = new Option<string>("--out") { Description = "The file to write; one that is there is replaced.", Required = true, HelpName = "FILE" };
        var keys = new Option<bool>("--keys") { Description = "Copy the session keys in place of the database. Keep such copies for days, and apart." };
        var verb = new Command("backup", "Copy the database while everything runs. Words stay encrypted in it; keys are copied apart, with --keys.") { to, keys };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var copy = Path.GetFullPath(parsed.GetValue(to)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            await Backup.TakeAsync(parsed.GetValue(keys) ? station.Database.Vault.File : station.Database.File, copy, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { file = copy, keys = parsed.GetValue(keys), bytes = new FileInfo(copy).Length }, Output.Json)
                : parsed.GetValue(keys)
                    ? $"The keys are in {copy}. Keep it for a few days only, apart from the database: what was withdrawn can be read for as long as both are there."
                    : $"The database is in {copy}. Its words can be read only with the keys: 'fossvoices backup --keys --out FILE' copies those.");
            return ExitCode.Fine;
        });
        return verb;
    }
}
