using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Coding;

namespace FossVoices.Host.Web.Review;

/// <summary>Lays the codes of one answer out for a person to decide: those that somebody sees in it, with the reasons, and all others.</summary>
/// <param name="text">The answer.</param>
/// <param name="form">What was sent and could not be taken; null at first.</param>
internal sealed class CodeRows(ReviewDesk desk, string text, Speech speech, IFormCollection? form)
{
    private const int MostReasons = 6;

    /// <param name="said">What is shown of what machines and people said.</param>
    /// <param name="ticked">What is ticked at first, with its place.</param>
    public (ImmutableArray<CodeRow> Suggested, ImmutableArray<CodeRow> Others) Of(IEnumerable<CodeAssignment> said, IReadOnlyDictionary<string, CodeAssignment> ticked)
    {
        var byCode = said.Select(a => (Code: desk.CodeOf(a)?.Id, Said: a)).Where(a => a.Code is not null).ToLookup(a => a.Code!, a => a.Said, StringComparer.Ordinal);
        var rows = desk.Study.Codebook.Given.Select(code => (Code: code, Row: Row(code, [.. byCode[code.Id]], ticked.GetValueOrDefault(code.Id)))).ToArray();
        var suggested = rows.Where(r => byCode.Contains(r.Code.Id) || ticked.ContainsKey(r.Code.Id))
            .OrderByDescending(r => byCode[r.Code.Id].Select(a => a.Confidence).DefaultIfEmpty(2).Max()).Select(r => r.Row).ToArray();
        var others = rows.Select(r => r.Row).Where(row => !suggested.Contains(row)).ToArray();
        return ([.. suggested.Select((row, i) => Keyed(row, i))], [.. suggested.Length == 0 ? others.Select(Keyed) : others]);

        static CodeRow Keyed(CodeRow row, int place) => place < 10 ? row with { Key = (place + 1) % 10 } : row;
    }

    /// <summary>The answer, marked where these were heard.</summary>
    public ImmutableArray<Piece> Pieces(IEnumerable<CodeAssignment> said)
    {
        var spans = said.Where(a => a.Status != AssignmentStatus.Rejected || Coders.IsMachine(a.Coder)).SelectMany(Spans).Distinct().ToArray();
        return
        [
            .. MarkedText.Of(text, [.. spans.Select(s => (s.Start, s.Length))]).Select(piece => new Piece(
                piece.Text, piece.Spans.IsEmpty ? null : string.Join(", ", piece.Spans.Select(s => spans[s].Label).Distinct(StringComparer.Ordinal)))),
        ];
    }

    private IEnumerable<(int Start, int Length, string Label)> Spans(CodeAssignment said)
    {
        if (desk.CodeOf(said) is not { } code)
            yield break;
        foreach (var evidence in said.Evidence)
            yield return (evidence.Start, evidence.Length, code.Label);
        if (said is { Evidence.IsEmpty: true, Start: { } start, Length: { } length })
            yield return (start, length, code.Label);
    }

    private CodeRow Row(Code code, ImmutableArray<CodeAssignment> said, CodeAssignment? ticked)
    {
        var place = ticked ?? said.Where(a => a.Start is not null).MaxBy(a => a.Confidence);
        // What is quoted are the words by which it was heard; what was learned is spread over the answer.
        var (start, length) = ticked is null && place is { Evidence: [{ Indicator: LinearCoder.Learned }, ..] } ? (null, null) : (place?.Start, place?.Length);
        return new CodeRow(
            code.Id, code.Label, code.Brief, code.Full, code.UseWhen, code.NotWhen, code.Examples, code.CounterExamples,
            form is null ? ticked is not null : form["code"].Contains(code.Id),
            form?[$"quote-{code.Id}"].ToString() ?? Quoted(start, length),
            start ?? 0,
            [.. said.SelectMany(Reasons).Distinct(StringComparer.Ordinal).Take(MostReasons)],
            Key: null);
    }

    private IEnumerable<string> Reasons(CodeAssignment said)
    {
        if (!Coders.IsMachine(said.Coder))
        {
            var words = Quoted(said.Start, said.Length);
            return [said.Coder == Coders.Gold ? speech["review_settled_code"]
                : words.Length == 0 ? speech.Say("review_says", ("name", said.Coder)) : speech.Say("review_says_quoting", ("name", said.Coder), ("words", words))];
        }

        var learned = said.Evidence.Where(e => e.Indicator == LinearCoder.Learned).Select(e => Quoted(e.Start, e.Length)).ToArray();
        IEnumerable<string> reasons =
        [
            .. said.Evidence.Where(e => e.Indicator != LinearCoder.Learned).Select(e => speech.Say(
                e.Indicator switch { "tag" => "review_tag", Coders.Llm => "review_llm", _ => "review_heard" },
                ("words", Quoted(e.Start, e.Length)), ("indicator", e.Indicator), ("polarity", e.Polarity == Polarity.Asserted ? "" : speech[$"review_{e.Polarity.ToString().ToLowerInvariant()}"]))),
            .. learned.Length == 0 ? [] : new[] { speech.Say("review_learned", ("words", string.Join(", ", learned))) },
        ];
        return reasons.Append(speech.Say("review_sure", ("coder", said.Coder), ("percent", (said.Confidence * 100).ToString("0", CultureInfo.InvariantCulture))));
    }

    private string Quoted(int? start, int? length) =>
        start is { } at && length is { } count && at >= 0 && count > 0 && at + count <= text.Length ? text.Substring(at, count) : "";
}
