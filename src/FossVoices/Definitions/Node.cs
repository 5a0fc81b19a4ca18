using System.Collections.Immutable;

namespace FossVoices.Definitions;

/// <summary>A piece of a JSON file that still knows where it stands, so that every later complaint can name line and column.</summary>
public abstract record Node
{
    private Node(Position at) => At = at;

    /// <summary>Where the piece begins.</summary>
    public Position At { get; }

    /// <summary>What this is, in the words of JSON.</summary>
    public abstract string Kind { get; }

    public sealed record Text(Position At, string Value) : Node(At)
    {
        public override string Kind => "a text";
    }

    /// <param name="Raw">The number as written, so that 1.0 and 1 stay apart and nothing is lost to rounding.</param>
    public sealed record Number(Position At, double Value, string Raw) : Node(At)
    {
        public override string Kind => "a number";

        /// <summary>The value, if it is a whole number that an <see cref="int"/> holds.</summary>
        public int? Whole => Value is >= int.MinValue and <= int.MaxValue && Math.Floor(Value) == Value ? (int)Value : null;
    }

    public sealed record Truth(Position At, bool Value) : Node(At)
    {
        public override string Kind => Value ? "true" : "false";
    }

    public sealed record Nothing(Position At) : Node(At)
    {
        public override string Kind => "null";
    }

    public sealed record List(Position At, ImmutableArray<Node> Items) : Node(At)
    {
        public override string Kind => "a list";
    }

    public sealed record Object(Position At, ImmutableArray<Member> Members) : Node(At)
    {
        public override string Kind => "an object";

        /// <summary>The member's value, or null where there is none. Where a key stands twice, its first value.</summary>
        public Node? Find(string name)
        {
            foreach (var member in Members)
            {
                if (member.Name == name)
                    return member.Value;
            }

            return null;
        }

        /// <summary>The member's text, or null where it is missing or something else.</summary>
        public string? TextOf(string name) => (Find(name) as Text)?.Value;

        public int? WholeOf(string name) => (Find(name) as Number)?.Whole;

        public double? NumberOf(string name) => (Find(name) as Number)?.Value;

        public bool TruthOf(string name) => Find(name) is Truth { Value: true };

        public Object? ObjectOf(string name) => Find(name) as Object;

        public ImmutableArray<Node> ListOf(string name) => Find(name) is List list ? list.Items : [];

        /// <summary>The texts of a list; whatever is no text is left out (its shape has been complained of).</summary>
        public ImmutableArray<string> TextsOf(string name) => [.. ListOf(name).OfType<Text>().Select(t => t.Value)];

        /// <summary>The texts of an object with free keys, in the order of the file.</summary>
        public ImmutableArray<KeyValuePair<string, string>> TextMapOf(string name) =>
            ObjectOf(name) is { } map
                ? [.. map.Members.Where(m => m.Value is Text).Select(m => KeyValuePair.Create(m.Name, ((Text)m.Value).Value))]
                : [];

        /// <summary>Where the key's value stands, or where the object begins if the key is missing.</summary>
        public Position Where(string name) => Find(name)?.At ?? At;
    }

    /// <summary>One key of an object with its value.</summary>
    public sealed record Member(string Name, Position At, Node Value);
}
