using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>
/// A flow as it was when somebody began it, with everything that it is compiled from: the study's own file, its codebook and the
/// translations. Kept beside the answers, so that a session goes on where it was whatever has become of the files since.
/// </summary>
/// <param name="Hash">The flow's hash, by which sessions are pinned to it.</param>
/// <param name="Flow">The flow's id.</param>
/// <param name="Text">One JSON document: the files' texts by path.</param>
internal sealed record Bundle(string Hash, string Flow, string Text)
{
    /// <summary>Packs one flow of a study.</summary>
    public static Bundle Of(Study study, Flow flow)
    {
        var files = study.Files;
        var needed = files.Files.Keys.Where(path => path is "study.json" or "codebook.json" || path == $"flows/{flow.Id}.json"
            || path.StartsWith("i18n/study.", StringComparison.Ordinal) || path.StartsWith($"i18n/{flow.Id}.", StringComparison.Ordinal));
        var texts = new JsonObject(needed.Select(path => KeyValuePair.Create(path, (JsonNode?)Encoding.UTF8.GetString(((StudyFile.Content)files.Files[path]).Bytes.AsSpan()))));
        return new Bundle(flow.Hash, flow.Id, new JsonObject { ["study"] = study.Id, ["flow"] = flow.Id, ["files"] = texts }.ToJsonString());
    }

    /// <summary>
    /// The flow in every language, inside the study as it was; null where the bundle's text is damaged or was made by a version of the
    /// program whose format this one no longer reads.
    /// </summary>
    public Study? Open()
    {
        try
        {
            using var document = JsonDocument.Parse(Text);
            var files = document.RootElement.GetProperty("files").EnumerateObject().ToImmutableSortedDictionary(
                f => f.Name, f => (StudyFile)new StudyFile.Content([.. Encoding.UTF8.GetBytes(f.Value.GetString()!)]), StringComparer.Ordinal);
            var study = StudyCompiler.CompileFlow(
                new StudyFiles(document.RootElement.GetProperty("study").GetString()!, "", files), document.RootElement.GetProperty("flow").GetString()!);
            return study?.Flows.Values.Any(flow => flow.Hash == Hash) == true ? study : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
