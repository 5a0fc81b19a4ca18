using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Commands;
using FossVoices.Host.Web.Pages;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Host.Web.Review;

/// <summary>Where a mirror round is prepared: what has been released, who would be shown what, and the word that lets it open.</summary>
internal static class RoundPages
{
    public static void MapRounds(this RouteGroupBuilder pages)
    {
        pages.MapGet("round", ShowAsync);
        pages.MapGet("round/as", PreviewAsync);
        pages.MapPost("round", MarkAsync).AddEndpointFilter<FormGate>();
        pages.MapPost("round/open", OpenAsync).AddEndpointFilter<FormGate>();
    }

    private static async Task<IResult> ShowAsync(
        string study, string? wave, string? flow, string? question, string? code, string? side, ReviewDesks desks, Rounds rounds, AccessLog log, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (await PreparedAsync(study, wave, flow, desks, rounds, context, cancellationToken) is not var (desk, prepared))
            return Show.Message(404, "review_round_none", $"/review/{Uri.EscapeDataString(study)}", "review_home");
        await log.RecordAsync(study, $"reviewer {desk.Name}", "released words for a round", prepared.Excerpts.Length, cancellationToken);
        var frame = ReviewPages.FrameOf(desk);
        var numbers = prepared.Excerpts.Select((excerpt, i) => (excerpt.Id, Number: i + 1)).ToDictionary(its => its.Id, its => its.Number, StringComparer.Ordinal);
        var rows = prepared.Excerpts.Select(excerpt => (Excerpt: excerpt, Codes: CodesOf(desk, excerpt)))
            .Where(row => (string.IsNullOrEmpty(question) || QuestionOf(row.Excerpt) == question)
                && (string.IsNullOrEmpty(side) || row.Excerpt.Words.Side == side) && (string.IsNullOrEmpty(code) || row.Codes.Any(its => its.Id == code)))
            .Select(row => new RoundRow(
                row.Excerpt.Id, numbers[row.Excerpt.Id], row.Excerpt.Item, desk.Study.Sides.GetValueOrDefault(row.Excerpt.Words.Side, ""), row.Excerpt.State,
                rounds.Shown(desk.Study, row.Excerpt.Words), string.Join(", ", row.Codes.Select(its => its.Label)),
                prepared.Mirrors.Count(mirror => mirror.Excerpts.Values.Any(shown => shown.Contains(row.Excerpt.Id)))));
        return Show.Page<RoundPage>(new RoundView(
            frame, prepared.Wave, prepared.Flow.Id, prepared.State.OpenedBy, prepared.State.OpenedAt is { } at ? speech.InWords(at) : "", [.. rows],
            [.. prepared.Mirrors.Select((mirror, i) => new RoundReader(
                i + 1, desk.Study.Sides.GetValueOrDefault(mirror.Side, ""), [.. mirror.Excerpts.Values.SelectMany(shown => shown).Select(id => numbers.GetValueOrDefault(id))],
                frame.At("round/as", ("wave", prepared.Wave), ("flow", prepared.Flow.Id), ("reader", (i + 1).ToString(CultureInfo.InvariantCulture)))))],
            [.. prepared.Excerpts.Select(QuestionOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(its => (its, AskedIn(desk.Study, its)))],
            [.. desk.Study.Codebook.Given.Select(its => (its.Id, its.Label))], [.. desk.Study.Sides.Select(its => (its.Key, its.Value))], question ?? "", code ?? "", side ?? "",
            [.. RoundVerb.Of(desk.Study).Select(round => (round.Wave, round.Flow, frame.At("round", ("wave", round.Wave), ("flow", round.Flow))))]));
    }

    /// <summary>The mirrors as one participant would read them.</summary>
    private static async Task<IResult> PreviewAsync(
        string study, string? wave, string? flow, int reader, ReviewDesks desks, Rounds rounds, AccessLog log, HttpContext context, CancellationToken cancellationToken)
    {
        if (await PreparedAsync(study, wave, flow, desks, rounds, context, cancellationToken) is not var (desk, prepared) || reader < 1 || reader > prepared.Mirrors.Length)
            return Show.Message(404, "review_round_none", $"/review/{Uri.EscapeDataString(study)}", "review_home");
        var mirror = prepared.Mirrors[reader - 1];
        var flowRead = desk.Study.FindFlow(prepared.Flow.Id) ?? prepared.Flow;
        var shown = ImmutableDictionary.CreateBuilder<string, ImmutableArray<ShownExcerpt>>(StringComparer.Ordinal);
        foreach (var its in prepared.Flow.Mirrors)
            shown[its.Id] = await rounds.ShownAsync(desk.Study, its, mirror.Excerpts.GetValueOrDefault(its.Id, []), mirror.Respondent, cancellationToken);
        await log.RecordAsync(study, $"reviewer {desk.Name}", "a round as a participant sees it", mirror.Excerpts.Values.Sum(excerpts => excerpts.Length), cancellationToken);
        var begun = Progress.Begin(flowRead, seed: 0);
        begun = begun with { Draws = begun.Draws with { Excerpts = mirror.Excerpts } };
        var facts = new Facts("…", desk.Study.MinimumGroup) { Became = await rounds.BecameAsync(desk.Study, cancellationToken), Excerpts = shown.ToImmutable() };
        return Show.Page<RoundPreviewPage>(new RoundPreview(
            ReviewPages.FrameOf(desk), reader, desk.Study.Sides.GetValueOrDefault(mirror.Side, ""),
            [.. flowRead.Steps.All.Where(step => step.Item is Item.Mirror).Select(step => Prompting.Preview(flowRead, begun, step.Address, facts)).OfType<Prompt>()]));
    }

    private static async Task<IResult> MarkAsync(string study, ReviewDesks desks, Rounds rounds, HttpContext context, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (await PreparedAsync(study, form["wave"], form["flow"], desks, rounds, context, cancellationToken) is not var (desk, prepared) || form["state"].ToString() is not ("picked" or "barred" or ""))
            return Show.Message(400, "unreadable");
        await rounds.MarkAsync(desk.Study, prepared.Wave, prepared.Flow.Id, form["excerpt"].ToString(), form["state"].ToString(), cancellationToken);
        return Show.SeeOther(ReviewPages.FrameOf(desk).At("round", ("wave", prepared.Wave), ("flow", prepared.Flow.Id)));
    }

    private static async Task<IResult> OpenAsync(string study, ReviewDesks desks, Rounds rounds, HttpContext context, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (await PreparedAsync(study, form["wave"], form["flow"], desks, rounds, context, cancellationToken) is not var (desk, prepared))
            return Show.Message(400, "unreadable");
        await rounds.OpenAsync(desk.Study, prepared, $"reviewer {desk.Name}", cancellationToken);
        return Show.SeeOther(ReviewPages.FrameOf(desk).At("round", ("wave", prepared.Wave), ("flow", prepared.Flow.Id)));
    }

    /// <summary>The round that is named, or the first; null where there is none.</summary>
    private static async Task<(ReviewDesk Desk, PreparedRound Prepared)?> PreparedAsync(
        string study, string? wave, string? flow, ReviewDesks desks, Rounds rounds, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return null;
        var named = RoundVerb.Of(desk.Study).Where(round => (wave ?? round.Wave) == round.Wave && (flow ?? round.Flow) == round.Flow).ToArray();
        return named is [var (its, asked), ..] ? (desk, await rounds.PrepareAsync(desk.Study, its, desk.Study.Flows[asked], cancellationToken)) : null;
    }

    /// <summary>What an excerpt answers: <c>FLOW.ITEM</c>; of transcripts, whose turns answer nothing that was written beforehand, the flow alone.</summary>
    private static string QuestionOf(RoundExcerpt excerpt) =>
        excerpt.Words.Flow == Session.ImportedFlow ? excerpt.Words.Flow : $"{excerpt.Words.Flow}.{excerpt.Words.Address}";

    /// <summary>The question as its flow calls it, or else as files name it.</summary>
    private static string AskedIn(Study study, string question) =>
        question.Split('.', 2) is [var flow, var address] && study.Flows.GetValueOrDefault(flow)?.Find(address.Split('#')[0])?.Short is { } named && !address.Contains('#', StringComparison.Ordinal)
            ? named
            : question;

    private static ImmutableArray<(string Id, string Label)> CodesOf(ReviewDesk desk, RoundExcerpt excerpt) =>
        desk.Find(excerpt.Words.Session, excerpt.Words.Address) is not { } answer || desk.IsBlind(answer) ? []
        : [.. desk.Standing(answer.Id).Select(desk.CodeOf).OfType<Codebooks.Code>().Select(code => (code.Id, code.Label)).Distinct()];
}
