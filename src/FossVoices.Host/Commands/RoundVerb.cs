using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Fieldwork;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices round STUDY show|pick|bar|free|open</c>: prepares a mirror round, and opens it once somebody has looked at it.</summary>
internal static class RoundVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var word = new Argument<string>("show|pick|bar|free|open") { Description = "See what everybody would be shown; pick or bar an excerpt, or leave it to chance; or let the round open." };
        word.AcceptOnlyFromAmong("show", "pick", "bar", "free", "open");
        var excerpt = new Argument<string?>("EXCERPT") { Description = "The excerpt's id, as 'show' tells it.", Arity = ArgumentArity.ZeroOrOne };
        var wave = new Option<string?>("--wave") { Description = "The wave in which it is shown; needed where there are several.", HelpName = "WAVE" };
        var flow = new Option<string?>("--flow") { Description = "The flow with the mirrors; needed where there are several.", HelpName = "FLOW" };
        var verb = new Command("round", "Prepare a mirror round: what has been released, and who would be shown what.") { study, word, excerpt, wave, flow };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var (its, asked) = Which(taken, parsed.GetValue(wave), parsed.GetValue(flow));
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            using var random = RandomNumberGenerator.Create();
            var rounds = new Rounds(station.Rounds, station.Database, new Lottery(random));
            var prepared = await rounds.PrepareAsync(taken, its, taken.Flows[asked], cancellationToken);
            switch (parsed.GetValue(word))
            {
                case "pick" or "bar" or "free":
                    var state = parsed.GetValue(word) switch { "pick" => "picked", "bar" => "barred", _ => "" };
                    if (parsed.GetValue(excerpt) is not { } id || !await rounds.MarkAsync(taken, its, asked, id, state, cancellationToken))
                        throw new CannotRun("There is no such excerpt in this round, or the round is open already. 'fossvoices round STUDY show' lists them.", ExitCode.WrongUsage);
                    prepared = await rounds.PrepareAsync(taken, its, taken.Flows[asked], cancellationToken);
                    break;
                case "open":
                    if (!await rounds.OpenAsync(taken, prepared, Station.Operator, cancellationToken))
                        throw new CannotRun($"This round has been open since {prepared.State.OpenedAt:yyyy-MM-dd}, by {prepared.State.OpenedBy}.", ExitCode.CouldNotRun);
                    prepared = await rounds.PrepareAsync(taken, its, taken.Flows[asked], cancellationToken);
                    break;
            }

            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "released words for a round", prepared.Excerpts.Length, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json) ? Json(taken, rounds, prepared) : Text(taken, rounds, prepared));
            return ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>Every round that a study could have: a flow with mirrors, in a wave that asks it.</summary>
    internal static ImmutableArray<(string Wave, string Flow)> Of(Study study) =>
    [
        .. from wave in study.Waves.Select(wave => wave.Id).DefaultIfEmpty("")
           from flow in study.AskedIn(wave)
           where !flow.Mirrors.IsEmpty
           select (wave, flow.Id),
    ];

    private static (string Wave, string Flow) Which(Study study, string? wave, string? flow) =>
        Of(study).Where(round => (wave ?? round.Wave) == round.Wave && (flow ?? round.Flow) == round.Flow).ToArray() switch
        {
            [var only] => only,
            [] => throw new CannotRun($"The study '{study.Id}' has no such round: no flow with an item of type 'mirror' is asked there.", ExitCode.WrongUsage),
            _ => throw new CannotRun("There are several rounds; name one with --wave and --flow.", ExitCode.WrongUsage),
        };

    private static string Text(Study study, Rounds rounds, PreparedRound prepared)
    {
        var lines = new List<string>
        {
            prepared.State.OpenedAt is { } at ? $"Open since {at:yyyy-MM-dd}, by {prepared.State.OpenedBy}." : "Not open yet: nobody is shown anything before 'fossvoices round STUDY open'.",
        };
        if (study.Release is null)
            lines.Add("The study offers no release (see 'release' in study.json), so only transcripts can be shown.");
        foreach (var item in prepared.Excerpts.GroupBy(excerpt => excerpt.Item, StringComparer.Ordinal))
        {
            lines.Add("");
            lines.Add($"{item.Key}: {item.Count()} released");
            foreach (var excerpt in item)
            {
                var shown = rounds.Shown(study, excerpt.Words);
                lines.Add($"  {excerpt.Id}  {excerpt.State,-6}  {Harmless.Line($"“{shown.Text}” ({shown.From})")}");
            }
        }

        lines.Add("");
        foreach (var (mirror, number) in prepared.Mirrors.Select((mirror, i) => (mirror, i + 1)))
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{number}. {mirror.Side}: {string.Join("; ", mirror.Excerpts.Select(item => $"{item.Key} {(item.Value.IsEmpty ? "nothing" : string.Join(' ', item.Value))}"))}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Json(Study study, Rounds rounds, PreparedRound prepared) => JsonSerializer.Serialize(
        new
        {
            wave = prepared.Wave,
            flow = prepared.Flow.Id,
            openedBy = prepared.State.OpenedBy,
            openedAt = prepared.State.OpenedAt,
            excerpts = prepared.Excerpts.Select(excerpt => new { id = excerpt.Id, item = excerpt.Item, side = excerpt.Words.Side, state = excerpt.State, text = rounds.Shown(study, excerpt.Words).Text, from = rounds.Shown(study, excerpt.Words).From }),
            mirrors = prepared.Mirrors.Select((mirror, i) => new { reader = i + 1, side = mirror.Side, shown = mirror.Excerpts }),
        },
        Output.Json);
}
