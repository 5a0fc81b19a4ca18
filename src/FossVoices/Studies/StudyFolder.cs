using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>What came of reading a study's folder.</summary>
/// <param name="Study">The study, or null where any file has errors.</param>
/// <param name="Problems">Everything to mend, file by file; warnings do not keep a study from being opened.</param>
internal sealed record LoadedStudy(string Id, Study? Study, ImmutableArray<Problem> Problems);

/// <summary>Reads studies from disk: one folder, one study.</summary>
internal static partial class StudyFolder
{
    /// <summary>Every study below a folder, by name. Folders without a <c>study.json</c> are none.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImmutableArray<LoadedStudy> LoadAll(string studies) =>
        [.. Directory.EnumerateDirectories(studies).Where(d => File.Exists(Path.Combine(d, "study.json"))).Order(StringComparer.Ordinal).Select(Load)];

    /// <summary>Reads one study whole, so that everything to mend in it is known at once.</summary>
    public static LoadedStudy Load(string folder)
    {
        var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var files = new List<Problems>();
        var study = Read(folder, id, files);
        var problems = files.SelectMany(f => f.InOrder()).ToImmutableArray();
        return new LoadedStudy(id, problems.Any(p => p.Severity == Severity.Error) ? null : study, problems);
    }

    private static Study? Read(string folder, string id, List<Problems> files)
    {
        var (codebookRoot, codebookProblems) = ReadFile(Path.Combine(folder, "codebook.json"), files);
        var (studyRoot, studyProblems) = ReadFile(Path.Combine(folder, "study.json"), files);
        if (!FolderName().IsMatch(id))
            studyProblems.Error("FV006", Position.Start, $"the folder's name '{Problems.Shown(id)}' is no id", "use small letters, digits, _ and -, beginning with a letter");

        var codebook = codebookRoot is null ? null : CodebookFile.Compile(codebookRoot, codebookProblems);
        if (studyRoot is null || StudyReader.Read(studyRoot, id, codebook ?? new Codebook(id, 1, []), studyProblems) is not { } study)
            return null;

        var flowFiles = Directory.Exists(Path.Combine(folder, "flows"))
            ? Directory.EnumerateFiles(Path.Combine(folder, "flows"), "*.json").Order(StringComparer.Ordinal).ToImmutableArray()
            : [];
        // Without a codebook every code would be unknown, which is not what is wrong.
        ImmutableArray<string>? codes = codebook is null ? null : [.. codebook.Given.Select(c => c.Id)];
        var flows = ImmutableSortedDictionary.CreateBuilder<string, Flow>(StringComparer.Ordinal);
        foreach (var path in flowFiles)
        {
            var flowId = Path.GetFileNameWithoutExtension(path);
            var (root, problems) = ReadFile(path, files);
            if (root is Node.Object file && file.TextOf("id") is { } written && written != flowId)
                problems.Error("FV021", file.Where("id"), $"the id '{Problems.Shown(written)}' differs from the file's name '{flowId}'", "give both the same name");
            if (root is not null && codes is { } known && FlowFile.Read(root, StudyReader.SettingFor(study, flowId), known, problems) is { } flow)
                flows[flowId] = flow;
        }

        study = study with { Flows = flows.ToImmutable() };
        StudyReader.CheckAgainstFlows(study, studyRoot, [.. flowFiles.Select(f => Path.GetFileNameWithoutExtension(f))], studyProblems);
        return study;
    }

    private static (Node? Root, Problems Problems) ReadFile(string path, List<Problems> files)
    {
        var problems = new Problems(path.Replace('\\', '/'));
        files.Add(problems);
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > JsonFile.MostBytes)
            {
                problems.Error("FV008", Position.Start, $"the file has {file.Length:N0} bytes; {JsonFile.MostBytes:N0} is the most that is read", "split the study into smaller flows");
                return (null, problems);
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return (JsonFile.Read(bytes, problems), problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error("FV022", Position.Start, e is FileNotFoundException or DirectoryNotFoundException ? "the file is missing" : "the file can't be read", "a study needs study.json, codebook.json and flows/");
            return (null, problems);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex FolderName();
}
