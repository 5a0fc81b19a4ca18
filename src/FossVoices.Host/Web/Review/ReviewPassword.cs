using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Host.Commands;

namespace FossVoices.Host.Web.Review;

/// <summary>
/// The password of the review pages: as it is, or as <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c> (RFC 8018; salt and hash in base 64), so that a settings file need not hold it.
/// </summary>
internal sealed class ReviewPassword
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000; // OWASP, Password Storage Cheat Sheet, for PBKDF2 with HMAC-SHA256.
    private const int MostIterations = 10_000_000;
    private const int Length = 32;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private ReviewPassword(int iterations, byte[] salt, byte[] hash, string stamp) => (_iterations, _salt, _hash, Stamp) = (iterations, salt, hash, stamp);

    /// <summary>Changes when the password is set anew, and then whoever is signed in is so no more.</summary>
    public string Stamp { get; }

    /// <summary>Null where none is set: the pages then open on this computer alone.</summary>
    /// <exception cref="CannotRun">It is empty words, or begins like a hash and is none.</exception>
    public static ReviewPassword? Read(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
            return null;
        var stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(setting)).AsSpan(0, 8));
        if (!setting.StartsWith($"{Scheme}$", StringComparison.Ordinal))
            return Of(setting, RandomNumberGenerator.GetBytes(16), stamp);

        return setting.Split('$') is [_, var iterations, var salt, var hash]
            && int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostIterations
            && Bytes(salt) is { Length: >= 8 } salted && Bytes(hash) is { Length: Length } hashed
            ? new ReviewPassword(count, salted, hashed, stamp)
            : throw new CannotRun("The setting 'FossVoices:Review:Password' begins like a hash and is none. Make one with 'fossvoices review-password', and copy it whole.");
    }

    /// <summary>What to put into the settings for a password.</summary>
    public static string Hash(string password)
    {
        var made = Of(password, RandomNumberGenerator.GetBytes(16), "");
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${made._iterations}${Convert.ToBase64String(made._salt)}${Convert.ToBase64String(made._hash)}");
    }

    /// <summary>Takes as long for a wrong password as for the right one.</summary>
    public bool Is(string said) => CryptographicOperations.FixedTimeEquals(Derive(said, _salt, _iterations), _hash);

    private static ReviewPassword Of(string password, byte[] salt, string stamp) => new(Iterations, salt, Derive(password, salt, Iterations), stamp);

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, Length);

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
