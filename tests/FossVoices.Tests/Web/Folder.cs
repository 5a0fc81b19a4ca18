namespace FossVoices.Tests.Web;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("voices-").FullName;

    /// <summary>Copies a folder into this one and returns where one of its files is now.</summary>
    public string Copy(string folder, string file)
    {
        var name = System.IO.Path.GetFileName(folder);
        foreach (var from in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(Path, name, System.IO.Path.GetRelativePath(folder, from));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            System.IO.File.Copy(from, to);
        }

        return System.IO.Path.Combine(Path, name, file);
    }

    /// <summary>Where a file of the folder is.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
