using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>All that one filling of a flow knows. The path through the flow is a pure function of it.</summary>
/// <param name="Draws">What chance decided at the start.</param>
/// <param name="Answers">The answers by address, those off the path included.</param>
/// <param name="Heard">What was heard in the open answers, by address.</param>
/// <param name="Revisiting">The address that the person went back to, or null where the next open question stands.</param>
/// <param name="Paused">Whether the person asked for a pause.</param>
/// <param name="Quotes">Whether the words may be quoted; <c>no</c> until the person says otherwise.</param>
public sealed record Progress(
    Draws Draws,
    ImmutableDictionary<string, Answer> Answers,
    ImmutableDictionary<string, Heard> Heard,
    string? Revisiting,
    bool Paused,
    string Quotes)
{
    /// <summary>The quote answer of those who said nothing.</summary>
    public const string NoQuotes = "no";

    private readonly Memory _memory = new();

    /// <summary>A filling of which nothing has been answered yet.</summary>
    public static Progress Begin(Flow flow, long seed, string quotes = NoQuotes) => new(
        Draws.From(flow, seed),
        ImmutableDictionary<string, Answer>.Empty,
        ImmutableDictionary<string, Heard>.Empty,
        Revisiting: null,
        Paused: false,
        quotes);

    /// <summary>
    /// The path that was walked already for all that decides it, or null. A turn asks for the same path several times, and going back or
    /// pausing leaves it as it is.
    /// </summary>
    internal FlowPath? Walked(Flow flow) => _memory.Path switch
    {
        { } path when !ReferenceEquals(path.Flow, flow) => null,
        { Progress: var walked } path when ReferenceEquals(walked, this) => path,
        { Progress: var walked } path when ReferenceEquals(walked.Answers, Answers) && ReferenceEquals(walked.Heard, Heard) && ReferenceEquals(walked.Draws, Draws) =>
            Remember(path.With(this)),
        _ => null,
    };

    internal FlowPath Remember(FlowPath path) => _memory.Path = path;

    /// <summary>
    /// Holds a path that can be walked again at any time, so it is no part of what the progress is: copies made by <c>with</c>
    /// share it, it never makes two of them differ, and two threads may each put theirs.
    /// </summary>
    private sealed class Memory
    {
        public FlowPath? Path { get; set; }

        public override bool Equals(object? obj) => obj is Memory;

        public override int GetHashCode() => 0;
    }
}
