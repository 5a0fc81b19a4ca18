using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices status [STUDY]</c>: how many people came, from where, how far they got, and where they stop.</summary>
internal static class StatusVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string?>("STUDY") { Description = "The study's id; all of them where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var verb = new Command("status", "See how many people came, how far they got, and where they stop.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(common.Studies)!;
            string[] ids = parsed.GetValue(study) is { } named ? [Shelf.Take(folder, named).Id] : [.. Shelf.Look(folder).Select(s => s.Id)];
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var coverage = new CoverageStore(station.Database);
            var found = new List<(string Study, Coverage Coverage, IReadOnlyList<OutboxCount> Outbox, long Feedback)>();
            foreach (var id in ids)
                found.Add((id, await coverage.CountAsync(id, wave: null, cancellationToken), await station.Outbox.CountAsync(id, cancellationToken), await station.Feedback.CountAsync(id, cancellationToken)));

            if (parsed.GetValue(common.Json))
            {
                var documents = found.Select(f => Document(f.Study, f.Coverage, f.Outbox, f.Feedback)).ToArray();
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize<object>(documents is [var only] ? only : documents, Output.Json));
            }
            else
            {
                foreach (var (id, counted, posts, feedback) in found)
                {
                    await WriteAsync(id, counted, terminal.Out);
                    foreach (var line in OutboxWords.Of(posts))
                        await terminal.Out.WriteLineAsync($"  {line}");
                    if (feedback > 0)
                        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  feedback: {feedback}; read it with 'fossvoices feedback {id}'"));
                }
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static object Document(string study, Coverage c, IReadOnlyList<OutboxCount> outbox, long feedback) => new
    {
        study,
        persons = new { upstream = c.On(Sides.Upstream), downstream = c.On(Sides.Downstream), both = c.On(Sides.Both), unknown = c.On(Sides.Unknown) },
        started = c.Started,
        core = c.Core,
        finished = c.Finished,
        withdrawn = c.Withdrawn,
        sessions = c.Sessions,
        answers = c.Answers,
        bySource = By(c, g => g.Source).Select(g => new { source = g.Key, started = g.Started, core = g.Core, finished = g.Finished }),
        byPlatform = By(c, g => g.Platform).Select(g => new { platform = g.Key, started = g.Started, core = g.Core, finished = g.Finished }),
        stops = c.Stops.Select(s => new { flow = s.Flow, item = s.Address, persons = s.Persons }),
        outbox = outbox.Select(o => new { kind = o.Kind, state = o.State, reason = o.Reason, posts = o.Posts }),
        feedback,
    };

    private static async Task WriteAsync(string study, Coverage c, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{study}: {c.Started} people began, {c.Core} completed the core, {c.Finished} finished, {c.Withdrawn} withdrew; {c.Answers} answers in {c.Sessions} sessions."));
        if (c.Started == 0)
            return;

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  sides: {c.On(Sides.Upstream)} upstream, {c.On(Sides.Downstream)} downstream, {c.On(Sides.Both)} both, {c.On(Sides.Unknown)} not said"));
        foreach (var (platform, started, core, finished) in By(c, g => g.Platform))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  by {platform}: {started} began, {core} core, {finished} finished"));
        foreach (var (source, started, core, finished) in By(c, g => g.Source).Where(g => g.Key.Length > 0))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  from {source}: {started} began, {core} core, {finished} finished"));
        foreach (var stop in c.Stops.Take(5))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {stop.Persons} {(stop.Persons == 1 ? "stands" : "stand")} at {stop.Flow}, {stop.Address}"));
    }

    private static IEnumerable<(string Key, long Started, long Core, long Finished)> By(Coverage coverage, Func<CoverageCount, string> key) =>
        coverage.Groups.GroupBy(key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(c => c.Started), g.Sum(c => c.Core), g.Sum(c => c.Finished)));
}
