using System.CommandLine;
using System.Text.Json;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices wave STUDY open|close [WAVE]</c>.</summary>
internal static class WaveVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var word = new Argument<string>("open|close") { Description = "What to do." };
        word.AcceptOnlyFromAmong("open", "close");
        var wave = new Argument<string?>("WAVE") { Description = "The wave's id; needed where the study has several.", Arity = ArgumentArity.ZeroOrOne };
        var verb = new Command("wave", "Open or close a study, or one of its waves.") { study, word, wave };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var waves = taken.Waves.Select(w => w.Id).ToArray();
            var id = (parsed.GetValue(wave), waves) switch
            {
                (null, []) => "",
                (null, [var only]) => only,
                (null, _) => throw new CannotRun($"The study '{taken.Id}' has several waves: {string.Join(", ", waves)}. Name one.", ExitCode.WrongUsage),
                ({ } named, _) when waves.Contains(named) => named,
                ({ } named, _) => throw new CannotRun(
                    $"The study '{taken.Id}' has no wave '{Problems.Shown(named)}'. {(waves.Length == 0 ? "It has no waves: leave the name out." : $"There is {string.Join(", ", waves)}.")}",
                    ExitCode.WrongUsage),
            };
            var open = parsed.GetValue(word) == "open";
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            if (open)
                await station.Bundles.FreezeAsync(taken.Id, id, [.. taken.AskedIn(id).Select(flow => Bundle.Of(taken, flow))], cancellationToken);
            await station.Waves.SayAsync(taken.Id, id, open, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { study = taken.Id, wave = id, open }, Output.Json)
                : $"{(id.Length == 0 ? taken.Id : $"{taken.Id}, wave {id},")} is {(open ? "open" : "closed")}.");
            return ExitCode.Fine;
        });
        return verb;
    }
}
