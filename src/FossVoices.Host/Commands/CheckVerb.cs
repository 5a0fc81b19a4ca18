using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Storage;
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
            var changes = await SinceBegunAsync(loaded, parsed.GetValue(common.Data)!, terminal.Error, cancellationToken);
            var problems = loaded.SelectMany(s => s.Problems.Concat(
                changes.Where(c => c.Study == s.Study).Select(c => c.Change.ToProblem(c.Study)).OfType<Problem>())).ToImmutableArray();
            foreach (var missing in loaded.Select(s => s.Study).OfType<Study>().SelectMany(s => LlmConsent.Missing(common.Settings.Llm, s)))
                await terminal.Error.WriteLineAsync(missing);
            var codebooks = await CodebooksAsync(loaded, parsed.GetValue(common.Data)!, terminal.Error, cancellationToken);
            await (parsed.GetValue(common.Json) ? WriteJsonAsync(problems, changes, codebooks, terminal.Out) : WriteAsync(loaded, problems, changes, codebooks, terminal.Out));
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
                return [StudyFolder.Load(folder, Platforms.Limits)];
        }

        return Directory.Exists(path)
            ? StudyFolder.LoadAll(path, Platforms.Limits) is { IsEmpty: false } all ? all : throw new CannotRun($"There is no study in '{path}'. A study is a folder with a study.json.", ExitCode.WrongUsage)
            : throw new CannotRun($"There is no '{path}'.", ExitCode.WrongUsage);
    }

    /// <summary>What has changed since people began; nothing where there is no data folder, which is never made here.</summary>
    private static async Task<ImmutableArray<(Study Study, SinceBegun Change)>> SinceBegunAsync(
        ImmutableArray<LoadedStudy> loaded, string data, TextWriter error, CancellationToken cancellationToken)
    {
        var changes = ImmutableArray.CreateBuilder<(Study, SinceBegun)>();
        try
        {
            foreach (var study in loaded.Select(s => s.Study).OfType<Study>())
                changes.AddRange(SinceBegun.Of(study, await BundleStore.PeekAsync(data, study.Id, cancellationToken)).Select(change => (study, change)));
        }
        catch (StorageUnavailable e)
        {
            // The files can be checked all the same.
            await error.WriteLineAsync($"Not compared with what people began: {e.Message}");
        }

        return changes.ToImmutable();
    }

    /// <summary>What has changed in codebooks since answers were coded by them.</summary>
    private static async Task<ImmutableArray<(Study Study, KeptCodebook Then, CodebookDiff Diff)>> CodebooksAsync(
        ImmutableArray<LoadedStudy> loaded, string data, TextWriter error, CancellationToken cancellationToken)
    {
        var changes = ImmutableArray.CreateBuilder<(Study, KeptCodebook, CodebookDiff)>();
        try
        {
            foreach (var study in loaded.Select(s => s.Study).OfType<Study>())
            {
                if (await CodebookStore.PeekAsync(data, study.Id, cancellationToken) is { } then && then.Codebook.Hash != study.Codebook.Hash)
                    changes.Add((study, then, CodebookDiff.Between(then.Codebook, study.Codebook)));
            }
        }
        catch (StorageUnavailable e)
        {
            await error.WriteLineAsync($"Not compared with what answers were coded by: {e.Message}");
        }

        return changes.ToImmutable();
    }

    private static async Task WriteAsync(
        ImmutableArray<LoadedStudy> loaded, ImmutableArray<Problem> problems, ImmutableArray<(Study Study, SinceBegun Change)> changes,
        ImmutableArray<(Study Study, KeptCodebook Then, CodebookDiff Diff)> codebooks, TextWriter output)
    {
        foreach (var problem in problems)
            await output.WriteLineAsync(Reports.Harmless.Printable(problem.ToString()!));

        foreach (var (study, change) in changes)
        {
            await output.WriteLineAsync($"{study.Id}, {change.Flow}: {change.Means}. Sessions under way finish on what they began with.");
            foreach (var one in change.Changes)
                await output.WriteLineAsync($"  {one.Kind.ToString().ToLowerInvariant()}: {one.Says}");
        }

        foreach (var (study, then, diff) in codebooks.Where(change => !change.Diff.IsEmpty))
        {
            await output.WriteLineAsync($"{study.Id}, codebook: changed since answers were coded by version {then.Codebook.Version}{(then.Codebook.Version == study.Codebook.Version ? "; raise version" : "")}. 'fossvoices code {study.Id}' codes again what has to be.");
            foreach (var sentence in diff.Sentences())
                await output.WriteLineAsync($"  {sentence}");
        }

        var errors = problems.Count(p => p.Severity == Severity.Error);
        await output.WriteLineAsync(problems.IsEmpty
            ? $"{string.Join(", ", loaded.Select(s => s.Id))}: nothing to mend."
            : $"{errors} {(errors == 1 ? "error" : "errors")}, {problems.Length - errors} {(problems.Length - errors == 1 ? "warning" : "warnings")}.");
    }

    private static Task WriteJsonAsync(
        ImmutableArray<Problem> problems, ImmutableArray<(Study Study, SinceBegun Change)> changes, ImmutableArray<(Study Study, KeptCodebook Then, CodebookDiff Diff)> codebooks,
        TextWriter output) =>
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
                changes = changes.SelectMany(c => c.Change.Changes.Select(one => new
                {
                    study = c.Study.Id,
                    flow = c.Change.Flow,
                    kind = one.Kind.ToString().ToLowerInvariant(),
                    address = one.Address,
                    message = one.Says,
                })),
                codebooks = codebooks.Select(c => new
                {
                    study = c.Study.Id,
                    then = c.Then.Codebook.Version,
                    now = c.Study.Codebook.Version,
                    changes = c.Diff.Sentences(),
                    codeAgain = c.Diff.Heard.Order(StringComparer.Ordinal),
                    lookAgain = c.Diff.Redefined,
                    tagsChanged = c.Diff.TagsChanged,
                }),
            },
            Output.Json));
}
