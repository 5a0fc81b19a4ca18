using System.Collections.Frozen;
using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>A study with its lexicon, ready to be asked and heard.</summary>
internal sealed class OpenStudy
{
    private readonly FrozenDictionary<string, Lazy<Bundle>> _bundles;

    public OpenStudy(Study study)
    {
        (Study, Ear) = (study, new Ear(new Lexicon(study.Codebook)));
        _bundles = study.Flows.Values.ToFrozenDictionary(f => f.Id, f => new Lazy<Bundle>(() => Bundle.Of(study, f)), StringComparer.Ordinal);
    }

    public Study Study { get; }

    /// <summary>Hears codes in answers.</summary>
    public Ear Ear { get; }

    /// <summary>One of today's flows, packed.</summary>
    public Bundle BundleOf(Flow flow) => _bundles[flow.Id].Value;
}

/// <summary>The studies that are being served.</summary>
/// <param name="former">Flows that somebody began, by study: they are looked for even where their files are gone.</param>
internal sealed class OpenStudies(IEnumerable<Study> studies, IEnumerable<(string Study, string Flow)>? former = null)
{
    private readonly FrozenDictionary<string, OpenStudy> _byId =
        studies.Select(s => new OpenStudy(s)).ToFrozenDictionary(s => s.Study.Id, StringComparer.Ordinal);

    private readonly FrozenSet<(string Study, string Flow)> _former = (former ?? []).ToFrozenSet();

    public ImmutableArray<OpenStudy> All => [.. _byId.Values.OrderBy(s => s.Study.Id, StringComparer.Ordinal)];

    public OpenStudy? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The id of a flow that is asked in the study, or was when somebody began it; the default flow's where none is named. What narrators said before the
    /// study asked anything is found as <see cref="Session.ImportedFlow"/> where the study lets people own their words.
    /// </summary>
    public string? FindFlow(Study study, string? flow) =>
        study.FindFlow(flow)?.Id ?? (flow is not null && (_former.Contains((study.Id, flow)) || (flow == Session.ImportedFlow && study.Release is not null)) ? flow : null);
}
