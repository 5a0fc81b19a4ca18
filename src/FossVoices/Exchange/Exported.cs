using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Studies;

namespace FossVoices.Exchange;

/// <summary>
/// A study as it leaves the program for its researcher. Nothing here leads back into the store: persons and sessions have names of their own,
/// and days stand in place of times.
/// </summary>
/// <param name="Codebooks">Every version that answers were coded by, the first one first; the last is the present one.</param>
/// <param name="Flows">Every version of every flow that was ever frozen, in the order in which they were, and last the files as they are now.</param>
internal sealed record Exported(
    string Study, string Title, string Language, DateTimeOffset At,
    ImmutableArray<Codebook> Codebooks, ImmutableArray<ExportedFlow> Flows, ImmutableArray<ExportedSession> Sessions)
{
    public Codebook Codebook => Codebooks[^1];

    /// <summary>What the researchers conclude; empty where not all words leave, since a conclusion may repeat some.</summary>
    public ImmutableArray<ExportedClaim> Claims { get; init; } = [];
}

/// <summary>One version of a flow.</summary>
/// <param name="Languages">The same flow in every language it was translated into, by language tag; its own is not among them.</param>
internal sealed record ExportedFlow(Flow Flow, ImmutableSortedDictionary<string, Flow> Languages)
{
    public static ExportedFlow Of(Study study, Flow flow) => new(flow, study.Translations
        .Where(translation => translation.Value.Flows.GetValueOrDefault(flow.Id) is { } spoken && spoken.Language != flow.Language)
        .ToImmutableSortedDictionary(translation => translation.Key, translation => translation.Value.Flows[flow.Id], StringComparer.Ordinal));
}

/// <summary>One person's way through one flow.</summary>
/// <param name="Session">With the export's own names for session and person.</param>
/// <param name="Asked">The flow that the person was asked by; null for a transcript, and where that version can't be read any more.</param>
/// <param name="Name">Of a narrator who published the words under it; else null.</param>
/// <param name="Side"><c>upstream</c>, <c>downstream</c>, or empty.</param>
/// <param name="Release">What the narrators of a transcript allow; empty for everybody else.</param>
/// <param name="HasWords">Whether the words leave with the export, save where their author said otherwise of an answer. Where they do not, everything else does.</param>
/// <param name="Questions">Of a transcript: what preceded each turn, by address.</param>
/// <param name="LeftBehind">The addresses of answers that going back has left behind.</param>
internal sealed record ExportedSession(
    Session Session, Flow? Asked, string? Name, string Side, bool BothSides, string Release, bool HasWords,
    ImmutableDictionary<string, string> Questions, ImmutableHashSet<string> LeftBehind,
    ImmutableArray<ExportedCoding> Codings, ImmutableArray<ExportedReading> Readings)
{
    /// <summary>What researchers noted, by answer; see <see cref="Noted"/>.</summary>
    public ImmutableArray<ExportedMemo> Memos { get; init; } = [];

    /// <summary>The memos that leave. A memo repeats words, so it stays with the words that stay.</summary>
    public IEnumerable<ExportedMemo> Noted => Memos.Where(memo => Tells(memo.Address) && !LeftBehind.Contains(memo.Address));

    /// <summary>Of answers of which their author has said it: whether the words leave, whatever holds for the others.</summary>
    public ImmutableDictionary<string, bool> Released { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>Whether the words of an answer leave with the export.</summary>
    public bool Tells(string address) => Released.GetValueOrDefault(address, HasWords);

    /// <summary>The answers in the person's own words, as far as they leave, in the order in which they were asked.</summary>
    public IEnumerable<(string Address, string Text)> Texts => Session.Progress.Answers.Values
        .Where(answer => answer.Value is Value.Words && !LeftBehind.Contains(answer.Address) && Tells(answer.Address))
        .OrderBy(answer => Asked?.Steps.At(answer.Address)?.Index ?? int.MaxValue).ThenBy(answer => answer.Address, StringComparer.Ordinal)
        .Select(answer => (answer.Address, ((Value.Words)answer.Value).Text));
}

/// <summary>A code that a coder gave to an answer.</summary>
/// <param name="Start">In UTF-16 code units of the answer; null, with <paramref name="Length"/>, for the whole of it.</param>
/// <param name="Codebook">The version of the codebook, or empty where it was not noted.</param>
internal sealed record ExportedCoding(
    string Address, string Code, int? Start, int? Length, string Coder, string CoderVersion, string Codebook, double Confidence, Polarity Polarity,
    ImmutableArray<Evidence> Evidence, AssignmentStatus Status, string? DecidedBy);

/// <summary>That a coder has read an answer: without it, "no code" could not be told from "not read".</summary>
internal sealed record ExportedReading(string Address, string Coder, string CoderVersion, string Codebook);

/// <summary>What somebody noted about an answer while coding it.</summary>
internal sealed record ExportedMemo(string Address, string Coder, string Text);

/// <summary>A conclusion, and the answers that it rests on, by the export's names of their sessions.</summary>
internal sealed record ExportedClaim(string Id, string Text, string MadeBy, ImmutableArray<(string Session, string Address)> Cited);
