using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Reports;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices plan STUDY [FLOW] --up N --down N</c>: what a report could say at these numbers of people, before a study opens.</summary>
internal static class PlanVerb
{
    private const int MostPeople = 2_000;

    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var flow = new Argument<string?>("FLOW") { Description = "The flow's id; the study's default where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var up = Number("--up", 1, MostPeople, "How many people upstream will begin, as you expect.");
        var down = Number("--down", 1, MostPeople, "How many people downstream will begin.");
        (up.Required, down.Required) = (true, true);
        var audience = new Option<Audience>("--audience") { Description = "Whose report: channel or researcher.", DefaultValueFactory = _ => Audience.Channel };
        var reports = Number("--reports", 20, 10_000, "How many reports to make up for each figure; where it is not given, enough for steady figures.");
        var seed = new Option<int>("--seed") { Description = "Makes up the same reports again.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var verb = new Command("plan", "See what the report can say at the numbers of people that you expect, before a study opens.") { study, flow, up, down, audience, reports, seed };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var asked = Shelf.FlowOf(taken, parsed.GetValue(flow));
            var (many, drawn) = (parsed.GetResult(reports) is null ? (int?)null : parsed.GetValue(reports), parsed.GetValue(seed));
            var (plan, advice) = await Bar.ShowAsync(terminal, "Making up reports", progress => Task.Run(() =>
            {
                var made = Plan.Of(
                    taken, asked, new(parsed.GetValue(down), parsed.GetValue(up)), parsed.GetValue(audience), many, drawn, new Random(drawn), progress, cancellationToken);
                var needed = Plan.Needed(made.Items.Length, reports: 100, new Random(drawn), cancellationToken);
                return (made, PlanAdvice.Of(made, needed));
            }, cancellationToken));
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json) ? JsonSerializer.Serialize(Document(plan, advice), Output.Json) : Text(plan, advice, drawn));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Option<int> Number(string name, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most))
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} wants a number from {least} to {most}."));
        });
        return option;
    }

    private static object Document(Plan plan, ImmutableArray<string> advice) => new
    {
        study = plan.Study,
        flow = plan.Flow,
        upstream = plan.Persons.Upstream,
        downstream = plan.Persons.Downstream,
        minimumGroup = plan.MinimumGroup,
        reports = plan.Reports,
        scenarios = plan.Scenarios.Select(s => new
        {
            scenario = s.Name,
            delta = s.Delta,
            notShown = Rounded(s.All.NotShown),
            same = Rounded(s.All.Same),
            cannotTell = Rounded(s.All.CannotTell),
            probably = Rounded(s.All.Probably),
            clear = Rounded(s.All.Clear),
            clearAlone = s.ClearAlone is { } alone ? Rounded(alone) : (double?)null,
            heldByBoth = Rounded(s.All.HeldByBoth),
        }),
        items = plan.Items.Select(i => new { item = i.Item, upstream = Math.Round(i.Answering.Upstream, 1), downstream = Math.Round(i.Answering.Downstream, 1) }),
        advice,
    };

    private static double Rounded(double share) => Math.Round(share, 3);

    private static string Text(Plan plan, ImmutableArray<string> advice, int seed)
    {
        var seen = plan.Audience == Audience.Channel ? "posted in a channel" : "made for researchers";
        var lines = new List<string>
        {
            Invariant($"{plan.Flow} of {plan.Study}: {plan.Persons.Upstream} upstream, {plan.Persons.Downstream} downstream; {plan.Reports} made-up reports (seed {seed}) as {seen}"),
            "",
        };
        if (!plan.Items.IsEmpty)
        {
            lines.Add($"{"Of 100 items:",-30}{"not shown",10}{"the same",10}{"can't tell",12}{"probably",10}{"clear",8}{"clear alone",13}{"held by both",14}");
            lines.AddRange(plan.Scenarios.Select(s =>
                $"  {Name(s),-28}{Of100(s.All.NotShown),10}{Of100(s.All.Same),10}{Of100(s.All.CannotTell),12}{Of100(s.All.Probably),10}{Of100(s.All.Clear),8}{(s.ClearAlone is { } alone ? Of100(alone) : ""),13}{Of100(s.All.HeldByBoth),14}"));
            lines.Add("  In each row all items are of that kind; \"clear alone\" is how often the only such item among others without a gap is called clear.");
            lines.Add("  One in five stops at a gate, and one in twenty leaves an item out or doesn't know. An item is answered by");
            lines.AddRange(plan.Items
                .GroupBy(i => (Up: (int)Math.Round(i.Answering.Upstream), Down: (int)Math.Round(i.Answering.Downstream)))
                .Select(g => Invariant($"    about {g.Key.Up} upstream and {g.Key.Down} downstream: {string.Join(", ", g.Select(i => i.Item))}")));
            lines.Add("");
        }

        lines.AddRange(advice);
        return string.Join('\n', lines);
    }

    private static string Name(PlannedScenario scenario) => scenario.Name switch
    {
        "none" => "no gap",
        Plan.Agreed => "no gap, 8 in 10 agree",
        _ => Invariant($"{scenario.Name} gap (delta {scenario.Delta:0.00})"),
    };

    private static string Of100(double share) => Invariant($"{share * 100:0}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
