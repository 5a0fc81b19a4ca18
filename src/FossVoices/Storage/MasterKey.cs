using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Storage;

/// <summary>The secret from which every study's key is derived. It lies in a file of its own, never in the database or its backups.</summary>
internal sealed class MasterKey
{
    private const int Length = 32;

    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>What the database keeps, to know its key again. Says nothing about the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(_key, "fingerprint"u8));

    /// <summary>One key per study, so that nobody can be followed from one to another.</summary>
    public byte[] OfStudy(string study) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"study|{study}"));

    public static MasterKey? Read(string file)
    {
        if (!File.Exists(file))
            return null;

        var key = File.ReadAllBytes(file);
        return key.Length == Length
            ? new MasterKey(key)
            : throw new StorageUnavailable($"The key file '{file}' is damaged: it has {key.Length} bytes instead of {Length}; restore a backup of it.");
    }

    /// <summary>Makes the file whole or not at all, readable for its owner alone.</summary>
    public static MasterKey Make(string file)
    {
        OwnersOnly.Folder(Path.GetDirectoryName(file)!);
        var key = RandomNumberGenerator.GetBytes(Length);
        var unfinished = file + ".new";
        File.Delete(unfinished);
        using (var stream = OwnersOnly.NewFile(unfinished))
        {
            stream.Write(key);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: false);
        return new MasterKey(key);
    }
}

/// <summary>Makes files and folders that no other user of the machine can read.</summary>
internal static class OwnersOnly
{
    /// <summary>Makes the folder where there is none; one that is there keeps its rights.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
