using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Host.Web.Review;

/// <summary>Released words that a round could show.</summary>
/// <param name="State"><c>picked</c>, <c>barred</c> or empty.</param>
/// <param name="Readers">How many would be shown it.</param>
public sealed record RoundRow(string Id, int Number, string Item, string Side, string State, ShownExcerpt Shown, string Codes, int Readers);

/// <param name="Shown">The numbers of the excerpts, 0 for one that was taken back.</param>
/// <param name="Link">To see it as this participant would.</param>
public sealed record RoundReader(int Number, string Side, ImmutableArray<int> Shown, string Link);

/// <param name="OpenedBy">Null while it is being prepared.</param>
public sealed record RoundView(
    ReviewFrame Frame, string Wave, string Flow, string? OpenedBy, string OpenedAt, ImmutableArray<RoundRow> Rows, ImmutableArray<RoundReader> Readers,
    ImmutableArray<(string Id, string Label)> Questions, ImmutableArray<(string Id, string Label)> Codes, ImmutableArray<(string Id, string Label)> Sides,
    string Question, string Code, string Side, ImmutableArray<(string Wave, string Flow, string Link)> Rounds);

/// <summary>The mirrors as one participant would read them.</summary>
public sealed record RoundPreview(ReviewFrame Frame, int Reader, string Side, ImmutableArray<Prompt> Prompts);
