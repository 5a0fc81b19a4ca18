using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>What somebody answered.</summary>
public abstract record Value
{
    private Value()
    {
    }

    /// <summary>The one option chosen.</summary>
    public sealed record Option(string Id) : Value;

    /// <summary>The options picked, in the flow's order, or ranked, the most important first.</summary>
    public sealed record Options(ImmutableArray<string> Ids) : Value
    {
        public bool Equals(Options? other) => other is not null && Ids.AsSpan().SequenceEqual(other.Ids.AsSpan());

        public override int GetHashCode() => Ids.Length == 0 ? 0 : HashCode.Combine(Ids.Length, Ids[0]);
    }

    /// <summary>A point of a scale, counted from 1.</summary>
    public sealed record Point(int Of) : Value;

    /// <summary>"I don't know": an answer, but no point.</summary>
    public sealed record DontKnow : Value;

    /// <summary>The person's own words, as said.</summary>
    public sealed record Words(string Text) : Value;

    public sealed record Quantity(double Of) : Value;

    /// <summary>The person chose not to answer.</summary>
    public sealed record Skipped : Value;
}

/// <summary>One answer, under the address of what was asked: <c>item</c>, <c>item.own</c>, <c>item.other</c> or <c>item#probe</c>.</summary>
public sealed record Answer(string Address, Value Value, DateTimeOffset At);

/// <summary>A code that was heard in an open answer while it was given, and how surely (0 to 1).</summary>
public readonly record struct HeardCode(string Code, double Confidence);

/// <summary>What was heard in one open answer. Kept with the answer and never computed again, so that the path stays what it was.</summary>
/// <param name="Codes">The codes, each once, with the highest confidence.</param>
/// <param name="Distress">Whether the answer sounds as if its author needs help rather than a further question.</param>
/// <param name="Lexicon">The version of the lexicon that heard them.</param>
public sealed record Heard(ImmutableArray<HeardCode> Codes, bool Distress, string Lexicon);
