using System.CommandLine;
using FossVoices.Host.Web;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices serve</c>, and what runs when no verb is given: the bot and the web chat.</summary>
internal static class ServeVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where the web chat listens.",
            DefaultValueFactory = _ => common.Settings.Urls,
            HelpName = "URL",
        };
        var demo = new Option<int>("--demo")
        {
            Description = "Add a demo study, answered by so many simulated people, in a folder of its own that goes when the program stops.",
            HelpName = "N",
        };
        demo.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > Demo.MostPeople)
                given.AddError($"--demo takes a number from 1 to {Demo.MostPeople}.");
        });
        var verb = new Command("serve", "Run the bot and the web chat (this is what runs when no verb is given).") { urls, demo };
        verb.SetAction((parsed, cancellationToken) => common.Settings.Halfway is { } halfway
            ? throw new CannotRun(halfway)
            : WebChat.RunAsync(
                parsed.GetValue(common.Data)!, parsed.GetValue(common.Studies)!, parsed.GetValue(urls)!, parsed.GetValue(demo), common.Settings, terminal, cancellationToken));
        return verb;
    }
}
