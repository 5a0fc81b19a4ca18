using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Exchange;

/// <summary>Which codes were given, by whom and why; who has read what; and what the codes stand for.</summary>
internal static class CodingTables
{
    /// <summary>Everything that any coder said, rejected and superseded codings included. Positions are code points of the words as exported, the end exclusive.</summary>
    public static Table Codings(Exported study)
    {
        var labels = study.Codebooks.SelectMany(book => book.Codes).GroupBy(code => code.Id, StringComparer.Ordinal).ToDictionary(code => code.Key, code => code.Last().Label, StringComparer.Ordinal);
        return new(
            "codings",
            [
                "session", "person", "side", "flow", "address", "code", "label", "coder", "coder_version", "codebook_version", "status", "decided_by", "confidence", "polarity",
                "start", "end", "quote", "evidence",
            ],
            study.Sessions.SelectMany(session => session.Codings.Where(coding => !session.LeftBehind.Contains(coding.Address)).Select(coding => Row(session, coding, labels))));
    }

    /// <summary>That a coder read an answer: an answer without code in <see cref="Codings"/> and with a row here has none.</summary>
    public static Table Readings(Exported study) => new(
        "readings",
        ["session", "address", "coder", "coder_version", "codebook_version"],
        study.Sessions.SelectMany(session => session.Readings.Where(reading => !session.LeftBehind.Contains(reading.Address)).Select(reading =>
            (ImmutableArray<Cell>)[session.Session.Id, reading.Address, reading.Coder, reading.CoderVersion, reading.Codebook])));

    /// <summary>Every code of every version of the codebook.</summary>
    public static Table Codebook(Exported study) => new(
        "codebook",
        [
            "codebook_version", "codebook_hash", "code", "label", "parent", "category", "status", "merged_into", "aliases", "brief", "full", "use_when", "not_when",
            "examples", "counter_examples", "definition_hash", "indicator_hash", "indicators",
        ],
        study.Codebooks.SelectMany(book => book.Codes, Row));

    /// <summary>The version of a codebook as exports name it: two that carry the same number are still two.</summary>
    public static string VersionOf(Codebook codebook) => VersionOf(codebook.Version, codebook.Hash);

    public static string VersionOf(int version, string hash) => string.Create(CultureInfo.InvariantCulture, $"{version}.{hash.AsSpan(0, 8)}");

    private static ImmutableArray<Cell> Row(ExportedSession session, ExportedCoding coding, Dictionary<string, string> labels)
    {
        var said = session.Tells(coding.Address) && session.Session.Progress.Answers.GetValueOrDefault(coding.Address)?.Value is Value.Words(var text) ? text : null;
        var (start, end) = said is null ? (0, 0) : PlainText.Span(said, coding.Start, coding.Length);
        return
        [
            session.Session.Id, session.Session.Respondent, session.Side, session.Session.Flow, coding.Address, coding.Code, labels.GetValueOrDefault(coding.Code), coding.Coder,
            coding.CoderVersion, coding.Codebook, Spelling.Of(coding.Status), coding.DecidedBy, Math.Round(coding.Confidence, 4), Spelling.Of(coding.Polarity),
            said is null ? Cell.Nothing : start, said is null ? Cell.Nothing : end, said is null ? null : Cut(said, coding.Start, coding.Length), Why(coding, said),
        ];
    }

    private static ImmutableArray<Cell> Row(Codebook book, Code code) =>
    [
        book.Version, book.Hash, code.Id, code.Label, code.Parent, Cell.Yes(code.IsCategory), Spelling.Of(code.Status), code.MergedInto, Lines(code.Aliases), code.Brief, code.Full,
        Lines(code.UseWhen), Lines(code.NotWhen), Lines(code.Examples), Lines(code.CounterExamples), Codebooks.Codebook.DefinitionHash(code),
        Codebooks.Codebook.IndicatorHash(code), code.Indicators.Length,
    ];

    private static string Cut(string said, int? start, int? length) =>
        start is { } from && length is { } count && from >= 0 && count >= 0 && from + count <= said.Length ? said.Substring(from, count) : said;

    /// <summary>The reasons of a machine, the strongest first, as <c>burnout.3 (12-20)</c>.</summary>
    internal static string Why(ExportedCoding coding, string? said) => string.Join("; ", coding.Evidence.Select(evidence => said is null
        ? evidence.Indicator
        : string.Create(CultureInfo.InvariantCulture, $"{evidence.Indicator} ({PlainText.Place(said, evidence.Start)}-{PlainText.Place(said, evidence.Start + evidence.Length)})")));

    private static string Lines(ImmutableArray<string> texts) => string.Join('\n', texts);

}
