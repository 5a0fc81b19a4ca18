using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Sessions;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices withdraw STUDY --receipt CODE</c>: deletes one session for an operator who was asked to.</summary>
internal static class WithdrawVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var receipt = new Option<string>("--receipt") { Description = "The code that the person got on agreeing.", Required = true, HelpName = "CODE" };
        var verb = new Command("withdraw", "Delete everything that one person answered in one flow, by the receipt.") { study, receipt };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            // Not looked up on the shelf: people can withdraw from a study whose files are broken or gone.
            var id = parsed.GetValue(study)!;
            if (!Receipt.TryRead(parsed.GetValue(receipt), out var code))
                throw new CannotRun("That is no receipt. A receipt has sixteen letters and digits, such as 0123-4567-89ab-cdef.", ExitCode.WrongUsage);

            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var session = await station.Turns.FindByReceiptAsync(id, code.Fingerprint, cancellationToken)
                ?? throw new CannotRun($"Nothing is kept in '{id}' under this receipt. It may have been withdrawn already, or belong to another study.", ExitCode.ErrorsFound);
            var withdrawn = await station.Turns.WithdrawAsync(id, session.Id, cancellationToken);
            var answers = session.Progress.Answers.Count;
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { study = id, answers, scrubbed = withdrawn.Scrubbed }, Output.Json)
                : string.Create(CultureInfo.InvariantCulture, $"Withdrawn: {answers} {(answers == 1 ? "answer" : "answers")} deleted.")
                    + (withdrawn.Scrubbed ? "" : " Another program was reading, so the file is not scrubbed yet; it will be at the next withdrawal or backup."));
            return ExitCode.Fine;
        });
        return verb;
    }
}
