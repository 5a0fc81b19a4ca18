using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Gaps;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices gap</c>: the statistics of one item from two histograms, or of one share per side.</summary>
internal static class GapVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var down = new Option<string>("--down") { Description = "Persons downstream at each point of the scale, from the lowest.", HelpName = "N,N,…" };
        var up = new Option<string>("--up") { Description = "Persons upstream at each point.", HelpName = "N,N,…" };
        var downCount = new Option<string>("--down-count") { Description = "Persons downstream who did something, of all.", HelpName = "N/N" };
        var upCount = new Option<string>("--up-count") { Description = "Persons upstream who did something, of all.", HelpName = "N/N" };
        var verb = new Command("gap", "The statistics of one gap, from two histograms or two shares.") { down, up, downCount, upCount };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var given = (parsed.GetValue(down), parsed.GetValue(up), parsed.GetValue(downCount), parsed.GetValue(upCount));
            var (json, rows) = given switch
            {
                ({ } x, { } y, null, null) => Shown(ItemGap.Between(Histogram("--down", x), Comparable(Histogram("--down", x), Histogram("--up", y)))),
                (null, null, { } x, { } y) => Shown(ProportionGap.Between(Share("--down-count", x), Comparable(Share("--down-count", x), Share("--up-count", y)))),
                _ => throw Wrong("Give either --down and --up, such as --down 4,10,14,40,32 --up 10,22,20,28,10, or --down-count and --up-count, such as --down-count 6/120 --up-count 31/80."),
            };
            if (parsed.GetValue(common.Json))
            {
                await terminal.Out.WriteLineAsync(json);
                return ExitCode.Fine;
            }

            foreach (var (name, value) in rows)
                await terminal.Out.WriteLineAsync($"{name,-38}{value}");
            return ExitCode.Fine;
        });
        return verb;
    }

    private static (string Json, (string Name, string Value)[] Rows) Shown(ItemGap gap) => (JsonSerializer.Serialize(gap, Output.Json),
    [
        ("Cliff's delta, downstream - upstream", Figure(gap.Delta)),
        ("95 % interval", $"{Figure(gap.CiLow)} to {Figure(gap.CiHigh)} ({gap.CiMethod})"),
        ("p", $"{Figure(gap.P)} ({gap.PMethod})"),
        ("Mann-Whitney U, p", $"{Figure(gap.U)}, {Figure(gap.MannWhitneyP)}"),
        ("Brunner-Munzel W, df, p", $"{Figure(gap.BmW)}, {Figure(gap.BmDf)}, {Figure(gap.BmP)}"),
    ]);

    private static (string Json, (string Name, string Value)[] Rows) Shown(ProportionGap gap) => (JsonSerializer.Serialize(gap, Output.Json),
    [
        ("difference, downstream - upstream", Figure(gap.Difference)),
        ("95 % interval", $"{Figure(gap.CiLow)} to {Figure(gap.CiHigh)} (newcombe-10)"),
        ("Fisher's exact p", Figure(gap.FisherP)),
    ]);

    private static Histogram Histogram(string option, string text)
    {
        var counts = text.Split(',').Select(part => Count(option, text, part)).ToArray();
        return Gaps.Histogram.Refusal(counts) is { } why ? throw Wrong($"{option} {text}: {why}") : Gaps.Histogram.Of(counts);
    }

    private static Share Share(string option, string text)
    {
        if (text.Split('/') is not [var persons, var of])
            throw Wrong($"{option} {text} is no share; write it as persons/of, such as 6/120.");
        var (part, whole) = (Count(option, text, persons), Count(option, text, of));
        return Gaps.Share.Refusal(part, whole) is { } why ? throw Wrong($"{option}: {why}") : new(part, whole);
    }

    private static Histogram Comparable(Histogram downstream, Histogram upstream) =>
        Placements.Refusal(downstream, upstream) is { } why ? throw Wrong(why) : upstream;

    private static Share Comparable(Share downstream, Share upstream) =>
        ProportionGap.Refusal(downstream, upstream) is { } why ? throw Wrong(why) : upstream;

    private static long Count(string option, string text, string part) =>
        long.TryParse(part.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Wrong($"{option} {Definitions.Problems.Shown(text)}: '{Definitions.Problems.Shown(part.Trim())}' is no whole number of persons.");

    private static string Figure(double? value) => value is { } number ? number.ToString("0.######", CultureInfo.InvariantCulture) : "undefined";

    private static CannotRun Wrong(string sentence) => new(sentence, ExitCode.WrongUsage);
}
