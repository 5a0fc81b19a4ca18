using System.CommandLine;
using FossVoices.Host.Web.Review;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices review-password</c>: turns a password for the review pages into what can stand in a settings file.</summary>
internal static class ReviewPasswordVerb
{
    /// <summary>Shorter ones are soon guessed, for the pages show what people said.</summary>
    private const int Shortest = 12;

    public static Command Create(Terminal terminal)
    {
        var verb = new Command("review-password", "Turn a password for the review pages, given on standard input, into what stands in the settings.");
        verb.SetAction(async (_, cancellationToken) =>
        {
            await terminal.Error.WriteLineAsync($"Type the password, at least {Shortest} characters, and press Enter.");
            var password = (await terminal.In.ReadLineAsync(cancellationToken))?.Trim() ?? "";
            if (password.Length < Shortest)
                throw new CannotRun($"The password has {password.Length} characters; give at least {Shortest}.", ExitCode.WrongUsage);
            await terminal.Out.WriteLineAsync(ReviewPassword.Hash(password));
            await terminal.Error.WriteLineAsync("Put this line into FossVoices:Review:Password in appsettings.json, or into the environment as FOSSVOICES__REVIEW__PASSWORD.");
            return ExitCode.Fine;
        });
        return verb;
    }
}
