using System.Runtime.Versioning;

namespace FossVoices.Storage;

/// <summary>Finds what other users of the machine can get at.</summary>
internal static class TooOpen
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The files of a data folder, copies included, and the folders of keys, that are not their owner's alone. Nothing, where the system has no such rights.</summary>
    public static IReadOnlyList<string> In(string dataFolder)
    {
        var open = new List<string>();
        if (OperatingSystem.IsWindows())
            return open;
        var keys = Path.Combine(dataFolder, "keys");
        foreach (var path in Directory.EnumerateFiles(dataFolder, $"{Database.FileName}*").Concat(Directory.EnumerateFileSystemEntries(keys, "*", SearchOption.AllDirectories)).Append(keys))
        {
            if (IsOpen(path))
                open.Add(path);
        }

        open.Sort(StringComparer.Ordinal);
        return open;
    }

    /// <summary>Takes the others' rights away.</summary>
    public static void Close(IReadOnlyList<string> paths)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var path in paths)
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string path) => (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
}
