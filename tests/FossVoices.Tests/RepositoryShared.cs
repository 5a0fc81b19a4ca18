namespace FossVoices.Tests;

/// <summary>What may lie beside the checkout.</summary>
internal static partial class Repository
{
    /// <summary>The folder <c>shared</c> beside the checkout. Present where the project is developed, and nowhere else.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"needs {Path.Combine(["../shared", .. parts])} beside the checkout");
        return Path.GetFullPath(path);
    }
}
