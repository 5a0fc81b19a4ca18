using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Storage;

/// <summary>Persons of one side who gave one answer to one question. <see cref="Number"/> holds scale points and numbers, <see cref="Value"/> options.</summary>
internal sealed record ValueCount
{
    public string Side { get; init; } = "";

    public string Flow { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary><c>option</c>, <c>options</c> (one an entry each), <c>point</c>, <c>dont_know</c>, <c>words</c>, <c>number</c> or <c>skipped</c>.</summary>
    public string Kind { get; init; } = "";

    public string Value { get; init; } = "";

    public double? Number { get; init; }

    public long Persons { get; init; }
}

/// <summary>Persons of one side by the difference of their own view minus their guess of the other side's, in scale points.</summary>
internal sealed record DifferenceCount
{
    public string Side { get; init; } = "";

    public string Flow { get; init; } = "";

    /// <summary>The pair's id.</summary>
    public string Item { get; init; } = "";

    public int Difference { get; init; }

    public long Persons { get; init; }
}

/// <summary>Persons of one side who answered both halves of a tension, by the halves they hold.</summary>
internal sealed record HeldCount
{
    public string Tension { get; init; } = "";

    public string Side { get; init; } = "";

    public int HoldsA { get; init; }

    public int HoldsB { get; init; }

    public long Persons { get; init; }
}

/// <summary>A code that people of one side mentioned before any probe.</summary>
internal sealed record MentionCount
{
    public string Side { get; init; } = "";

    public string Code { get; init; } = "";

    public long Persons { get; init; }

    /// <summary>Persons of whom a person has confirmed at least one mention.</summary>
    public long Confirmed { get; init; }

    /// <summary>Answers that carry the code.</summary>
    public long Answers { get; init; }

    /// <summary>Answers in which a person has confirmed it.</summary>
    public long ConfirmedAnswers { get; init; }
}

/// <summary>Persons of one side with at least one answer that has been read for codes.</summary>
internal sealed record CodableCount
{
    public string Side { get; init; } = "";

    public long Persons { get; init; }

    public long Answers { get; init; }
}

/// <summary>Everything a report counts, at one moment. A side without an entry has nobody.</summary>
/// <param name="Unread">Answers that nobody has read for codes yet.</param>
internal sealed record Tally(
    ImmutableArray<ValueCount> Values, ImmutableArray<DifferenceCount> Differences, ImmutableArray<HeldCount> Tensions,
    ImmutableArray<MentionCount> Mentions, ImmutableArray<CodableCount> Codable, long Unread)
{
    /// <summary>What a gap is computed from, for one ordinal item. Who said "I don't know" or skipped is in none of the figures.</summary>
    /// <param name="pair">Whether the item asks for a guess of the other side, too.</param>
    /// <param name="points">How many points its scale has.</param>
    public ItemCounts OfItem(string flow, string item, bool pair, int points, int agreeFrom) => new(
        item,
        Histograms(flow, pair ? $"{item}.own" : item, points),
        agreeFrom,
        pair ? new GuessCounts(Histograms(flow, $"{item}.other", points), new(OwnMinusGuess(Sides.Downstream, flow, item), OwnMinusGuess(Sides.Upstream, flow, item))) : null);

    /// <summary>Who mentioned a code, of those whose words were read; nobody, for one that is not mentioned.</summary>
    public CodeCounts OfCode(string code) => new(code, new(Mentioning(Sides.Downstream, code), Mentioning(Sides.Upstream, code)));

    /// <summary>Who holds which half of a tension that was counted.</summary>
    public TensionCounts OfTension(string tension) => new(tension, new(Halves(Sides.Downstream, tension), Halves(Sides.Upstream, tension)));

    /// <summary>Persons of each side per point of a scale.</summary>
    public BySide<Histogram> Histograms(string flow, string address, int points) => new(
        Histogram.Of(Points(Sides.Downstream, flow, address, points)), Histogram.Of(Points(Sides.Upstream, flow, address, points)));

    /// <summary>Persons of a side at each point of a scale; index 0 is point 1.</summary>
    public ImmutableArray<long> Points(string side, string flow, string address, int points)
    {
        var counts = new long[points];
        foreach (var value in At(side, flow, address).Where(v => v.Kind == AnswerRow.Point))
        {
            // A point above the scale was given before the scale was shortened; it belongs to no point of this one.
            if (value.Number is { } point && (int)point <= points)
                counts[(int)point - 1] += value.Persons;
        }

        return [.. counts];
    }

    /// <summary>Persons of a side who gave an answer of this kind, such as <c>dont_know</c> or <c>skipped</c>.</summary>
    public long Persons(string side, string flow, string address, string kind) => At(side, flow, address).Where(v => v.Kind == kind).Sum(v => v.Persons);

    /// <summary>Persons of a side who chose each option, of one or of several.</summary>
    public ImmutableSortedDictionary<string, long> Options(string side, string flow, string address) => At(side, flow, address)
        .Where(v => v.Kind is "option" or "options")
        .SelectMany(v => v.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(option => (option, v.Persons)))
        .GroupBy(v => v.option, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(option => option.Key, option => option.Sum(v => v.Persons), StringComparer.Ordinal);

    private Gaps.Differences OwnMinusGuess(string side, string flow, string item) => Gaps.Differences.OwnMinusGuess(
        Differences.Where(d => d.Side == side && d.Flow == flow && d.Item == item).Select(d => KeyValuePair.Create(d.Difference, d.Persons)));

    private Share Mentioning(string side, string code) => new(
        Mentions.Where(m => m.Side == side && m.Code == code).Sum(m => m.Persons), Codable.Where(c => c.Side == side).Sum(c => c.Persons));

    private HalvesHeld Halves(string side, string tension)
    {
        return new HalvesHeld(Persons(0, 0), Persons(1, 0), Persons(0, 1), Persons(1, 1));

        long Persons(int a, int b) => Tensions.Where(h => h.Side == side && h.Tension == tension && h.HoldsA == a && h.HoldsB == b).Sum(h => h.Persons);
    }

    private IEnumerable<ValueCount> At(string side, string flow, string address) =>
        Values.Where(v => v.Side == side && v.Flow == flow && v.Address == address);
}
