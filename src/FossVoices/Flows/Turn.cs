namespace FossVoices.Flows;

/// <summary>What one reply did. There is no fifth outcome.</summary>
public abstract record Turn
{
    private Turn(Progress progress) => Progress = progress;

    /// <summary>All that the filling knows afterwards.</summary>
    public Progress Progress { get; }

    /// <summary>Moved on, or back; something is asked next.</summary>
    /// <param name="Kept">The answer that counts from now on, or null where the reply was none.</param>
    public sealed record Asked(Progress Progress, Answer? Kept) : Turn(Progress);

    /// <summary>Nothing is left to ask. The answers can still be changed.</summary>
    public sealed record Finished(Progress Progress, Answer? Kept) : Turn(Progress);

    /// <summary>The reply does not answer the question; nothing has changed, and the question stands.</summary>
    public sealed record Refused(Progress Progress, Refusal Why) : Turn(Progress);

    public sealed record Paused(Progress Progress) : Turn(Progress);
}

/// <summary>Why a reply does not answer the question. Worded for people in <see cref="Phrases"/>.</summary>
public abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>None of the options.</summary>
    public sealed record NoOption : Refusal;

    public sealed record TooFew(int Least) : Refusal;

    public sealed record TooMany(int Most) : Refusal;

    /// <summary>Nothing but white space.</summary>
    public sealed record Empty : Refusal;

    /// <param name="Length">In UTF-16 code units.</param>
    public sealed record TooLong(int Length, int Most) : Refusal;

    public sealed record NoNumber : Refusal;

    public sealed record OutOfRange(double Least, double Most) : Refusal;

    /// <summary>One of several questions answered together was refused, and so all of them.</summary>
    /// <param name="Address">Which.</param>
    public sealed record InPart(string Address, Refusal Why) : Refusal;

    /// <summary>There is no question before this one.</summary>
    public sealed record NothingBefore : Refusal;

    /// <summary>The person has not been asked that.</summary>
    public sealed record NotAsked : Refusal;

    /// <summary>Everything has been answered already.</summary>
    public sealed record NothingOpen : Refusal;
}
