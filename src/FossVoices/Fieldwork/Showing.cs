using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Fieldwork;

/// <summary>Says where somebody stands in a flow, from what is stored: nothing is decided here, and nothing kept.</summary>
internal sealed class Showing(Database database, ReportRun reports, Asides asides, TimeProvider time)
{
    /// <summary>What stands to be answered, or that nothing does.</summary>
    /// <param name="note">A sentence about what was just said; null for none.</param>
    /// <param name="receipt">Whether to show the receipt.</param>
    /// <param name="at">The question to show where it can be shown; null for the one that stands.</param>
    public async Task<Outcome> ShowAsync(
        Study study, Flow flow, Session session, string? note, bool receipt, string? at, CancellationToken cancellationToken)
    {
        var facts = await asides.Rounds.ShowAsync(study, flow, session, FactsFor(study, KeptUntil(study, session)), cancellationToken);
        var title = Prompting.Title(flow, facts);
        var prompt = (at is null ? null : Prompting.At(flow, session.Progress, at, facts)) ?? Prompting.Standing(flow, session.Progress, facts);
        if (prompt is null)
        {
            // Only now: what the other side says would colour answers that are still to come.
            var posted = await reports.PostedAsync(study, session, cancellationToken);
            facts = facts with { Mirror = Mirror.Of(study, flow, session.Progress, posted) };
            return new Outcome.Finished(title, new Asked(session.Id, "", session.Revision), Prompting.End(flow, session.Progress, facts), GivenBy(study, flow, session), note);
        }

        var asked = new Asked(session.Id, prompt.Address, session.Revision);
        return session.Progress.Paused
            ? new Outcome.Paused(title, asked, Math.Max(1, prompt.About - prompt.Number + 1))
            : new Outcome.Question(title, asked, prompt, note, receipt ? ReceiptOf(study, session) : null)
            {
                Alongside = at is null || at == prompt.Address ? Prompting.Alongside(flow, session.Progress, facts) : [],
            };
    }

    /// <summary>Why an answer was not taken; of several given together, which one it was.</summary>
    public static string WhyNot(Refusal why, Study study, Flow flow, Session session) =>
        why is Refusal.InPart(var address, _) && Prompting.Ask(flow, session.Progress, address, FactsFor(study, KeptUntil(study, session))) is { } ask
            ? Sentences.Say(study.Language, "in_part", ("ask", ask), ("why", Phrases.Of(why, study.Language)))
            : Phrases.Of(why, study.Language);

    public static string? QuotesLabelOf(Flow? flow, Session session) =>
        flow?.Consent.Quotes?.Options.FirstOrDefault(o => o.Id == session.Progress.Quotes)?.Label;

    public string TitleOf(Study study, Flow flow) => Prompting.Title(flow, FactsFor(study, time.GetUtcNow()));

    public Outcome.Consent ConsentFor(Study study, Flow flow)
    {
        var facts = FactsFor(study, time.GetUtcNow().AddDays(study.RetainDays));
        return new Outcome.Consent(
            study.Id, flow.Id, Prompting.Title(flow, facts), flow.Minutes,
            [.. Prompting.Consent(flow, facts).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], flow.Consent);
    }

    public static ImmutableArray<Given> GivenBy(Study study, Flow flow, Session session) =>
        [.. Prompting.ReadBack(flow, session.Progress, FactsFor(study, KeptUntil(study, session)))
            .Select(r => new Given(r.Prompt.Address, r.Prompt.Ask, r.Answer, session.Progress.Answers[r.Prompt.Address].At))];

    public static Facts FactsFor(Study study, DateTimeOffset until) =>
        Facts.KeptUntil(until, study.Language, study.MinimumGroup);

    /// <summary>What was promised on agreeing, or sooner where the study has come to keep answers for a shorter time.</summary>
    public static DateTimeOffset KeptUntil(Study study, Session session)
    {
        var now = session.StartedAt.AddDays(study.RetainDays);
        return session.KeepUntil is { } promised && promised < now ? promised : now;
    }

    public string ReceiptOf(Study study, Session session) => Receipt.Of(database.StudyKey(study.Id), study.Id, session.Id).Code;

    /// <summary>All that is kept of somebody.</summary>
    /// <param name="own">The flow that the session began with; null where it cannot be read any more.</param>
    public async Task<Outcome> MyDataAsync(Study study, Flow? own, Session session, CancellationToken cancellationToken) => new Outcome.MyData(
        own is null ? study.Title : TitleOf(study, own), own is null ? [] : GivenBy(study, own, session), ReceiptOf(study, session), KeptUntil(study, session),
        QuotesLabelOf(own, session), await asides.QuotesAsync(study, session, cancellationToken))
    {
        Session = session.Id,
    };
}
