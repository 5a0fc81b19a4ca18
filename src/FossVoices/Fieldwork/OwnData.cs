using System.Collections.Immutable;
using FossVoices.Channels;

namespace FossVoices.Fieldwork;

/// <summary>All that is kept of one session, as its author may see and download it.</summary>
/// <param name="KeptUntil">When it is deleted by itself.</param>
/// <param name="Quotes">Whether the words may be quoted.</param>
/// <param name="Asking">Quotes that were proposed, and what the person said to them.</param>
/// <param name="Attested">Whether the side was shown by a code or a role.</param>
/// <param name="QuotesLabel">The same as the person read it on agreeing; null where nobody was asked.</param>
internal sealed record OwnData(
    string Study, string Flow, string Receipt, DateTimeOffset StartedAt, DateTimeOffset KeptUntil, string Quotes, string? QuotesLabel, ImmutableArray<Given> Answers,
    ImmutableArray<AskedQuote> Asking, bool Attested);
