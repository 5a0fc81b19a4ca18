using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Microsoft.Extensions.Logging;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Fieldwork;

/// <summary>
/// Takes what a platform heard through consent and the flow engine, and says what to show next. An answer is committed before it is
/// acknowledged; the same event sent again finds what it did; nothing is stored before the person agrees.
/// </summary>
internal sealed partial class Conversation(
    OpenStudies studies, Versions versions, Database database, TurnStore turns, Openings openings, ReportRun reports, Asides asides, Lottery lottery, TimeProvider time,
    ILogger<Conversation> log)
{
    private readonly Showing _showing = new(database, reports, asides, time);

    public async Task<Outcome> HearAsync(Incoming said, CancellationToken cancellationToken)
    {
        if (studies.Find(said.Study) is not { } open)
            return new Outcome.Closed(Sentences.Say(said.Locale, "no_study"));
        if (studies.FindFlow(open.Study, said.Flow) is not { } flow)
            return new Outcome.Closed(Sentences.Say(open.Study.In(said.Locale).Language, "no_flow"));

        try
        {
            var outcome = await HearAsync(said, open, flow, cancellationToken);
            return outcome is Outcome.Paused paused && asides.Reaches(said.Person) && await turns.LoadAsync(said.Study, paused.Asked.Session, cancellationToken) is { } session
                ? paused with { Reminder = await asides.OfferAsync(open.Study, session, cancellationToken) }
                : outcome;
        }
        catch (StorageUnavailable e)
        {
            LogUnavailable(e, said.Study);
            return new Outcome.Unavailable(Sentences.Say(open.Study.In(said.Locale).Language, "unavailable"));
        }
    }

    private async Task<Outcome> HearAsync(Incoming said, OpenStudy open, string flowId, CancellationToken cancellationToken)
    {
        var study = open.Study.In(said.Locale);
        var opening = await openings.NowAsync(study, flowId, cancellationToken);
        var session = await FindAsync(study, flowId, opening.Wave, said.Person, cancellationToken);

        if (said.Said is Said.Language(var tag))
        {
            if (tag.Length == 0 || open.Study.In(tag) is var wanted && !tag.StartsWith(wanted.Language, StringComparison.OrdinalIgnoreCase))
                return new Outcome.Noted(Sentences.Say(study.Language, "languages", ("languages", string.Join(", ", open.Study.Languages))));
            if (session is not null && await turns.SetLanguageAsync(study.Id, session.Id, wanted.Language, cancellationToken))
                session = session with { Language = wanted.Language };
            said = said with { Said = new Said.Hello(), Locale = wanted.Language };
        }

        // What somebody chose holds where they chose it; elsewhere a page or an app has a language of its own.
        if (session is { Language: { } chosen } && said.Person.Platform == session.Origin.Platform)
            said = said with { Locale = chosen };
        if (open.Study.In(said.Locale) is var spoken && spoken.Language != study.Language)
        {
            study = spoken;
            opening = await openings.NowAsync(study, flowId, cancellationToken);
        }

        return await HearAsync(said, open, flowId, study, opening, session, cancellationToken) with { Language = study.Language };
    }

    private async Task<Outcome> HearAsync(
        Incoming said, OpenStudy open, string flowId, Study study, Opening opening, Session? session, CancellationToken cancellationToken)
    {
        if (said.Said is Said.Words or Said.Release or Said.Approve)
        {
            var owner = said.Person.Platform == Person.ByReceipt ? session is null ? null : new OwnerOf(session.Respondent, session.Id) : new OwnerOf(session?.Respondent ?? PseudonymOf(study, said.Person), null);
            return owner is null
                ? new Outcome.Noted(Sentences.Say(study.Language, "mydata_none"))
                : await asides.Words.HearAsync(said, study, owner, its => versions.OfAsync(open, its, said.Locale, cancellationToken), cancellationToken);
        }

        if (await asides.HearAsync(said, study, opening, session, cancellationToken) is { } aside)
            return aside;

        switch (said.Said)
        {
            case Said.MyData:
                return session is null ? new Outcome.Noted(Sentences.Say(study.Language, "mydata_none")) : await _showing.MyDataAsync(study, (await versions.OfAsync(open, session, said.Locale, cancellationToken))?.Flow, session, cancellationToken);
            case Said.Withdraw when session is not null:
                var traces = await turns.TracesAsync(study.Id, session.Id, cancellationToken);
                await turns.WithdrawAsync(study.Id, session.Id, cancellationToken);
                LogWithdrawn(study.Id);
                return new Outcome.Withdrawn(session.Progress.Answers.Count) { Traces = traces };
            case var _ when opening.Closed is { } closed && (said.Said is not Said.Hello || session is not { FinishedAt: not null }):
                return new Outcome.Closed(closed);
        }

        if (session is null)
        {
            if (study.Flows.GetValueOrDefault(flowId) is not { } today)
                return new Outcome.Closed(Sentences.Say(study.Language, "no_flow"));
            if (await ArriveAsync(said, study, today, opening, cancellationToken) is var (turned, _) && turned is not null)
                return turned;
            if (today.Mirrors.IsEmpty && await asides.GateAsync(said, study, opening, _showing.TitleOf(study, today), cancellationToken) is { } gate)
                return gate;
            return said.Said is Said.Agree agreed
                ? await BeginAsync(said, agreed, open, today, opening, cancellationToken)
                : _showing.ConsentFor(study, today) with { Code = Asides.CodeIn(said) };
        }

        // The flow of a session is its own: the one it began with, whatever page the person came by and whatever the files say by now.
        if (await versions.OfAsync(open, session, said.Locale, cancellationToken) is not { } own)
            return new Outcome.Closed(Sentences.Say(study.Language, "unreadable"));
        var outcome = said.Said is Said.Answer answer
            ? await TakeAsync(said, answer.Reply, study, own, session, cancellationToken)
            : await _showing.ShowAsync(study, own.Flow, session, note: null, receipt: said.Said is Said.Agree, at: null, cancellationToken);
        if (!said.Vouched.IsEmpty)
            await asides.VouchAsync(study, session.Id, said.Vouched, cancellationToken);
        return outcome;
    }

    /// <summary>What somebody has answered so far, for reading, changing and downloading; null where there is nothing.</summary>
    /// <param name="locale">The language to read it in; null for the study's own.</param>
    public async Task<OwnData?> OwnAsync(string studyId, string? flowId, Person person, string? locale, CancellationToken cancellationToken)
    {
        if (studies.Find(studyId) is not { } open || studies.FindFlow(open.Study, flowId) is not { } flow)
            return null;
        var study = open.Study.In(locale);
        var opening = await openings.NowAsync(study, flow, cancellationToken);
        if (await FindAsync(study, flow, opening.Wave, person, cancellationToken) is not { } session)
            return null;
        var own = (await versions.OfAsync(open, session, locale, cancellationToken))?.Flow;
        return new OwnData(
            study.Id, session.Flow, _showing.ReceiptOf(study, session), session.StartedAt, Showing.KeptUntil(study, session), session.Progress.Quotes, Showing.QuotesLabelOf(own, session),
            own is null ? [] : Showing.GivenBy(study, own, session), await asides.QuotesAsync(study, session, cancellationToken), session.Origin.Attested);
    }

    /// <summary>Remembers a message that shows somebody's answers, see <see cref="Incoming.Trace"/>.</summary>
    public Task TraceAsync(string study, string session, string trace, CancellationToken cancellationToken) => turns.TraceAsync(study, session, trace, cancellationToken);

    /// <summary>A question that has been asked before, as it would be shown for changing the answer; null where there is none.</summary>
    /// <param name="locale">The language to ask in; null for the study's own.</param>
    public async Task<Outcome.Question?> AgainAsync(
        string studyId, string? flowId, Person person, string address, string? locale, CancellationToken cancellationToken)
    {
        if (studies.Find(studyId) is not { } open || studies.FindFlow(open.Study, flowId) is not { } named)
            return null;
        var study = open.Study.In(locale);
        var opening = await openings.NowAsync(study, named, cancellationToken);
        if (opening.Closed is not null || await FindAsync(study, named, opening.Wave, person, cancellationToken) is not { } session
            || await versions.OfAsync(open, session, locale, cancellationToken) is not { Flow: var flow })
        {
            return null;
        }

        var facts = await asides.Rounds.ShowAsync(study, flow, session, Showing.FactsFor(study, Showing.KeptUntil(study, session)), cancellationToken);
        return Prompting.At(flow, session.Progress, address, facts) is { } prompt
            ? new Outcome.Question(Prompting.Title(flow, facts), new Asked(session.Id, address, session.Revision), prompt, Note: null, Receipt: null)
            : null;
    }

    private async Task<Session?> FindAsync(Study study, string flow, string wave, Person person, CancellationToken cancellationToken) =>
        person.Platform == Person.ByReceipt
            ? Receipt.TryRead(person.Id, out var receipt) ? await turns.FindByReceiptAsync(study.Id, receipt.Fingerprint, cancellationToken) : null
            : await turns.FindAsync(study.Id, flow, wave, PseudonymOf(study, person), cancellationToken);

    private async Task<Outcome> BeginAsync(
        Incoming said, Said.Agree agreed, OpenStudy open, Flow flow, Opening opening, CancellationToken cancellationToken)
    {
        var study = open.Study.In(said.Locale);
        if (said.Person.Platform == Person.ByReceipt)
            return new Outcome.Closed(Sentences.Say(study.Language, "no_receipt"));

        var pseudonym = PseudonymOf(study, said.Person);
        var (_, known) = await ArriveAsync(said, study, flow, opening, cancellationToken);
        var excerpts = known is null ? null : await asides.Rounds.DrawnAsync(study, opening.Wave, flow, known, cancellationToken);
        var quotes = flow.Consent.Quotes?.Options.FirstOrDefault(o => o.Id == agreed.Quotes)?.Id ?? Progress.NoQuotes;
        var source = study.Sources.Contains(said.Place.Source) ? said.Place.Source : "";
        var session = new Session(
            study.Id, lottery.Id(), flow.Id, flow.Hash, known ?? pseudonym, opening.Wave, new Origin(said.Person.Platform, source, Community: CommunityOf(study, said)),
            Drawn(Progress.Begin(flow, lottery.Seed(), quotes)), Revision: 0, time.GetUtcNow(), CoreAt: null, FinishedAt: null, time.GetUtcNow().AddDays(study.RetainDays));
        var receipt = Receipt.Of(database.StudyKey(study.Id), study.Id, session.Id);
        var code = known is null && study.OneTimeCodes && said.Place.Platform == Place.Web && OneTimeCode.TryRead(agreed.Code, out var typed) ? typed.Fingerprint(database.StudyKey(study.Id)) : null;
        var kept = await turns.BeginAsync(
            study.Id, said.Delivery, session, PathFacts.Of(FlowPath.Of(flow, session.Progress)), receipt.Fingerprint, ConsentHash.Of(flow),
            open.BundleOf(flow), code, cancellationToken);
        if (known is not null && known != pseudonym)
            await asides.Rounds.RememberAsync(study, pseudonym, known, cancellationToken);
        LogBegun(study.Id, flow.Id);
        return kept switch
        {
            Kept.Now(var begun, _) => await _showing.ShowAsync(study, flow, begun, note: null, receipt: true, at: null, cancellationToken),
            Kept.Before(var before, _) => await versions.OfAsync(open, before, said.Locale, cancellationToken) is { } own
                ? await _showing.ShowAsync(study, own.Flow, before, note: null, receipt: true, at: null, cancellationToken)
                : new Outcome.Closed(Sentences.Say(study.Language, "unreadable")),
            Kept.Nothing when code is not null => Asides.CodeUsed(study, _showing.TitleOf(study, flow)), // Somebody else was quicker.
            _ => _showing.ConsentFor(study, flow),
        };

        Progress Drawn(Progress begun) => excerpts is null ? begun : begun with { Draws = begun.Draws with { Excerpts = excerpts } };
    }

    /// <summary>
    /// A flow with mirrors is for those who were here before, since anybody else might be shown own words as another's, and it begins once somebody has looked at
    /// what is shown. Who it is, and what is said to whoever can't begin.
    /// </summary>
    private async Task<(Outcome? Turned, string? Known)> ArriveAsync(Incoming said, Study study, Flow flow, Opening opening, CancellationToken cancellationToken)
    {
        if (flow.Mirrors.IsEmpty)
            return (null, null);
        var typed = said.Person.Platform == Person.ByReceipt ? said.Person.Id : Asides.CodeIn(said);
        var receipt = Receipt.TryRead(typed ?? "", out var read) ? read.Fingerprint : null;
        if (await asides.Rounds.KnownAsync(study, PseudonymOf(study, said.Person), receipt, cancellationToken) is not { } known)
            return (new Outcome.CodeNeeded(_showing.TitleOf(study, flow), Sentences.Say(study.Language, typed is { Length: > 0 } ? "round_receipt_wrong" : "round_receipt")), null);
        return await asides.Rounds.DrawnAsync(study, opening.Wave, flow, known, cancellationToken) is null
            ? (new Outcome.Closed(Sentences.Say(study.Language, "round_not_ready")), null)
            : (null, known);
    }

    private async Task<Outcome> TakeAsync(
        Incoming said, Reply reply, Study study, AskedVersion own, Session session, CancellationToken cancellationToken)
    {
        var flow = own.Flow;
        if (said.Asked is { } asked && asked.Session != session.Id)
            return await _showing.ShowAsync(study, flow, session, Sentences.Say(study.Language, "other_round"), receipt: false, at: null, cancellationToken);

        var heard = own.Ear.Hear(reply);
        var at = time.GetUtcNow();
        var kept = await turns.TakeAsync(
            study.Id, said.Delivery, session, said.Asked?.Revision, said.Trace,
            current => Decide(flow, current.Progress, said.Asked?.Address, reply, heard, at), cancellationToken);
        if (kept is Kept.Now(var now, var took))
            LogTurn(study.Id, now.Id, said.Asked?.Address, took.GetType().Name);
        return ReadingBack.In(flow, kept, said.Asked?.Address, s => Showing.FactsFor(study, Showing.KeptUntil(study, s)), kept switch
        {
            Kept.Now(var s, Turn.Refused(_, var why)) => await _showing.ShowAsync(study, flow, s, Showing.WhyNot(why, study, flow, s), receipt: false, said.Asked?.Address, cancellationToken),
            Kept.Now(var s, _) => await _showing.ShowAsync(study, flow, s, note: null, receipt: false, at: null, cancellationToken),
            Kept.Before(var s, { Why: { } why }) => await _showing.ShowAsync(study, flow, s, Showing.WhyNot(why, study, flow, s), receipt: false, said.Asked?.Address, cancellationToken),
            Kept.Before(var s, { Kind: OutcomeKind.TooLate }) => await _showing.ShowAsync(study, flow, s, Sentences.Say(study.Language, "moved_on"), receipt: false, at: null, cancellationToken),
            Kept.TooLate(var s) => await _showing.ShowAsync(study, flow, s, Sentences.Say(study.Language, "moved_on"), receipt: false, at: null, cancellationToken),
            Kept.Before(var s, _) => await _showing.ShowAsync(study, flow, s, note: null, receipt: false, at: null, cancellationToken),
            _ => _showing.ConsentFor(study, flow),
        });
    }

    private static Decided Decide(Flow flow, Progress progress, string? address, Reply reply, Heard? heard, DateTimeOffset at)
    {
        var turn = FlowEngine.TakeAt(flow, progress, address, reply, heard, at);
        return new Decided(turn, PathFacts.Of(FlowPath.Of(flow, turn.Progress)));
    }

    /// <summary>Nothing more than a study needs that reports its places apart.</summary>
    private string? CommunityOf(Study study, Incoming said) => study.Pool ? null
        : said.Place.Platform == Place.Web ? Reports.Community.Web.Key
        : said.Community is { } community ? PlaceStore.CommunityOf(database.StudyKey(study.Id), said.Place.Platform, community) : "";

    private string PseudonymOf(Study study, Person person) => Pseudonym.Of(database.StudyKey(study.Id), person.Platform, person.Id);

    // A respondent's words never reach the log.
    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: a session of {Flow} begins")]
    private partial void LogBegun(string study, string flow);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Study {Study}, session {Session}, {Address}: {Turn}")]
    private partial void LogTurn(string study, string session, string? address, string turn);

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: a session was withdrawn and its answers deleted")]
    private partial void LogWithdrawn(string study);

    [LoggerMessage(Level = LogLevel.Error, Message = "Study {Study}: the store is not available")]
    private partial void LogUnavailable(Exception exception, string study);
}
