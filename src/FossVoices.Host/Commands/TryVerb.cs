using System.CommandLine;
using System.Globalization;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices try STUDY [FLOW]</c>: walks a flow in the terminal as a respondent would; stores nothing.</summary>
internal static class TryVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var flow = new Argument<string?>("FLOW") { Description = "The flow's id; the study's default where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var seed = new Option<long>("--seed") { Description = "Draws the same orders and arms again.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var language = new Option<string?>("--language") { Description = "Asks in this language, such as fr; in the study's own where there is no translation.", HelpName = "TAG" };
        var verb = new Command("try", "Walk a flow in the terminal as a respondent would; nothing is stored.") { study, flow, seed, language };
        verb.SetAction((parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!).In(parsed.GetValue(language));
            return Task.FromResult(new Walk(taken, Shelf.FlowOf(taken, parsed.GetValue(flow)), terminal).Run(parsed.GetValue(seed), cancellationToken));
        });
        return verb;
    }

    /// <summary>One walk through a flow, line by line.</summary>
    private sealed class Walk(Study study, Flow flow, Terminal terminal)
    {
        private readonly Ear _ear = new OpenStudy(study).Ear;
        private readonly Facts _facts = Facts.KeptUntil(terminal.Time.GetUtcNow().AddDays(study.RetainDays), study.Language, study.MinimumGroup);

        public int Run(long seed, CancellationToken cancellationToken)
        {
            Say($"{Prompting.Title(flow, _facts)} (about {flow.Minutes} minutes; nothing is stored)\n");
            Say(Prompting.Consent(flow, _facts) + "\n");
            Say($"  yes  {flow.Consent.Agree}\n  no   {flow.Consent.Decline}");
            if (Hear() is not { } agreed || !(Same(agreed, "yes") || Same(agreed, "y") || agreed == "1" || Same(agreed, flow.Consent.Agree)))
                return Leave("Nothing was asked.");

            Say("\nAnswer with a number or in words. back, skip, pause and stop work at any time.");
            var progress = Progress.Begin(flow, seed);
            while (!cancellationToken.IsCancellationRequested && Prompting.Standing(flow, progress, _facts) is { } prompt)
            {
                Show(prompt);
                if (Hear() is not { } said || Same(said, "stop"))
                    return Leave("You stopped here.");
                if (Same(said, "pause"))
                {
                    Say("Paused. In a chat you could come back days later. Press Enter to go on.");
                    Hear();
                    continue;
                }

                var reply = ReplyTo(said);
                var turn = FlowEngine.Take(flow, progress, reply, _ear.Hear(reply), terminal.Time.GetUtcNow());
                if (turn is Turn.Refused(_, var why))
                    Say(Phrases.Of(why, flow.Language));
                progress = turn.Progress;
            }

            foreach (var line in Prompting.End(flow, progress, _facts))
                Say("\n" + line);
            Say("\nYour answers:");
            foreach (var (prompt, answer) in Prompting.ReadBack(flow, progress, _facts))
                Say($"  {prompt.Ask}\n    → {(answer.Length == 0 ? "(skipped)" : answer)}");
            return Leave("\nNothing of this was stored.");
        }

        private void Show(Prompt prompt)
        {
            Say("");
            foreach (var line in prompt.Before)
                Say(line);
            Say($"[{prompt.Number} of about {prompt.About}] {prompt.Ask}");
            switch (prompt.Control)
            {
                case Control.OneOf(var options, var apart, _):
                    List(apart is null ? options : options.Add(apart));
                    break;
                case Control.SomeOf(var options, var least, var most):
                    List(options);
                    Say(least == most ? $"  (choose {most}: 1, 3 …)" : $"  (choose {least} to {most}: 1, 3 …)");
                    break;
                case Control.Order(var options, var top):
                    List(options);
                    Say($"  (up to {top}, the most important first: 3, 1 …)");
                    break;
                case Control.Write(var hint):
                    Say($"  {hint ?? "(in your own words)"}");
                    break;
                case Control.Count(var least, var most, var unit):
                    Say(string.Create(CultureInfo.InvariantCulture, $"  (a number from {least} to {most}{(unit is null ? "" : $", {unit}")})"));
                    break;
            }
        }

        private void List(IEnumerable<Flows.Option> options)
        {
            var number = 0;
            foreach (var option in options)
                Say(string.Create(CultureInfo.InvariantCulture, $"  {++number}  {option.Label}"));
        }

        private static Reply ReplyTo(string said) => said.Length > 10 ? new Reply.Said(said) : said.ToLowerInvariant() switch
        {
            "back" => new Reply.Back(),
            "skip" => new Reply.Skip(),
            _ => new Reply.Said(said),
        };

        private static bool Same(string said, string word) => string.Equals(said, word, StringComparison.OrdinalIgnoreCase);

        private void Say(string line) => terminal.Out.WriteLine(Reports.Harmless.Printable(line));

        private string? Hear()
        {
            terminal.Out.Write("> ");
            terminal.Out.Flush();
            return terminal.In.ReadLine()?.Trim();
        }

        private int Leave(string line)
        {
            Say(line);
            return ExitCode.Fine;
        }
    }
}
