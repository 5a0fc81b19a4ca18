using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Studies;

/// <summary>The files of one study, wherever they come from.</summary>
/// <param name="Id">The folder's name.</param>
/// <param name="Shown">The folder as the person named it, for messages.</param>
/// <param name="Files">By path within the folder, with <c>/</c>.</param>
internal sealed record StudyFiles(string Id, string Shown, ImmutableSortedDictionary<string, StudyFile> Files)
{
    /// <summary>The paths of the files in one of the study's folders.</summary>
    public IEnumerable<string> In(string folder) => Files.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The file as JSON; null where it is none, which is then among the problems.</summary>
    public (Node? Root, Problems Problems) Parse(string path)
    {
        var (bytes, problems) = Read(path);
        return (bytes is { } content ? JsonFile.Read(content.AsSpan(), problems) : null, problems);
    }

    /// <summary>What the file holds; null where it can't be had, which is then among the problems.</summary>
    public (ImmutableArray<byte>? Bytes, Problems Problems) Read(string path)
    {
        var problems = new Problems(Shown.Length == 0 ? path : $"{Shown}/{path}");
        switch (Files.GetValueOrDefault(path, new StudyFile.Missing()))
        {
            case StudyFile.Content(var bytes):
                return (bytes, problems);
            case StudyFile.TooLarge(var length):
                JsonFile.TooLarge(length, problems);
                break;
            case StudyFile.Missing:
                problems.Error("FV022", Position.Start, "the file is missing", "a study needs study.json, codebook.json and flows/");
                break;
            default:
                problems.Error("FV022", Position.Start, "the file can't be read", "look at who may read it");
                break;
        }

        return (null, problems);
    }
}

/// <summary>One file of a study, or why there is none.</summary>
internal abstract record StudyFile
{
    private StudyFile()
    {
    }

    public sealed record Content(ImmutableArray<byte> Bytes) : StudyFile;

    public sealed record TooLarge(long Length) : StudyFile;

    public sealed record Missing : StudyFile;

    public sealed record Unreadable : StudyFile;
}
