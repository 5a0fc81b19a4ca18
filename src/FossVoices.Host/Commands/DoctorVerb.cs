using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices doctor</c>: whether the database is sound, and what can be read with the keys that are there.</summary>
internal static class DoctorVerb
{
    private const int MostShown = 20;

    public static Command Create(Common common, Terminal terminal)
    {
        var verb = new Command("doctor", "Check the database and the keys, and that every answer can be read.");
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var found = await Checkup.OfAsync(station.Database, terminal.Time.GetUtcNow(), cancellationToken);
            var posts = await station.Outbox.CountAsync(study: null, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json) ? InJson(found, posts) : InWords(found));
            if (!parsed.GetValue(common.Json))
            {
                foreach (var line in OutboxWords.Of(posts))
                    await terminal.Out.WriteLineAsync($"Outbox: {line}");
            }

            return found.Sound ? ExitCode.Fine : ExitCode.ErrorsFound;
        });
        return verb;
    }

    private static string InWords(Checkup found)
    {
        var lines = new List<string>
        {
            found.Faults.Count == 0 ? "Database: sound." : $"Database: damaged; restore a backup. {string.Join("; ", found.Faults.Take(MostShown))}",
            "Master key: the one of this database.",
            string.Create(CultureInfo.InvariantCulture, $"Words: {found.Sealed} encrypted and readable, {found.Open} from before words were encrypted, {found.Unreadable.Count} unreadable."),
        };
        if (found.Unreadable.Count > 0)
        {
            lines.Add("Unreadable, since their key is gone (withdrawn after the backup was made?) or another; restore data/keys/sessions.db, or withdraw them again:");
            lines.AddRange(found.Unreadable.Take(MostShown).Select(answer => $"  study {answer.Study}, session {answer.Session}, {answer.Address}"));
            if (found.Unreadable.Count > MostShown)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"  and {found.Unreadable.Count - MostShown} more; --json lists all."));
        }

        if (found.StrayKeys > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Keys without a session: {found.StrayKeys}. They are destroyed when 'fossvoices serve' runs."));
        return string.Join(Environment.NewLine, lines);
    }

    private static string InJson(Checkup found, IReadOnlyList<OutboxCount> posts) => JsonSerializer.Serialize(
        new
        {
            sound = found.Sound,
            faults = found.Faults,
            words = new { @sealed = found.Sealed, open = found.Open },
            unreadable = found.Unreadable.Select(answer => new { study = answer.Study, session = answer.Session, address = answer.Address }),
            strayKeys = found.StrayKeys,
            outbox = posts.Select(o => new { study = o.Study, kind = o.Kind, state = o.State, reason = o.Reason, posts = o.Posts }),
        },
        Output.Json);
}
