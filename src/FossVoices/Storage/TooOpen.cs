namespace FossVoices.Storage;

/// <summary>Finds what other users of the machine can get at.</summary>
internal static class TooOpen
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The files of a data folder, copies included, and the folders of keys, that are not their owner's alone. Nothing, where the system has no such rights.</summary>
    public static IReadOnlyList<string> In(string dataFolder) => OperatingSystem.IsWindows() ? [] :
    [
        .. Directory.EnumerateFiles(dataFolder, "fossvoices.db*")
            .Concat(Directory.Exists(Path.Combine(dataFolder, "keys"))
                ? Directory.EnumerateFileSystemEntries(Path.Combine(dataFolder, "keys"), "*", SearchOption.AllDirectories).Append(Path.Combine(dataFolder, "keys"))
                : [])
            .Where(path => (File.GetUnixFileMode(path) & Others) != 0)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Takes the others' rights away.</summary>
    public static void Close(IReadOnlyList<string> paths)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var path in paths)
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
    }
}
