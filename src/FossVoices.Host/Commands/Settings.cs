using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Discord;
using FossVoices.Teams;

namespace FossVoices.Host.Commands;

/// <summary>
/// What <c>appsettings.json</c> and the environment say (<c>FOSSVOICES__DATA</c> …; the environment wins). What is given on the command line wins over both.
/// </summary>
/// <param name="Data">The folder in which answers are kept.</param>
/// <param name="Studies">The folder that holds the studies.</param>
/// <param name="Urls">Where the web chat listens, divided by semicolons.</param>
internal sealed record Settings(string Data, string Studies, string Urls)
{
    private const string File = "appsettings.json";
    private const string Root = "FossVoices";
    private const string Review = "Review";

    /// <summary>Whether authors may try studies in the web chat as their files are.</summary>
    public bool Preview { get; init; }

    /// <summary>What opens the review pages from elsewhere, as it is or hashed; null where they open on this computer alone.</summary>
    public string? ReviewPassword { get; init; }

    /// <summary>The language model that reads redacted answers; null where it is off.</summary>
    public LlmSettings? Llm { get; init; }

    /// <summary>How to be in Discord; null where it is off.</summary>
    public DiscordSettings? Discord { get; init; }

    /// <summary>How to be in Teams; null where it is off.</summary>
    public TeamsSettings? Teams { get; init; }

    /// <summary>The application id of the bot in Teams, for what needs nothing else; null where none is set.</summary>
    public string? TeamsAppId { get; init; }

    /// <summary>A chat platform that is half configured, in a sentence that says what is missing; null where none is. It stops <c>serve</c>, and no other verb.</summary>
    public string? Halfway { get; init; }

    /// <summary>What holds where nothing is set.</summary>
    public static Settings Default { get; } = new("data", "surveys", "http://localhost:5080");

    private static readonly ImmutableArray<string> Known = [nameof(Data), nameof(Studies), nameof(Urls), nameof(Preview), Review, nameof(Llm), nameof(Discord), nameof(Teams)];

    /// <summary>Reads the settings of a folder.</summary>
    /// <exception cref="CannotRun">The file can't be understood, or sets something that does not exist.</exception>
    public static Settings Read(string folder)
    {
        var path = Path.Combine(folder, File);
        var section = Load(path).GetSection(Root);
        foreach (var key in section.GetChildren().Select(child => child.Key))
        {
            if (!Known.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                var advice = Nearest.To(key, Known) is { } near ? $"Did you mean '{near}'?" : $"There is {string.Join(", ", Known)}.";
                throw new CannotRun($"There is no setting '{Root}:{Problems.Shown(key)}' (in {path} or the environment). {advice}");
            }
        }

        // The framework's own variable is heeded too, since it is what people who run such programs know.
        var chat = section.GetSection(nameof(Discord));
        var discord = DiscordSettings.Read(key => chat[key], chat.GetChildren().Select(child => child.Key), out var wrong);
        var team = section.GetSection(nameof(Teams));
        var teams = TeamsSettings.Read(
            key => team.GetSection(key) is var set && set.GetChildren().ToArray() is { Length: > 0 } list ? list.Select(child => child.Value) : [set.Value],
            team.GetChildren().Select(child => child.Key), out var wrongInTeams);
        wrong ??= wrongInTeams;
        return new Settings(
            section[nameof(Data)] ?? Default.Data,
            section[nameof(Studies)] ?? Default.Studies,
            section[nameof(Urls)] ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? Default.Urls)
        {
            Preview = Switch(section, nameof(Preview), Default.Preview),
            ReviewPassword = section[$"{Review}:Password"] is { Length: > 0 } password ? password : null,
            Discord = discord,
            Teams = teams,
            TeamsAppId = TeamsSettings.AppIdOf(team[nameof(TeamsSettings.AppId)]),
            Halfway = wrong is null ? null : $"{wrong} (In {path} or the environment.)",
            Llm = LlmSettings.Read(section.GetSection(nameof(Llm))),
        };
    }

    private static bool Switch(IConfigurationSection section, string key, bool otherwise) => section[key] switch
    {
        null or "" => otherwise,
        var text when bool.TryParse(text, out var on) => on,
        var text => throw new CannotRun($"The setting '{Root}:{key}' is '{Problems.Shown(text)}'; it can be true or false."),
    };

    private static IConfiguration Load(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: true).AddEnvironmentVariables().Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            var cause = e.GetBaseException() is System.Text.Json.JsonException { LineNumber: { } line } ? $"it is no JSON from line {line + 1} on" : e.GetBaseException().Message;
            throw new CannotRun($"The settings in {path} can't be read: {cause}. Mend the file, or start again from appsettings.sample.json.");
        }
    }
}
