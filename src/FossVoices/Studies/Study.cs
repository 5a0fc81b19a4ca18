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

    /// <summary>Whether all servers, teams and the web feed one report, or each has its own.</summary>
    public bool Pool { get; init; } = true;

    /// <summary>Whether a web link opens only with a code handed out once.</summary>
    public bool OneTimeCodes { get; init; }

    /// <summary>What proves a side, by side; empty where nothing does.</summary>
    public ImmutableSortedDictionary<string, Attestation> Attestation { get; init; } = ImmutableSortedDictionary<string, Attestation>.Empty;

    /// <summary>Its people are made up, to show what becomes of answers; whatever is made of them says so.</summary>
    public bool Simulated { get; init; }

    /// <summary>The smallest side that is shown in anything posted.</summary>
    public int MinimumGroup { get; init; } = 10;

    /// <summary>For how many days answers are kept.</summary>
    public int RetainDays { get; init; } = 365;

    /// <summary>Epsilon of geometric noise on published counts; null for none.</summary>
    public double? Noise { get; init; }

    /// <summary>What people are offered to release of their words; null where nobody's words are shown to anybody.</summary>
    public ReleaseTerms? Release { get; init; }

    /// <summary>Whether codes count before a person has confirmed them; reports then call them unchecked.</summary>
    public bool CountUnchecked { get; init; } = true;

    /// <summary>How many examples a code needs before the learning coder speaks.</summary>
    public int LearnFrom { get; init; } = 8;

    /// <summary>When reports are posted, as a cron line of five fields; null where only on demand.</summary>
    public string? Schedule { get; init; }

    /// <summary>The time zone of the schedule.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Where reports are posted: <c>discord:GUILD/CHANNEL</c> or <c>teams:CONVERSATION</c>.</summary>
    public ImmutableArray<string> Channels { get; init; } = [];

    /// <summary>How long organisers see a report before it is posted.</summary>
    public int PreviewHours { get; init; }

    /// <summary>How many tensions a report shows.</summary>
    public int TensionsShown { get; init; } = 3;

    /// <summary>All tensions, over whichever flows.</summary>
    public ImmutableArray<StudyTension> Tensions { get; init; } = [];

    /// <summary>Said when an answer sounds like distress.</summary>
    public string? Help { get; init; }

    public required Codebook Codebook { get; init; }

    public required ImmutableSortedDictionary<string, Flow> Flows { get; init; }

    /// <summary>The study in other languages, by language tag, each with its flows in that language.</summary>
    public ImmutableSortedDictionary<string, Study> Translations { get; init; } = ImmutableSortedDictionary<string, Study>.Empty;

    /// <summary>The tags of all languages that it can be answered in, its own first.</summary>
    public ImmutableArray<string> Languages => [Language, .. Translations.Keys.Where(tag => !string.Equals(tag, Language, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The study's own scripted cases, by flow.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<ScriptedCase>> Tests { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<ScriptedCase>>.Empty;

    /// <summary>What it was compiled from, kept so that a flow can be frozen with it; no files where it was made otherwise.</summary>
    public StudyFiles Files { get; init; } = new("", "", ImmutableSortedDictionary<string, StudyFile>.Empty);

    public Flow? FindFlow(string? id) => Flows.GetValueOrDefault(id ?? DefaultFlow);

    /// <summary>The flows that a wave asks: those it names, or all of them.</summary>
    public IEnumerable<Flow> AskedIn(string wave) =>
        Waves.FirstOrDefault(w => w.Id == wave) is { Flows: { IsEmpty: false } named } ? named.Select(flow => Flows[flow]) : Flows.Values;

    /// <summary>
    /// The study as somebody reads it who prefers this language: <c>fr-CA</c> finds <c>fr</c>. Flows have the same items, addresses
    /// and hash in every language, so a session can change language at any time. The study itself where there is no translation.
    /// </summary>
    public Study In(string? language)
    {
        for (var tag = language ?? ""; tag.Length > 0; tag = tag[..Math.Max(tag.LastIndexOf('-'), 0)])
        {
            if (string.Equals(tag, Language, StringComparison.OrdinalIgnoreCase))
                return this;
            foreach (var (translated, study) in Translations)
            {
                if (string.Equals(tag, translated, StringComparison.OrdinalIgnoreCase))
                    return study;
            }
        }

        return this;
    }
}

/// <summary>What proves that somebody is of a side. Only that it was proved is kept.</summary>
/// <param name="Codes">Whether one-time codes are handed out by an organiser.</param>
internal sealed record Attestation(ImmutableArray<string> DiscordRoles, ImmutableArray<string> Teams, bool Codes);

/// <summary>Who asks.</summary>
/// <param name="Ethics">The board's reference, or that there is none.</param>
/// <param name="Positions">The team's own ties to the project.</param>
internal sealed record Team(ImmutableArray<string> Names, string Contact, string Ethics, string Positions);

/// <summary>Under which text words are released, and how far they can be.</summary>
/// <param name="Offered">From nothing at all upwards; nothing, and counting only, are always among them.</param>
/// <param name="License">The open licence of what is released under a name; empty where that is not offered.</param>
internal sealed record ReleaseTerms(string Text, ImmutableArray<Release> Offered, string License)
{
    public const int UsualReplyDays = 3;

    /// <summary>For how many days those whose words stand in a report can answer before it is posted.</summary>
    public int ReplyDays { get; init; } = UsualReplyDays;
}

/// <summary>A period in which people are asked.</summary>
/// <param name="Open">The first day; null where a verb opens it.</param>
/// <param name="Close">The last day; null where a verb closes it.</param>
internal sealed record Wave(string Id, ImmutableArray<string> Flows, DateOnly? Open, DateOnly? Close, int? RemindAfterDays);

/// <summary>A tension with its halves as the study file names them: <c>FLOW.ITEM</c>, or <c>ITEM</c> in the default flow.</summary>
internal sealed record StudyTension(string Id, Half A, Half B, string Label, string Starter);

/// <summary>One half of a tension: an item of a flow.</summary>
internal sealed record Half(string Flow, string Item);
