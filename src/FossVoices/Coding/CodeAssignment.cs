using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>What has become of a coder's word that an answer has a code.</summary>
internal enum AssignmentStatus
{
    /// <summary>A machine says so; nobody has looked.</summary>
    Suggested,

    Confirmed,
    Rejected,

    /// <summary>A newer version of the same coder, or a merged code, has taken its place.</summary>
    Superseded,

    /// <summary>A person said so under an older definition of the code; somebody should look again.</summary>
    Stale,

    /// <summary>Two people adjudicated it.</summary>
    Gold,
}

/// <summary>A coder's word that an answer has a code.</summary>
/// <param name="Session">The session that holds the answer.</param>
/// <param name="Address">The answer within it: <c>item</c>, <c>item#probe</c> or <c>turn-0001</c>.</param>
/// <param name="Code">The code's id.</param>
/// <param name="Start">In UTF-16 code units of the answer as given; null, with <paramref name="Length"/>, for the whole answer.</param>
/// <param name="Coder">As in <c>lexicon</c>, or a person's name.</param>
/// <param name="CoderVersion">Same version, same codes for the same answer.</param>
/// <param name="Confidence">From 0 to 1; 1 for people.</param>
/// <param name="Evidence">Why, the strongest first; empty for people.</param>
internal sealed record CodeAssignment(
    string Session,
    string Address,
    string Code,
    int? Start,
    int? Length,
    string Coder,
    string CoderVersion,
    double Confidence,
    Polarity Polarity,
    ImmutableArray<Evidence> Evidence,
    AssignmentStatus Status)
{
    /// <summary>How the coder version begins of what people say: behind it is the hash of the code's definition as they read it.</summary>
    public const string ByDefinition = "definition-";

    public static CodeAssignment From(Suggestion suggestion, string session, string address, string coder, string coderVersion) =>
        new(
            session, address, suggestion.Code, suggestion.Start, suggestion.Length, coder, coderVersion,
            suggestion.Confidence, suggestion.Polarity, suggestion.Evidence, AssignmentStatus.Suggested);
}
