using System.Collections.Immutable;
using FossVoices.Coding;

namespace FossVoices.Storage;

/// <summary>One code that a person gives an answer.</summary>
/// <param name="Start">In UTF-16 code units; null, with <paramref name="Length"/>, for the whole answer.</param>
/// <param name="Definition">Of the code as the person read it: see <see cref="Of"/>.</param>
internal sealed record GivenCode(string Code, int? Start, int? Length, Polarity Polarity, string Definition)
{
    /// <summary>Kept as the coder version of what people say, so that it shows when the definition has changed since.</summary>
    public static string Of(Codebooks.Code code) => $"{CodeAssignment.ByDefinition}{Codebooks.Codebook.DefinitionHash(code).AsSpan(0, 16)}";
}

/// <summary>All that one person says of one answer, which was read whole.</summary>
/// <param name="TextHash">As it came with the text, so that nothing is said of words that have changed meanwhile.</param>
/// <param name="Coder">Under whose name it stands: the person's, or <see cref="Coders.Gold"/>.</param>
/// <param name="By">Who says it.</param>
/// <param name="NotGiven">All other codes of the codebook. Kept one by one: of a code that is added later, nothing was said.</param>
/// <param name="Memo">Empty for none.</param>
internal sealed record PersonCoding(
    string Session, string Address, string TextHash, string Coder, string By, ImmutableArray<GivenCode> Given, ImmutableArray<GivenCode> NotGiven, string Memo);

/// <summary>An answer that people can code, without its words.</summary>
internal sealed record CodableAnswer
{
    public string Session { get; init; } = "";

    public string Address { get; init; } = "";

    public string Flow { get; init; } = "";

    public string Respondent { get; init; } = "";

    /// <summary><c>upstream</c>, <c>downstream</c>, or empty while unknown.</summary>
    public string Side { get; init; } = "";

    /// <summary>Its place in the blind sample, from 1; null where it is not in it.</summary>
    public int? Sample { get; init; }

    public string Id => $"{Session}/{Address}";
}

/// <summary>An answer with its words, to be read by a person.</summary>
/// <param name="Question">What preceded in a transcript; null where the flow says what was asked.</param>
/// <param name="Memos">By the name of whoever noted them.</param>
internal sealed record AnswerToRead(CodableAnswer Answer, string? Question, string Text, string TextHash, ImmutableSortedDictionary<string, string> Memos);

/// <summary>What a researcher concludes.</summary>
/// <param name="Cited">The ids of the answers it rests on: <c>session/address</c>.</param>
internal sealed record Claim(string Id, string Text, string MadeBy, ImmutableArray<string> Cited);
