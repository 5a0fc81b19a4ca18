using System.Collections.Immutable;

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
    /// <summary>Persons of a side at each point of a scale; index 0 is point 1.</summary>
    public long[] Points(string side, string flow, string address, int points)
    {
        var counts = new long[points];
        foreach (var value in At(side, flow, address).Where(v => v.Kind == "point"))
        {
            // A point above the scale was given before the scale was shortened; it belongs to no point of this one.
            if (value.Number is { } point && (int)point <= points)
                counts[(int)point - 1] += value.Persons;
        }

        return counts;
    }

    /// <summary>Persons of a side who gave an answer of this kind, such as <c>dont_know</c> or <c>skipped</c>.</summary>
    public long Persons(string side, string flow, string address, string kind) => At(side, flow, address).Where(v => v.Kind == kind).Sum(v => v.Persons);

    /// <summary>Persons of a side who chose each option, of one or of several.</summary>
    public ImmutableSortedDictionary<string, long> Options(string side, string flow, string address) => At(side, flow, address)
        .Where(v => v.Kind is "option" or "options")
        .SelectMany(v => v.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(option => (option, v.Persons)))
        .GroupBy(v => v.option, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(option => option.Key, option => option.Sum(v => v.Persons), StringComparer.Ordinal);

    private IEnumerable<ValueCount> At(string side, string flow, string address) =>
        Values.Where(v => v.Side == side && v.Flow == flow && v.Address == address);
}
