using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices feedback STUDY</c>: what people said to those who run the study.</summary>
internal static class FeedbackVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var verb = new Command("feedback", "Read what people said with /voices feedback or in the web chat; there are no names to it.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var said = await station.Feedback.AllAsync(taken.Id, cancellationToken);
            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "feedback", said.Count, cancellationToken);
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(said.Select(f => new { at = f.At, text = f.Text }), Output.Json));
            else if (said.Count == 0)
                await terminal.Out.WriteLineAsync("Nobody has said anything yet.");
            else
                foreach (var one in said)
                    await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.At.UtcDateTime:yyyy-MM-dd}  {Shown(one.Text)}"));
            return ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>A terminal obeys control characters, so none are printed.</summary>
    public static string Shown(string text) => Reports.Harmless.Line(text);
}
