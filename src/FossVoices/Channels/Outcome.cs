using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Channels;

/// <summary>What a platform shows next. It can be rendered again at any time from what is stored.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>Nothing has been kept yet; the person is asked to agree.</summary>
    public sealed record Consent(string Study, string Flow, string Title, int Minutes, ImmutableArray<string> Text, ConsentText Words) : Outcome;

    /// <summary>A question stands.</summary>
    /// <param name="Asked">What the button, card or form has to carry.</param>
    /// <param name="Note">A sentence about what was just said: why it was refused, or that it came too late.</param>
    /// <param name="Receipt">The receipt, right after the person agreed; null later.</param>
    public sealed record Question(string Title, Asked Asked, Prompt Prompt, string? Note, string? Receipt) : Outcome;

    /// <summary>Nothing is left to ask.</summary>
    /// <param name="Closing">The closing words.</param>
    /// <param name="Asked">Carries the session's revision, for changing an answer.</param>
    public sealed record Finished(string Title, Asked Asked, ImmutableArray<string> Closing, ImmutableArray<Given> Answers, string? Note) : Outcome;

    public sealed record Paused(string Title, Asked Asked, int Left) : Outcome;

    /// <summary>Everything of this session is deleted.</summary>
    /// <param name="Answers">How many answers there were.</param>
    public sealed record Withdrawn(int Answers) : Outcome;

    /// <summary>The study takes no answers now, or there is none of that name.</summary>
    public sealed record Closed(string Sentence) : Outcome;

    /// <summary>The answer could not be kept; the person may try again.</summary>
    public sealed record Unavailable(string Sentence) : Outcome;
}

/// <summary>One answer as its author may read it again.</summary>
/// <param name="Ask">What was asked.</param>
/// <param name="Answer">What was answered, in the words the person saw; empty where it was skipped.</param>
public sealed record Given(string Address, string Ask, string Answer, DateTimeOffset At);
