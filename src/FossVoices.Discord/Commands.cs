using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FossVoices.Discord;

/// <summary>The slash commands, as they are told to Discord at every start.</summary>
internal static class Commands
{
    public const string Respondent = "voices";
    public const string Organiser = "voices-study";
    public const string Study = "study";
    public const string Text = "text";
    public const string When = "when";
    public const string Code = "code";
    public const string How = "how";

    /// <summary>What can be done with a report, other than to post it.</summary>
    public const string Preview = "preview";
    public const string Correct = "correct";

    public static readonly ImmutableArray<string> RespondentsWords = ["start", "resume", "language", "mydata", "words", "withdraw", "feedback", "code", "stop", "help"];
    public static readonly ImmutableArray<string> OrganisersWords = ["open", "close", "status", "report", "words", "schedule"];

    private const int ManageGuild = 1 << 5;

    /// <summary>The body of the request that replaces all commands of the application.</summary>
    public static JsonArray All() => new(
        Command(Respondent, RespondentsWords, permissions: null),
        // Hidden from everybody who may not manage the server; checked again when it is used, since a server can show it to others.
        Command(Organiser, OrganisersWords, ManageGuild.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static JsonObject Command(string name, ImmutableArray<string> words, string? permissions)
    {
        var command = new JsonObject
        {
            ["name"] = name,
            ["type"] = 1,
            ["description"] = Sentences.Say("en", $"command_{name}"),
            ["description_localizations"] = Localized($"command_{name}"),
            ["options"] = new JsonArray([.. words.Select(word => Subcommand(name, word))]),
            ["integration_types"] = new JsonArray(0),
            ["contexts"] = permissions is null ? new JsonArray(0, 1) : new JsonArray(0),
        };
        if (permissions is not null)
            command["default_member_permissions"] = permissions;
        return command;
    }

    private static JsonObject Subcommand(string command, string word) => new()
    {
        ["type"] = 1,
        ["name"] = word,
        // Only those of organisers: consent texts tell participants to say "/voices withdraw", in every language.
        ["name_localizations"] = command == Organiser ? Localized($"command_name_{word}") : null,
        ["description"] = Sentences.Say("en", $"command_{command}_{word}"),
        ["description_localizations"] = Localized($"command_{command}_{word}"),
        // Options that must be given come first.
        ["options"] = new JsonArray([.. word switch
        {
            "help" => (JsonObject[])[],
            "start" => [Option(Study, isRequired: false), Option(Code, isRequired: false)],
            "report" => [Option(How, isRequired: false), Option(Study, isRequired: false)],
            "schedule" => [Option(When, isRequired: false), Option(Study, isRequired: false)],
            "words" when command == Respondent => [Option(Text, isRequired: false), Option(Study, isRequired: false)],
            "feedback" => [Option(Text, isRequired: true), Option(Study, isRequired: false)],
            _ => [Option(Study, isRequired: false)],
        }]),
    };

    private static JsonObject Option(string name, bool isRequired)
    {
        var option = new JsonObject
        {
            ["type"] = 3,
            ["name"] = name,
            ["name_localizations"] = Localized($"command_name_{name}"),
            ["description"] = Sentences.Say("en", $"command_option_{name}"),
            ["description_localizations"] = Localized($"command_option_{name}"),
            ["required"] = isRequired,
        };
        if (name == Text)
            option["max_length"] = Fieldwork.Asides.LongestFeedback;
        else if (name == Code)
            option["max_length"] = 100;
        else if (name == How)
            option["choices"] = new JsonArray(Choice(Preview), Choice(Correct));
        else
            option["autocomplete"] = true;
        return option;
    }

    private static JsonObject Choice(string value) => new JsonObject
    {
        ["name"] = Sentences.Say("en", $"command_choice_{value}"),
        ["name_localizations"] = Localized($"command_choice_{value}"),
        ["value"] = value,
    };

    /// <summary>The languages that the bot speaks besides English, as Discord writes them.</summary>
    private static JsonObject Localized(string key) => new(Sentences.Wording.Languages
        .Where(language => language != Flows.Wording.Original)
        .Select(language => KeyValuePair.Create<string, JsonNode?>(language, Sentences.Say(language, key))));
}
