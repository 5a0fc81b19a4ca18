using System.Runtime.CompilerServices;

namespace FossVoices.Tests;

/// <summary>Where the checkout lies, and what may lie beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>The folder <c>shared</c> beside the checkout. Present where the project is developed, and nowhere else.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"needs {Path.Combine(["../shared", .. parts])} beside the checkout");
        return Path.GetFullPath(path);
    }

    public static string Surveys => Path.Combine(Root, "surveys");

    private static string Here([CallerFilePath] string file = "") => file;
}
