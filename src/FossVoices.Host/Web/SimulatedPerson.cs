using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Flows;

namespace FossVoices.Host.Web;

/// <summary>
/// Somebody who answers by chance, always the same way. What upstream and downstream tend to say differs from question to question, so
/// that a report has gaps, agreement and open questions to show; guesses of the other side lean towards one's own view.
/// </summary>
internal sealed class SimulatedPerson(int number)
{
    private const long Seed = 20261122;

    private static readonly ImmutableArray<string> s_words =
    [
        "I was worn out after that release, and I took a long break.",
        "It just worked, and I never had to think about who keeps it running.",
        "Nobody answered for weeks; then one person did everything in a night.",
        "If that one maintainer stops, nobody else knows how to do it.",
        "There was no money for it, so it was done at night after work.",
        "I did not know whom to ask, and the documentation did not say.",
        "We trust them; they told us early, and that helped a lot.",
        "Nothing to report, all is well.",
    ];

    private readonly Chance _chance = Chance.For(Seed, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>One in four keeps the project, one in twelve is on both sides.</summary>
    private bool IsUpstream => number % 4 == 0;

    private bool IsBoth => number % 12 == 5;

    /// <param name="address">Of the question.</param>
    public Reply Reply(string address, Control control) => control switch
    {
        Control.OneOf { IsScale: true, Options: var points } => new Reply.Chose([points[Point(address, points.Length)].Id]),
        Control.OneOf { Options: var options } when Sides(options) is { } side => new Reply.Chose([side]),
        // A gate: most go on.
        Control.OneOf { Options: [{ Id: "yes" }, ..] } => new Reply.Chose([_chance.Below(5) == 0 ? "no" : "yes"]),
        Control.OneOf { Options: var options } => new Reply.Chose([options[_chance.Below(options.Length)].Id]),
        Control.SomeOf(var options, var least, var most) => new Reply.Chose(Some(options, Math.Max(1, least) + _chance.Below(most - Math.Max(1, least) + 1))),
        Control.Order(var options, var top) => new Reply.Chose(Some(options, top)),
        Control.Count(var least, var most, _) => new Reply.Said(Math.Floor(least + (Math.Min(most - least, 20) * _chance.Below(100) / 100)).ToString("0", CultureInfo.InvariantCulture)),
        _ => _chance.Below(3) == 0 ? new Reply.Skip() : new Reply.Said(s_words[_chance.Below(s_words.Length)]),
    };

    private string? Sides(ImmutableArray<Option> options)
    {
        var wanted = IsBoth && options.Any(option => option.Id == "both") ? "both" : IsUpstream ? "upstream" : "downstream";
        return options.Any(option => option.Id == "upstream") ? options.FirstOrDefault(option => option.Id == wanted)?.Id : null;
    }

    /// <summary>Around a middle that belongs to the question and the side; the index of a point.</summary>
    private int Point(string address, int points)
    {
        var item = address.Split('.')[0];
        var question = Chance.For(Seed, item);
        var (common, apart) = (question.Below(points), question.Below(3) - 1);
        var isGuess = address.EndsWith(".other", StringComparison.Ordinal);
        // Who guesses, mostly sees the other side half as far away as it is.
        var middle = common + (apart * (IsUpstream ? 1 : -1) * (isGuess && _chance.Below(2) == 0 ? -1 : 1));
        return Math.Clamp(middle + _chance.Below(3) - 1, 0, points - 1);
    }

    private ImmutableArray<string> Some(ImmutableArray<Option> options, int count) =>
        [.. options.OrderBy(_ => _chance.Below(1_000_000)).Take(count).Select(option => option.Id)];
}
