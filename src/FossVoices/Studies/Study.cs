using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>One folder of files: what is asked, of whom, by whom, and what is promised to them.</summary>
internal sealed record Study
{
    /// <summary>The folder's name.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What the study is about, as texts name it.</summary>
    public required string Project { get; init; }

    public required string Language { get; init; }

    /// <summary>The labels of <c>upstream</c> and <c>downstream</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Sides { get; init; }

    public required Team Team { get; init; }

    public required string DefaultFlow { get; init; }

    /// <summary>Empty where the study is open until it is closed by verb.</summary>
    public ImmutableArray<Wave> Waves { get; init; } = [];

    /// <summary>Tags that links may carry (<c>?from=TAG</c>).</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The smallest side that is shown in anything posted.</summary>
    public int MinimumGroup { get; init; } = 10;

    /// <summary>For how many days answers are kept.</summary>
    public int RetainDays { get; init; } = 365;

    /// <summary>Whether codes count before a person has confirmed them; reports then call them unchecked.</summary>
    public bool CountUnchecked { get; init; } = true;

    /// <summary>How many tensions a report shows.</summary>
    public int TensionsShown { get; init; } = 3;

    /// <summary>All tensions, over whichever flows.</summary>
    public ImmutableArray<StudyTension> Tensions { get; init; } = [];

    /// <summary>Said when an answer sounds like distress.</summary>
    public string? Help { get; init; }

    public required Codebook Codebook { get; init; }

    public required ImmutableSortedDictionary<string, Flow> Flows { get; init; }

    public Flow? FindFlow(string? id) => Flows.GetValueOrDefault(id ?? DefaultFlow);
}

/// <summary>Who asks.</summary>
/// <param name="Ethics">The board's reference, or that there is none.</param>
/// <param name="Positions">The team's own ties to the project.</param>
internal sealed record Team(ImmutableArray<string> Names, string Contact, string Ethics, string Positions);

/// <summary>A period in which people are asked.</summary>
/// <param name="Open">The first day; null where a verb opens it.</param>
/// <param name="Close">The last day; null where a verb closes it.</param>
internal sealed record Wave(string Id, ImmutableArray<string> Flows, DateOnly? Open, DateOnly? Close, int? RemindAfterDays);

/// <summary>A tension with its halves as the study file names them: <c>FLOW.ITEM</c>, or <c>ITEM</c> in the default flow.</summary>
internal sealed record StudyTension(string Id, Half A, Half B, string Label, string Starter);

/// <summary>One half of a tension: an item of a flow.</summary>
internal sealed record Half(string Flow, string Item);
