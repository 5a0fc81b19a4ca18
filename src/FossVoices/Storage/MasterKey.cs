using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Storage;

/// <summary>
/// The secret that wraps all other keys. It lies in a file of its own, or comes from the environment; never in the database, nor in any backup that the program makes.
/// </summary>
internal sealed class MasterKey
{
    /// <summary>The environment variable that takes the file's place: 64 hex digits, or base 64 of 32 bytes.</summary>
    public const string Variable = "FOSSVOICES_MASTER_KEY";

    private const int Length = 32;

    private readonly byte[] _key;
    private readonly byte[] _wrapping;

    private MasterKey(byte[] key)
    {
        _key = key;
        _wrapping = HMACSHA256.HashData(key, "wrap"u8);
        Fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(key, "fingerprint"u8));
    }

    /// <summary>What is kept beside things wrapped, to know the key again. Says nothing about the key.</summary>
    public string Fingerprint { get; }

    /// <summary>The root of a database that was made when the master key was its root.</summary>
    public RootKey AsRoot() => new(_key);

    public byte[] Wrap(string belongsTo, ReadOnlySpan<byte> key) => Sealed.Seal(_wrapping, belongsTo, key);

    /// <summary>Null where it was wrapped with another master key, or belongs elsewhere.</summary>
    public byte[]? Unwrap(string belongsTo, ReadOnlySpan<byte> wrapped) => Sealed.Open(_wrapping, belongsTo, wrapped);

    /// <summary>Whether the environment gives the key, so that no file is read.</summary>
    public static bool IsGiven => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The key that a variable of the environment holds; null where it is not set.</summary>
    public static MasterKey? FromEnvironment(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
            return null;

        var key = new byte[Length];
        if (text.Length == Length * 2 && Convert.FromHexString(text, key, out _, out var bytes) == System.Buffers.OperationStatus.Done && bytes == Length)
            return new MasterKey(key);
        return Convert.TryFromBase64String(text, key, out bytes) && bytes == Length
            ? new MasterKey(key)
            : throw new StorageUnavailable($"{variable} holds no key; it takes 64 hex digits, such as 'openssl rand -hex 32' prints.");
    }

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

/// <summary>What pseudonyms, receipts and delivery keys are derived from. It never changes, while the master key that wraps it may.</summary>
internal sealed class RootKey(byte[] key)
{
    private readonly ConcurrentDictionary<string, byte[]> _ofStudies = new(StringComparer.Ordinal);

    public byte[] Bytes { get; } = key;

    /// <summary>What the database keeps, to know its root again.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(HMACSHA256.HashData(key, "fingerprint"u8));

    /// <summary>One key per study, so that nobody can be followed from one to another.</summary>
    public byte[] OfStudy(string study) =>
        _ofStudies.GetOrAdd(study, static (id, root) => HMACSHA256.HashData(root, Encoding.UTF8.GetBytes($"study|{id}")), Bytes);

    public static RootKey New() => new(RandomNumberGenerator.GetBytes(32));
}
