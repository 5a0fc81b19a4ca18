using System.Runtime.CompilerServices;

namespace FossVoices.Tests;

/// <summary>Compares what people see with the text approved beside the test.</summary>
internal static class Golden
{
    public static void Match(string text, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(file)!, "Golden", $"{Path.GetFileNameWithoutExtension(file)}.{test}.txt");
        var received = Path.ChangeExtension(approved, ".received.txt");
        text = text.ReplaceLineEndings("\n");
        Directory.CreateDirectory(Path.GetDirectoryName(approved)!);

        if (Environment.GetEnvironmentVariable("FOSSVOICES_ACCEPT") == "1")
            File.WriteAllText(approved, text);

        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"The text differs from the approved one.\n  approved: {approved}\n  received: {received}\nAccept it with FOSSVOICES_ACCEPT=1 dotnet test.");
    }
}
