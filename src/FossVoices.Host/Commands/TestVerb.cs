using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices test [STUDY]</c>: plays the studies' own scripted cases, each with several draws.</summary>
internal static class TestVerb
{
    /// <summary>A case must hold whatever chance decides, so each is played with so many draws.</summary>
    private const int Draws = 20;

    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string?>("STUDY") { Description = "The study's id; every study where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var verb = new Command("test", "Play the scripted cases of tests/*.json.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(common.Studies)!;
            var studies = parsed.GetValue(study) is { } id ? [Shelf.Take(folder, id)] : Shelf.Look(folder).Select(s => s.Study ?? throw Shelf.Broken(s)).ToImmutableArray();
            var cases = studies.SelectMany(s => Played(s, folder)).ToImmutableArray();
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(new { cases }, Output.Json));
            else
                await terminal.Out.WriteLineAsync(Text(cases));
            return cases.All(c => c.Holds) ? ExitCode.Fine : ExitCode.ErrorsFound;
        });
        return verb;
    }

    private static IEnumerable<PlayedCase> Played(Study study, string folder)
    {
        var facts = new Facts("1 January 2030", study.MinimumGroup);
        foreach (var (flowId, cases) in study.Tests)
        {
            var file = $"{Path.TrimEndingDirectorySeparator(folder).Replace('\\', '/')}/{study.Id}/tests/{flowId}.json";
            foreach (var scripted in cases)
            {
                var plays = Enumerable.Range(1, Draws).Select(seed => scripted.Play(study.Flows[flowId], seed, facts)).ToImmutableArray();
                var failed = plays.FirstOrDefault(p => !p.Wrong.IsEmpty);
                yield return new PlayedCase(
                    study.Id, flowId, scripted.Name, file, scripted.At.Line, failed is null,
                    [.. plays.SelectMany(p => p.Wrong).CountBy(w => w).Select(w => w.Value == Draws ? w.Key : string.Create(CultureInfo.InvariantCulture, $"{w.Key} (with {w.Value} of {Draws} draws)"))],
                    failed?.Asked ?? []);
            }
        }
    }

    private static string Text(ImmutableArray<PlayedCase> cases)
    {
        if (cases.IsEmpty)
            return "There are no scripted cases. Write some in tests/FLOW.json; docs/study-format.md shows how.";

        var failed = cases.Where(c => !c.Holds).ToImmutableArray();
        var lines = failed.SelectMany(c => (string[])
        [
            $"{c.File}:{c.Line}: {c.Name}",
            .. c.Wrong.Select(w => $"  {w}"),
            $"  asked were: {string.Join(", ", c.Asked)}",
            "",
        ]);
        var summary = string.Create(CultureInfo.InvariantCulture, $"{cases.Length} {(cases.Length == 1 ? "case" : "cases")}, each with {Draws} draws: {(failed.IsEmpty ? "all hold" : $"{failed.Length} {(failed.Length == 1 ? "does" : "do")} not hold")}.");
        return string.Join('\n', lines.Append(summary));
    }

    /// <param name="Asked">What was asked with the first draw that failed.</param>
    private sealed record PlayedCase(string Study, string Flow, string Name, string File, int Line, bool Holds, ImmutableArray<string> Wrong, ImmutableArray<string> Asked);
}
