using System.CommandLine;
using System.Text.Json;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices teams-package --out FILE</c>: the app package that an administrator uploads to Teams.</summary>
internal static class TeamsPackageVerb
{
    /// <summary>Of the name in the manifest.</summary>
    private const int LongestName = 30;

    /// <summary>An address that is nobody's, which says so.</summary>
    private const string Nobodys = "https://fossvoices.example/";

    public static Command Create(Common common, Terminal terminal)
    {
        var to = new Option<string>("--out") { Description = "The file to write, such as fossvoices.zip; one that is there is replaced.", Required = true, HelpName = "FILE" };
        var name = new Option<string>("--name") { Description = "The name of the app in Teams.", DefaultValueFactory = _ => "FossVoices", HelpName = "NAME" };
        name.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is not { } text || text.Trim().Length is 0 or > LongestName)
                given.AddError($"--name takes 1 to {LongestName} characters.");
        });
        var site = new Option<string>("--site") { Description = "Where people can read who runs the bot and what is kept: an https address.", DefaultValueFactory = _ => Nobodys, HelpName = "URL" };
        site.Validators.Add(given =>
        {
            if (!Uri.TryCreate(given.GetValueOrDefault<string>(), UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
                given.AddError("--site takes an address that begins with https://.");
        });
        var verb = new Command("teams-package", "Write the app package that an administrator uploads to Microsoft Teams. It needs only the app id.") { to, name, site };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var app = common.Settings.TeamsAppId ?? throw new CannotRun(
                "'FossVoices:Teams:AppId' must hold the bot's application (client) id, such as 00000000-1111-2222-3333-444444444444 (in appsettings.json, or as FOSSVOICES__TEAMS__APPID). "
                + "Copy it from the bot's registration: docs/running-on-teams.md says where it stands.");
            var (file, address) = (Path.GetFullPath(parsed.GetValue(to)!), new Uri(parsed.GetValue(site)!));
            var zip = TeamsPackage.Zip(app, parsed.GetValue(name)!.Trim(), address);
            try
            {
                await File.WriteAllBytesAsync(file, zip, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CannotRun($"The package can't be written to '{file}': {e.Message}");
            }

            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { file, app, version = TeamsPackage.Version, scopes = TeamsPackage.Scopes, bytes = zip.Length }, Output.Json)
                : $"The app package for {app} is in {file}. Upload it in the Teams admin center, or in Teams under Apps, Manage your apps, Upload an app."
                    + (address.AbsoluteUri == Nobodys ? "\nIt names no website of yours: give one with --site, so that people can read who runs the bot." : ""));
            return ExitCode.Fine;
        });
        return verb;
    }
}
