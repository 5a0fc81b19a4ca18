using System.Collections.Immutable;

namespace FossVoices.Host.Web.Review;

/// <summary>What every page of review shows around itself.</summary>
/// <param name="Name">Of whoever is signed in; null on the page on which that is asked.</param>
public sealed record ReviewFrame(string Study, string Title, string? Name)
{
    public string At(string page, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var asked = string.Join('&', query.ToArray().Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value)}"));
        return $"/review/{Uri.EscapeDataString(Study)}{(page.Length > 0 ? $"/{page}" : "")}{(asked.Length > 0 ? $"?{asked}" : "")}";
    }

    public string Answer(string session, string address, string page = "answer") => At(page, ("session", session), ("address", address));
}

/// <param name="Note">Why what was sent could not be taken.</param>
public sealed record ReviewNameView(ReviewFrame Frame, bool AsksForPassword, string Typed, string? Note);

/// <summary>How far the work is.</summary>
public sealed record ReviewHomeView(
    ReviewFrame Frame, int Answers, int ReadByPeople, int ReadByMe, int Waiting, int Sample, int SampleReadByTwo, int BlindForMe, int ToSettle, int ToSettleAlike, int Settled, int Usual, bool Undoable);

/// <summary>A piece of an answer, marked where something was heard.</summary>
public sealed record Piece(string Text, string? Codes);

/// <summary>A code with what a person needs to decide about it.</summary>
/// <param name="Reasons">Why it is suggested, and what people said.</param>
/// <param name="Key">The digit that ticks it; null beyond the tenth.</param>
public sealed record CodeRow(
    string Id, string Label, string Brief, string Full, ImmutableArray<string> UseWhen, ImmutableArray<string> NotWhen, ImmutableArray<string> Examples, ImmutableArray<string> CounterExamples,
    bool Ticked, string Quote, int At, ImmutableArray<string> Reasons, int? Key);

/// <summary>One answer to code, or to settle.</summary>
/// <param name="Why">Why it is shown now.</param>
/// <param name="Suggested">Codes that somebody sees in it.</param>
/// <param name="Others">All other codes of the codebook.</param>
/// <param name="Memos">What others noted; empty while the answer is coded blind.</param>
public sealed record CodingView(
    ReviewFrame Frame, string Session, string Address, string Page, string Question, string Side, string Why, bool Blind, ImmutableArray<Piece> Pieces,
    ImmutableArray<CodeRow> Suggested, ImmutableArray<CodeRow> Others, string Hash, string Memo, ImmutableArray<string> Memos, string? Note, int Left)
{
    public string Id => $"{Session}/{Address}";
}

/// <summary>An answer in a list.</summary>
public sealed record FoundAnswer(string Id, string Link, string Question, string Side, ImmutableArray<Piece> Pieces, string Codes, ImmutableArray<string> Memos);

/// <summary>Answers by code, side and question.</summary>
public sealed record FindView(
    ReviewFrame Frame, ImmutableArray<(string Id, string Label)> Codes, ImmutableArray<(string Id, string Label)> Sides, ImmutableArray<(string Id, string Label)> Questions,
    string Code, string Side, string Question, bool WithMemo, int Count, ImmutableArray<FoundAnswer> Answers, string? Earlier, string? Later, ImmutableArray<ClaimRow> Claims);

/// <summary>Codes that come up in the same answers, side by side.</summary>
public sealed record TogetherView(ReviewFrame Frame, ImmutableArray<(string Side, int Answers, ImmutableArray<TogetherRow> Pairs)> Sides);

public sealed record TogetherRow(string One, string Other, int Answers, double Expected, string Link);

public sealed record ClaimRow(string Id, string Text, string MadeBy, ImmutableArray<(string Id, string Link)> Cited);

public sealed record ClaimsView(ReviewFrame Frame, ImmutableArray<ClaimRow> Claims, string? Note, string Typed);

/// <summary>Answers that two people coded.</summary>
public sealed record SettleView(ReviewFrame Frame, ImmutableArray<(string Link, string Readers, int Differing)> Waiting, int Alike);
