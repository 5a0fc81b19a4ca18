using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices check [PATH…]</c>: every problem in every file of every study at once.</summary>
internal static class CheckVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Folders of studies; all studies where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var verb = new Command("check", "Find every problem in every file of every study.") { paths };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(paths) ?? [];
            var loaded = named.Length == 0 ? Shelf.Look(parsed.GetValue(common.Studies)!) : [.. named.SelectMany(Named)];
            var problems = loaded.SelectMany(s => s.Problems).ToImmutableArray();
            await (parsed.GetValue(common.Json) ? WriteJsonAsync(problems, terminal.Out) : WriteAsync(loaded, problems, terminal.Out));
            return problems.Any(p => p.Severity == Severity.Error) ? ExitCode.ErrorsFound : ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>A study's folder, a folder of studies, or a file inside a study.</summary>
    private static IEnumerable<LoadedStudy> Named(string path)
    {
        for (var folder = File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) : path; folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "study.json")))
                return [StudyFolder.Load(folder)];
        }

        return Directory.Exists(path)
            ? StudyFolder.LoadAll(path) is { IsEmpty: false } all ? all : throw new CannotRun($"There is no study in '{path}'. A study is a folder with a study.json.", ExitCode.WrongUsage)
            : throw new CannotRun($"There is no '{path}'.", ExitCode.WrongUsage);
    }

    private static async Task WriteAsync(ImmutableArray<LoadedStudy> loaded, ImmutableArray<Problem> problems, TextWriter output)
    {
        foreach (var problem in problems)
            await output.WriteLineAsync(problem.ToString());

        var errors = problems.Count(p => p.Severity == Severity.Error);
        await output.WriteLineAsync(problems.IsEmpty
            ? $"{string.Join(", ", loaded.Select(s => s.Id))}: nothing to mend."
            : $"{errors} {(errors == 1 ? "error" : "errors")}, {problems.Length - errors} {(problems.Length - errors == 1 ? "warning" : "warnings")}.");
    }

    private static Task WriteJsonAsync(ImmutableArray<Problem> problems, TextWriter output) =>
        output.WriteLineAsync(JsonSerializer.Serialize(
            new
            {
                problems = problems.Select(p => new
                {
                    file = p.File,
                    line = p.Line,
                    column = p.Column,
                    severity = p.Severity == Severity.Error ? "error" : "warning",
                    code = p.Code,
                    message = p.Message,
                    suggestion = p.Suggestion,
                }),
            },
            Output.Json));
}
