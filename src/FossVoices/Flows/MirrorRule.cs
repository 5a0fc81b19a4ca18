using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Which released words of an earlier wave a mirror shows.</summary>
/// <param name="Wave">The earlier wave; empty in a study without waves.</param>
/// <param name="Flow">The flow whose answers are shown, <c>import</c> for transcripts; null for any.</param>
/// <param name="Item">The question that they answer; null for any.</param>
/// <param name="Codes">Only answers with one of these codes; empty for all.</param>
/// <param name="Other">How many of the other side.</param>
/// <param name="Own">How many of the own side.</param>
/// <param name="AtLeast">From fewer people of a side than this, the reader left out, nothing of that side is shown.</param>
public sealed record MirrorRule(string Wave, string? Flow, string? Item, ImmutableArray<string> Codes, int Other, int Own, int AtLeast)
{
    /// <summary>More would be read by nobody, and would not fit a chat's message.</summary>
    public const int MostShown = 4;

    /// <summary>So many people of a side must have released something, where the study says nothing else.</summary>
    public const int UsuallyAtLeast = 2;

    public int Most => Other + Own;
}

/// <summary>Released words that a mirror could show.</summary>
/// <param name="Id">Names them; says nothing of whose they are.</param>
/// <param name="Author">The pseudonym of whoever said them.</param>
/// <param name="Side"><c>upstream</c> or <c>downstream</c>.</param>
/// <param name="Picked">Whether the researcher wants them shown before others.</param>
/// <param name="Barred">Whether the researcher wants them shown to nobody.</param>
/// <param name="Slight">Whether they say too little to be understood by themselves; such words come last.</param>
public sealed record Candidate(string Id, string Author, string Side, bool Picked = false, bool Barred = false, bool Slight = false);

/// <summary>Somebody who is shown a mirror.</summary>
public sealed record MirrorReader(string Respondent, string Side);

/// <summary>One part of what a mirror shows, as somebody reads it.</summary>
/// <param name="Text">The words; null where their author has taken them back.</param>
/// <param name="From">Whose they are, as far as it may be told.</param>
public sealed record ShownExcerpt(string? Text, string From);
