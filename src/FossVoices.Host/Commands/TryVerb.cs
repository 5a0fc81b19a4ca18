using System.CommandLine;

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
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var asked = Shelf.FlowOf(taken, parsed.GetValue(flow)).Id;
            return Task.FromResult(new TerminalWalk(taken, asked, parsed.GetValue(language), terminal).Run(parsed.GetValue(seed), cancellationToken));
        });
        return verb;
    }
}
