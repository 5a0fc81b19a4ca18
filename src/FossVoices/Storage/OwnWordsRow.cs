using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Coding;
using FossVoices.Flows;

namespace FossVoices.Storage;

/// <summary>An answer in somebody's own words as it lies in the database, with what its author released.</summary>
internal sealed record OwnWordsRow
{
    /// <summary>The one place that says what may be shown of whose words: whoever shows them to anybody but their author reads them with this.</summary>
    public const string Columns = """
        select a.study as Study, a.session as Session, a.address as Address, s.respondent as Respondent, s.flow as Flow, s.wave as Wave,
               s.side as Side, s.public as Public, p.name as Narrator, a.words as Words, a.question as Question, r.release as Release,
               o.parts as Parts, o.name as Name, o.released_at as ReleasedAt, f.text as Paraphrase, f.state as ParaphraseState
          from answer a
          join session s on s.study = a.study and s.session = a.session
          join respondent p on p.study = s.study and p.respondent = s.respondent
          join answer_release r on r.study = a.study and r.session = a.session and r.address = a.address
          left join own_words o on o.study = a.study and o.session = a.session and o.address = a.address
          left join paraphrase f on f.study = a.study and f.session = a.session and f.address = a.address
         where a.on_path = 1 and a.words is not null
        """;

    /// <summary>What others may read: the words as they are, or what their author accepted in their place.</summary>
    public const string MayBeShown = "(r.release in ('anonymous', 'named') or (r.release = 'paraphrase' and f.state = 'accepted'))";

    /// <summary>What a report in words may rest on: released beyond counting, by somebody who is on one side.</summary>
    public const string MayBeTold = "r.release in ('paraphrase', 'anonymous', 'named') and s.side <> '' and s.both_sides = 0";

    /// <summary>The excerpt of a round, where the row was read as one.</summary>
    public string Excerpt { get; init; } = "";

    public string Item { get; init; } = "";

    /// <summary>What the researcher said of the excerpt.</summary>
    public string State { get; init; } = "";

    /// <summary>See <see cref="CodedSpans"/>; null where nobody has asked.</summary>
    public string? Coded { get; init; }

    public string Study { get; init; } = "";

    public string Session { get; init; } = "";

    public string Address { get; init; } = "";

    public string Respondent { get; init; } = "";

    public string Flow { get; init; } = "";

    public string Wave { get; init; } = "";

    public string Side { get; init; } = "";

    public int Public { get; init; }

    /// <summary>Of people who published their words under their name.</summary>
    public string? Narrator { get; init; }

    public byte[] Words { get; init; } = [];

    public byte[]? Question { get; init; }

    public string Release { get; init; } = "";

    /// <summary>Null where the author has not looked at the words yet.</summary>
    public string? Parts { get; init; }

    public byte[]? Name { get; init; }

    public long? ReleasedAt { get; init; }

    /// <summary>What a researcher wrote in place of the words, sealed; null where nobody did.</summary>
    public byte[]? Paraphrase { get; init; }

    /// <summary><c>proposed</c>, <c>accepted</c> or <c>refused</c>.</summary>
    public string? ParaphraseState { get; init; }

    public bool HasParaphrase => Its == Flows.Release.Paraphrase && ParaphraseState == "accepted";

    public Release Its => Releases.TryRead(Release) ?? Releases.Default;

    /// <summary>Where the chosen name lies among the words of its session.</summary>
    public static string NameOf(string address) => $"{address}=";

    /// <summary>Where what stands in place of the words lies among the words of its session.</summary>
    public static string ParaphraseOf(string address) => $"{address}*";

    public string? ParaphraseText(Vault vault) => Paraphrase is { } written ? Storage.Words.FromBytes(vault.Find(Study, Session), ParaphraseOf(Address), written) : null;

    public string Text(Vault vault) => QuoteRow.Read(vault, Study, Session, Address, Words);

    public string? Asked(Vault vault) => Question is null ? null : Storage.Words.FromBytes(vault.Find(Study, Session), Storage.Words.QuestionOf(Address), Question);

    /// <summary>The words with what is hidden in them. Whoever published the whole hides nothing.</summary>
    /// <param name="names">Names that the study knows.</param>
    public ImmutableArray<QuotePart> Marked(string text, IEnumerable<string> names) =>
        QuoteParts.Of(text, PartsOf(text, names));

    /// <summary>What is hidden: as the author said, or else as the program suggests.</summary>
    public string PartsOf(string text, IEnumerable<string> names) =>
        Parts ?? (Public != 0 ? "" : QuoteParts.Write(Redaction.Suggest(text, names), ImmutableHashSet<int>.Empty));

    /// <summary>The name to stand under the words; null where there is none, or where it may not be told.</summary>
    public string? Signed(Vault vault) => Its != Flows.Release.Named ? null
        : Name is { } chosen ? Storage.Words.FromBytes(vault.Find(Study, Session), NameOf(Address), chosen)
        : Public != 0 ? Narrator : null;
}
