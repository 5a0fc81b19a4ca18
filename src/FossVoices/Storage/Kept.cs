using FossVoices.Flows;
using FossVoices.Sessions;

namespace FossVoices.Storage;

/// <summary>What one delivery did to a session. There is no fifth case.</summary>
internal abstract record Kept
{
    private Kept()
    {
    }

    /// <summary>Taken and on the disk.</summary>
    /// <param name="Session">As it is now.</param>
    public sealed record Now(Session Session, Turn Turn) : Kept;

    /// <summary>The delivery, or this person's beginning, had been taken before; nothing has changed.</summary>
    /// <param name="Session">As it is now.</param>
    /// <param name="Outcome">What was said then, to be said again.</param>
    public sealed record Before(Session Session, Outcome Outcome) : Kept;

    /// <summary>The question that was answered no longer stood; nothing has changed.</summary>
    public sealed record TooLate(Session Session) : Kept;

    /// <summary>There is no such session, or none any more; nothing is kept of the delivery.</summary>
    public sealed record Nothing : Kept;
}

internal enum OutcomeKind
{
    Begun,
    Asked,
    Finished,
    Refused,
    Paused,
    TooLate,
}

/// <summary>What became of a delivery: enough to say it again, and nothing that anybody wrote.</summary>
/// <param name="Address">The question that stood afterwards; empty when nothing was left to ask.</param>
/// <param name="Revision">The session's revision afterwards.</param>
/// <param name="Why">Why it was refused, else null.</param>
internal sealed record Outcome(OutcomeKind Kind, string Address, int Revision, Refusal? Why = null);

/// <summary>A turn, and where it leads.</summary>
internal sealed record Decided(Turn Turn, PathFacts Path);

/// <summary>What the store keeps of a path, since it cannot walk one: it knows no flow.</summary>
/// <param name="Side"><c>upstream</c>, <c>downstream</c>, or null.</param>
/// <param name="Both">Whether the person said to be on both sides.</param>
/// <param name="OnPath">Whether an address is one of its steps.</param>
/// <param name="Standing">The question that stands, or null.</param>
/// <param name="CoreDone">Whether the core is complete.</param>
/// <param name="Finished">Whether nothing is left to ask.</param>
internal sealed record PathFacts(string? Side, bool Both, Func<string, bool> OnPath, string? Standing, bool CoreDone, bool Finished)
{
    public static PathFacts Of(FlowPath path) => new(
        path.Side,
        path.Both,
        address => path.Find(address) is not null,
        path.Standing?.Address,
        path.CoreDone,
        path.Open is null);
}

/// <summary>What withdrawing did.</summary>
/// <param name="Found">Whether there was such a session.</param>
/// <param name="Scrubbed">Whether what was deleted is in no file any more; false where a long reader stood in the way, see <see cref="Database.ScrubAsync"/>.</param>
internal sealed record Withdrawn(bool Found, bool Scrubbed);
