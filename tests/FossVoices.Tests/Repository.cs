using System.Runtime.CompilerServices;

namespace FossVoices.Tests;

/// <summary>Where the checkout lies.</summary>
internal static partial class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Surveys => Path.Combine(Root, "surveys");

    private static string Here([CallerFilePath] string file = "") => file;
}
