using System.CommandLine;

namespace FossVoices.Host.Commands;

/// <summary>The options that every verb takes; what is not given is as set.</summary>
internal sealed class Common(Settings settings)
{
    /// <summary>What the configuration says.</summary>
    public Settings Settings { get; } = settings;

    public Option<string> Data { get; } = new("--data")
    {
        Description = "The folder in which answers are kept.",
        DefaultValueFactory = _ => settings.Data,
        Recursive = true,
        HelpName = "DIR",
    };

    public Option<string> Studies { get; } = new("--studies")
    {
        Description = "The folder that holds the studies.",
        DefaultValueFactory = _ => settings.Studies,
        Recursive = true,
        HelpName = "DIR",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document and nothing else.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show where in the program an error arose.", Recursive = true };
}
