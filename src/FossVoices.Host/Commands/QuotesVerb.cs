using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Fieldwork;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices quotes STUDY list|find|propose</c>: asks people whether their very words may be posted.</summary>
internal static class QuotesVerb
{
    /// <summary>The longest quote, in UTF-16 code units: it has to fit a chat's message beside the figures.</summary>
    private const int Longest = 280;

    public static Command Create(Common common, Terminal terminal)
    {
        var verb = new Command("quotes", "Propose quotes to their authors, and see what they said. Only what they approve is ever posted.");
        verb.Subcommands.Add(List(common, terminal));
        verb.Subcommands.Add(Find(common, terminal));
        verb.Subcommands.Add(Propose(common, terminal));
        return verb;
    }

    private static Argument<string> StudyArgument() => new("STUDY") { Description = "The study's id." };

    private static Command List(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var verb = new Command("list", "The quotes that were proposed, and what their authors said.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var quotes = await station.Quotes.AllAsync(taken.Id, cancellationToken);
            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "quotes", quotes.Count, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(quotes.Select(q => new { id = q.Id, session = q.Session, address = q.Address, state = q.State, shown = q.Shown }), Output.Json)
                : quotes.Count == 0 ? "No quotes have been proposed." : string.Join(Environment.NewLine, quotes.Select(q => $"{q.State}  {q.Session} {q.Address}  {FeedbackVerb.Shown(q.Shown)}")));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Command Find(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var code = new Option<string?>("--code") { Description = "Only answers with this code." };
        var verb = new Command("find", "The answers whose authors let words be quoted.") { study, code };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var answers = await station.Quotes.QuotableAsync(taken.Id, parsed.GetValue(code), cancellationToken);
            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "answers that may be quoted", answers.Count, cancellationToken);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(answers.Select(a => new { session = a.Session, address = a.Address, text = a.Text }), Output.Json)
                : answers.Count == 0 ? "No answer may be quoted." : string.Join(Environment.NewLine, answers.Select(a => $"{a.Session} {a.Address}  {FeedbackVerb.Shown(a.Text)}")));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Command Propose(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var session = new Option<string>("--session") { Description = "The session, as 'find' lists it.", Required = true };
        var address = new Option<string>("--answer") { Description = "The answer, as 'find' lists it.", Required = true };
        var words = new Option<string>("--words") { Description = "The very words, as they stand in the answer.", Required = true };
        var verb = new Command("propose", "Ask somebody whether these words of theirs may be posted.") { study, session, address, words };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var quote = parsed.GetValue(words)!.Trim();
            if (quote.Length is 0 or > Longest)
                throw new CannotRun($"A quote has from 1 to {Longest} characters; this one has {quote.Length}.", ExitCode.WrongUsage);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var id = new Lottery(RandomNumberGenerator.Create()).Id();
            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "quote proposed", 1, cancellationToken);
            var proposed = await station.Quotes.ProposeAsync(taken.Id, id, parsed.GetValue(session)!, parsed.GetValue(address)!, quote, NamesOf(taken), cancellationToken)
                ?? throw new CannotRun("These words do not stand in that answer, or its author lets nobody quote it. 'fossvoices quotes find' lists what may be quoted, word for word.");
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { id = proposed.Id, state = proposed.State, shown = proposed.Shown }, Output.Json)
                : $"Proposed. Its author is asked in the web chat's answers and by /voices mydata. As it would be posted: {FeedbackVerb.Shown(proposed.Shown)}");
            return ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>Names that the study knows of: whoever is on the team, and each word of their names.</summary>
    private static string[] NamesOf(Study study) =>
        [.. study.Team.Names, .. study.Team.Names.SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => char.IsUpper(word[0]) && word.Length > 3)];
}
