using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Studies;

/// <summary>What came of reading a study's folder.</summary>
/// <param name="Study">The study, or null where any file has errors.</param>
/// <param name="Problems">Everything to mend, file by file; warnings do not keep a study from being opened.</param>
internal sealed record LoadedStudy(string Id, Study? Study, ImmutableArray<Problem> Problems);

/// <summary>Reads studies from disk: one folder, one study.</summary>
internal static class StudyFolder
{
    private static readonly ImmutableArray<(string Folder, string Files)> s_folders = [("flows", "*.json"), ("i18n", "*.json"), ("tests", "*.json"), (Study.PracticeFolder, "*.jsonl")];

    /// <summary>Every study below a folder, by name. Folders without a <c>study.json</c> are none.</summary>
    /// <param name="limits">Of the platforms that the study is to run on.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImmutableArray<LoadedStudy> LoadAll(string studies, params ImmutableArray<PlatformLimits> limits) =>
        [.. Directory.EnumerateDirectories(studies).Where(d => File.Exists(Path.Combine(d, "study.json"))).Order(StringComparer.Ordinal).Select(d => Load(d, limits))];

    /// <summary>Reads one study whole, so that everything to mend in it is known at once.</summary>
    public static LoadedStudy Load(string folder, params ImmutableArray<PlatformLimits> limits) => StudyCompiler.Compile(Read(folder), limits);

    /// <summary>The study's files as they are on disk, those that the format names and no others.</summary>
    public static StudyFiles Read(string folder)
    {
        var paths = ((string[])["study.json", "codebook.json"]).Concat(s_folders
            .Where(inside => Directory.Exists(Path.Combine(folder, inside.Folder)))
            .SelectMany(inside => Directory.EnumerateFiles(Path.Combine(folder, inside.Folder), inside.Files).Select(file => $"{inside.Folder}/{Path.GetFileName(file)}")));
        return new StudyFiles(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Path.TrimEndingDirectorySeparator(folder).Replace('\\', '/'),
            paths.ToImmutableSortedDictionary(path => path, path => ReadFile(Path.Combine(folder, path)), StringComparer.Ordinal));
    }

    private static StudyFile ReadFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > JsonFile.MostBytes)
                return new StudyFile.TooLarge(file.Length);

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return new StudyFile.Content([.. bytes]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? new StudyFile.Missing() : new StudyFile.Unreadable();
        }
    }
}
