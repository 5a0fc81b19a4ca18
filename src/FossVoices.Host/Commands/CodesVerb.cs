using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Definitions;
using FossVoices.Fieldwork;
using FossVoices.Sessions;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices codes STUDY --side SIDE --count N</c>: one-time codes to hand out.</summary>
internal static class CodesVerb
{
    private const int Most = 10_000;

    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var side = new Option<string>("--side") { Description = "The side of those who get them.", Required = true };
        side.AcceptOnlyFromAmong("upstream", "downstream");
        var count = new Option<int>("--count") { Description = "How many.", Required = true };
        var wave = new Option<string?>("--wave") { Description = "The wave in which they hold; the one that is open, or the next, where none is named." };
        var verb = new Command("codes", "Make one-time codes to hand out: each opens a web link once, and shows a side once.") { study, side, count, wave };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var named = parsed.GetValue(side)!;
            var wanted = parsed.GetValue(count);
            if (wanted is < 1 or > Most)
                throw new CannotRun($"--count takes a number from 1 to {Most}.", ExitCode.WrongUsage);
            var attests = taken.Attestation.TryGetValue(named, out var how) && how.Codes;
            if (!taken.OneTimeCodes && !attests)
            {
                throw new CannotRun(
                    $"The study '{taken.Id}' asks for no codes: set places.one_time_codes to true to open web links with them, or attestation.{named}.codes to show a side with them.");
            }

            if (parsed.GetValue(wave) is { } id && taken.Waves.All(w => w.Id != id))
                throw new CannotRun($"The study '{taken.Id}' has no wave '{Problems.Shown(id)}'.", ExitCode.WrongUsage);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var holds = parsed.GetValue(wave) ?? (await new Openings(station.Waves, terminal.Time).NowAsync(taken, taken.DefaultFlow, cancellationToken)).Wave;
            var codes = Enumerable.Range(0, wanted).Select(_ => OneTimeCode.Of(RandomNumberGenerator.GetBytes(10))).ToImmutableArray();
            await station.Codes.KeepAsync(taken.Id, named, holds, codes, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { study = taken.Id, side = named, wave = holds, opensLinks = taken.OneTimeCodes, attests, codes = codes.Select(code => code.Text) }, Output.Json)
                : string.Join(Environment.NewLine, codes.Select(code => code.Text)));
            return ExitCode.Fine;
        });
        return verb;
    }
}
