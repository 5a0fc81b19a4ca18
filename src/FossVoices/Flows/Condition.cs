using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>When something is asked. A structure rather than an expression, so that a slip in it can be pointed at.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>The answer at the address is, or includes, one of these options; "I don't know" is the option <c>dont_know</c>.</summary>
    public sealed record Is(string Address, ImmutableArray<string> Options) : Condition;

    /// <summary>The answer at the address is a number or a scale point for which the comparison holds. "I don't know" never compares.</summary>
    public sealed record Compares(string Address, Comparison Comparison, double Value) : Condition;

    /// <summary>Whether the address has been answered with anything but a skip.</summary>
    public sealed record Answered(string Address, bool Wanted) : Condition;

    /// <summary>The person answers from one of these sides.</summary>
    public sealed record Side(ImmutableArray<string> Sides) : Condition;

    /// <summary>The person's own views are at or above <c>agree_from</c> on both halves of the tension.</summary>
    public sealed record Holds(string Tension) : Condition;

    /// <summary>The open answer just given was heard to carry one of the codes, with at least this confidence. Probes only.</summary>
    public sealed record Coded(ImmutableArray<string> Codes, double Sure) : Condition;

    /// <summary>The number of words of the open answer just given. Probes only.</summary>
    public sealed record Words(Comparison Comparison, double Value) : Condition;

    public sealed record All(ImmutableArray<Condition> Of) : Condition;

    public sealed record Any(ImmutableArray<Condition> Of) : Condition;

    public sealed record Not(Condition Of) : Condition;

    /// <summary>Whether the condition holds, given what is known.</summary>
    /// <param name="known">What the person has answered so far.</param>
    /// <param name="about">The address of the open answer that a probe's condition is about, or null for an item's.</param>
    internal bool HoldsFor(IEvidence known, string? about = null) => this switch
    {
        Is(var address, var options) => known.Value(address) switch
        {
            Value.Option(var id) => options.Contains(id),
            Value.Options(var ids) => ids.AsSpan().ContainsAny(options.AsSpan()),
            Value.DontKnow => options.Contains(Reply.DontKnow),
            _ => false,
        },
        Compares(var address, var comparison, var value) => known.Value(address) switch
        {
            Value.Point(var point) => comparison.Holds(point, value),
            Value.Quantity(var number) => comparison.Holds(number, value),
            _ => false,
        },
        Answered(var address, var wanted) => known.Value(address) is not (null or Value.Skipped) == wanted,
        Side(var sides) => known.Side is { } side && sides.Contains(side),
        Holds(var tension) => known.HoldsBothHalves(tension),
        Coded(var codes, var sure) => about is not null && known.Heard(about) is { } heard
            && CarriesAny(heard, codes, sure),
        Words(var comparison, var value) => about is not null && known.Value(about) is Value.Words(var text)
            && comparison.Holds(WordCount.Of(text), value),
        All(var of) => !AnyIs(false, of, known, about),
        Any(var of) => AnyIs(true, of, known, about),
        Not(var of) => !of.HoldsFor(known, about),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool CarriesAny(Heard heard, ImmutableArray<string> codes, double sure)
    {
        foreach (var (code, confidence) in heard.Codes)
        {
            if (confidence >= sure && codes.Contains(code))
                return true;
        }

        return false;
    }

    private static bool AnyIs(bool wanted, ImmutableArray<Condition> conditions, IEvidence known, string? about)
    {
        foreach (var condition in conditions)
        {
            if (condition.HoldsFor(known, about) == wanted)
                return true;
        }

        return false;
    }

    /// <summary>The condition itself and every condition inside it.</summary>
    internal IEnumerable<Condition> Parts() => this switch
    {
        All(var of) => of.SelectMany(c => c.Parts()).Prepend(this),
        Any(var of) => of.SelectMany(c => c.Parts()).Prepend(this),
        Not(var of) => of.Parts().Prepend(this),
        _ => [this],
    };

    /// <summary>The addresses that this condition itself looks at.</summary>
    internal IEnumerable<string> Addresses(Setting setting) => this switch
    {
        Is(var address, _) => [address],
        Compares(var address, _, _) => [address],
        Answered(var address, _) => [address],
        Holds(var id) => setting.Tensions.Where(t => t.Id == id).SelectMany(t => (string[])[t.A, t.B]).SelectMany(half => (string[])[half, $"{half}.own"]),
        _ => [],
    };
}

/// <summary>What a condition can look at.</summary>
internal interface IEvidence
{
    /// <summary>The side that the person answers from, or null.</summary>
    string? Side { get; }

    /// <summary>What counts as the answer at an address, or null.</summary>
    Value? Value(string address);

    /// <summary>What was heard in the open answer at an address, or null.</summary>
    Heard? Heard(string address);

    bool HoldsBothHalves(string tension);
}

/// <summary>How a number is compared.</summary>
public enum Comparison
{
    Less,
    AtMost,
    More,
    AtLeast,
    Other,
    Equal,
}

internal static class Comparisons
{
    public static bool Holds(this Comparison comparison, double left, double right) => comparison switch
    {
        Comparison.Less => left < right,
        Comparison.AtMost => left <= right,
        Comparison.More => left > right,
        Comparison.AtLeast => left >= right,
        Comparison.Other => left != right,
        Comparison.Equal => left == right,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
