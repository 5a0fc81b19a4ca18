using System.Text.Json.Nodes;
using FossVoices.Tests.Web;

namespace FossVoices.Tests.Discord;

/// <summary>The garden's study with something changed in its study file, in a folder of its own.</summary>
internal sealed class MadeStudy : IDisposable
{
    public MadeStudy(Action<JsonObject> change)
    {
        Copy(Served.Garden, Folder);
        var file = Path.Combine(Folder, "garden", "study.json");
        var study = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(study);
        File.WriteAllText(file, study.ToJsonString());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("voices-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
