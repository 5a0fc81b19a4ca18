using FossVoices.Flows;

namespace FossVoices.Sessions;

/// <summary>One person's way through one flow. It belongs to a study and a person, never to a place.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Id">A random id of this session; says nothing about the person.</param>
/// <param name="Flow">The flow's id, or <see cref="ImportedFlow"/> for a transcript.</param>
/// <param name="FlowHash">The content hash of the flow as it was when the person agreed.</param>
/// <param name="Respondent">The person's pseudonym in this study.</param>
/// <param name="Wave">The wave's id, or empty in a study without waves.</param>
/// <param name="Origin">How the person came here.</param>
/// <param name="Progress">All that the filling knows.</param>
/// <param name="Revision">Counts the turns kept; a card shown earlier carries an earlier one.</param>
/// <param name="StartedAt">When the person agreed.</param>
/// <param name="CoreAt">When the core was complete, or null.</param>
/// <param name="FinishedAt">When nothing was left to ask, or null.</param>
/// <param name="KeepUntil">The day of deletion that the person was shown on agreeing; null for a transcript.</param>
/// <param name="Language">The language that the person chose to be asked in; null for the platform's word.</param>
public sealed record Session(
    string Study, string Id, string Flow, string FlowHash, string Respondent, string Wave, Origin Origin,
    Progress Progress, int Revision, DateTimeOffset StartedAt, DateTimeOffset? CoreAt, DateTimeOffset? FinishedAt,
    DateTimeOffset? KeepUntil = null, string? Language = null)
{
    public const string ImportedFlow = "import";
}

/// <summary>How somebody came to a study; counted in the coverage line of every report.</summary>
/// <param name="Platform"><c>web</c>, <c>discord</c>, <c>teams</c>, or <c>import</c>.</param>
/// <param name="Source">The tag of the link that was followed, or empty.</param>
/// <param name="Public">Whether the person published the words: a stratum of its own.</param>
/// <param name="Attested">Whether the side has been attested.</param>
/// <param name="Community">
/// What stands for the server or team where it began, in a study that reports its places apart; empty where nobody knows. Null in a study that reports all together.
/// </param>
public sealed record Origin(string Platform, string Source, bool Public = false, bool Attested = false, string? Community = null);
