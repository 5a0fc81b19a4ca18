using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices rotate-key</c>: another master key. Pseudonyms and receipts stay.</summary>
internal static class RotateKeyVerb
{
    private const string Next = "FOSSVOICES_NEW_MASTER_KEY";

    public static Command Create(Common common, Terminal terminal)
    {
        var verb = new Command("rotate-key", "Exchange the master key. Pseudonyms, receipts and words stay as they are.");
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var fromEnvironment = MasterKey.FromEnvironment(MasterKey.Variable) is not null;
            var next = MasterKey.FromEnvironment(Next);
            if (fromEnvironment != next is not null)
            {
                throw new CannotRun(fromEnvironment
                    ? $"The master key comes from {MasterKey.Variable}, so the new one must too: set {Next} to it ('openssl rand -hex 32' makes one)."
                    : $"{Next} is set, but the master key is in a file; unset it, and a new file is made.", ExitCode.WrongUsage);
            }

            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var keys = await station.Database.Vault.RotateAsync(next, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { keys }, Output.Json)
                : string.Create(CultureInfo.InvariantCulture, $"Done: {keys} session {(keys == 1 ? "key is" : "keys are")} wrapped with a new master key. ")
                    + (fromEnvironment ? $"Put the new one into {MasterKey.Variable} now." : "Back up data/keys/master.key now, and delete old copies of both key files."));
            return ExitCode.Fine;
        });
        return verb;
    }
}
