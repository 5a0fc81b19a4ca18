using System.Collections.Frozen;
using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>A study with its lexicon, ready to be asked and heard.</summary>
internal sealed class OpenStudy
{
    public OpenStudy(Study study) => (Study, Ear) = (study, new Ear(new Lexicon(study.Codebook)));

    public Study Study { get; }

    /// <summary>Hears codes in answers.</summary>
    public Ear Ear { get; }
}

/// <summary>The studies that are being served.</summary>
internal sealed class OpenStudies(IEnumerable<Study> studies)
{
    private readonly FrozenDictionary<string, OpenStudy> _byId =
        studies.Select(s => new OpenStudy(s)).ToFrozenDictionary(s => s.Study.Id, StringComparer.Ordinal);

    public ImmutableArray<OpenStudy> All => [.. _byId.Values.OrderBy(s => s.Study.Id, StringComparer.Ordinal)];

    public OpenStudy? Find(string id) => _byId.GetValueOrDefault(id);
}
