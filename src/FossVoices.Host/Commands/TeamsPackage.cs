using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Host.Commands;

/// <summary>
/// The app package by which Teams takes the bot in: a zip of the manifest (version 1.22) and two icons. It asks for no access to a team's messages,
/// since the bot reads only what is said to it. The same input gives the same bytes.
/// </summary>
internal static class TeamsPackage
{
    /// <summary>The version of the package: Teams offers an update where it is higher.</summary>
    public const string Version = "1.0.0";

    /// <summary>The scopes it is used in: people answer in the personal one, and are invited and told in teams.</summary>
    public static IReadOnlyList<string> Scopes { get; } = ["personal", "team"];

    private static readonly (string Title, string Description)[] s_personal =
    [
        ("/voices start", "Take part, or go on where you were"),
        ("/voices mydata", "See what is kept of you"),
        ("/voices language", "Choose the language in which you are asked"),
        ("/voices withdraw", "Delete your answers"),
        ("/voices feedback", "Tell those who run the study something, without your name"),
        ("/voices help", "What you can say here"),
    ];

    private static readonly (string Title, string Description)[] s_team =
    [
        ("/voices-study open", "Post the invitation to a study in this channel"),
        ("/voices-study status", "How many took part so far"),
        ("/voices-study report", "Post what the study found so far"),
        ("/voices-study close", "Take no more answers"),
    ];

    private static readonly JsonSerializerOptions s_written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A zip holds no time before 1980, and the time of making would make every package another.
    private static readonly DateTimeOffset s_when = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="app">The bot's application id.</param>
    /// <param name="name">The name under which people find it in Teams, at most 30 characters.</param>
    /// <param name="site">Where people can read who runs it: an https address.</param>
    public static byte[] Zip(string app, string name, Uri site)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(Manifest(app, name, site), s_written));
            Add(zip, "color.png", TeamsIcons.Color());
            Add(zip, "outline.png", TeamsIcons.Outline());
        }

        return bytes.ToArray();
    }

    public static JsonObject Manifest(string app, string name, Uri site) => new()
    {
        ["$schema"] = "https://developer.microsoft.com/en-us/json-schemas/teams/v1.22/MicrosoftTeams.schema.json",
        ["manifestVersion"] = "1.22",
        ["version"] = Version,
        ["id"] = app,
        ["developer"] = new JsonObject
        {
            ["name"] = name,
            ["websiteUrl"] = site.AbsoluteUri,
            ["privacyUrl"] = site.AbsoluteUri,
            ["termsOfUseUrl"] = site.AbsoluteUri,
        },
        ["name"] = new JsonObject { ["short"] = name, ["full"] = $"{name}: what people expect of shared software" },
        ["description"] = new JsonObject
        {
            ["short"] = "Asks those who make shared software and those who use it what they expect.",
            ["full"] = "Short surveys and interviews, answered in a private chat: one question at a time, every question may be skipped. Before anything is kept you are told who asks, why, "
                + "and for how long; you can read, change and delete your answers at any time. The channel sees figures of both sides, and words only where their author agreed.",
        },
        ["icons"] = new JsonObject { ["color"] = "color.png", ["outline"] = "outline.png" },
        ["accentColor"] = "#1D5C56",
        ["bots"] = new JsonArray(new JsonObject
        {
            ["botId"] = app,
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope)]),
            ["isNotificationOnly"] = false,
            ["supportsFiles"] = false,
            ["commandLists"] = new JsonArray(Commands("personal", s_personal), Commands("team", s_team)),
        }),
        ["defaultInstallScope"] = "team",
        ["validDomains"] = new JsonArray(),
    };

    private static JsonObject Commands(string scope, (string Title, string Description)[] commands) => new()
    {
        ["scopes"] = new JsonArray(scope),
        ["commands"] = new JsonArray([.. commands.Select(command => new JsonObject { ["title"] = command.Title, ["description"] = command.Description })]),
    };

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = s_when;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
