using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Fieldwork;

/// <summary>What people say beside answering: help, feedback, a reminder, a code, a word on a quote. None of it moves the questions.</summary>
internal sealed class Asides(
    FeedbackStore feedback, ReminderStore reminders, CodeStore codes, QuoteStore quotes, OwnWords words, Rounds rounds, IEnumerable<IChannel> channels, Lottery lottery, TimeProvider time)
{
    /// <summary>The longest feedback, in UTF-16 code units: it has to fit a chat's message.</summary>
    public const int LongestFeedback = 1500;

    private readonly ImmutableHashSet<string> _reachable = channels.Select(channel => channel.Platform).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>What to say to it; null where it is no aside.</summary>
    /// <param name="session">The person's, or null.</param>
    public async Task<Outcome?> HearAsync(Incoming said, Study study, Opening opening, Session? session, CancellationToken cancellationToken)
    {
        return said.Said switch
        {
            Said.Help => new Outcome.Help(HelpFor(said, study)),
            Said.Feedback(var text) => Noted(await FeedbackAsync(study, text, cancellationToken)),
            Said.Remind(var address) => Noted(await RemindAsync(said, study, opening, session, address, cancellationToken)),
            Said.NoReminder => Noted(session is not null && await reminders.ForgetAsync(study.Id, session.Id, cancellationToken) ? "reminder_off" : "reminder_none"),
            Said.Attest(var typed) => Noted(await AttestAsync(study, session, typed, cancellationToken)),
            Said.Decide(var quote, var yes, var hidden, var also) => Noted(
                session is null || !await quotes.DecideAsync(study.Id, session.Id, quote, yes, hidden?.ToImmutableHashSet(), also, cancellationToken) ? "quote_gone"
                : yes ? "quote_approved" : "quote_refused"),
            _ => null,
        };

        Outcome.Noted Noted(string key) => new(Sentences.Say(study.Language, key));
    }

    public Rounds Rounds => rounds;

    /// <summary>Own words, to read and to release.</summary>
    public OwnWords Words => words;

    /// <summary>Whether people there can be written to unasked.</summary>
    public bool Reaches(Person person) => _reachable.Contains(person.Platform);

    /// <summary>Whether somebody who paused can be reminded, or will be.</summary>
    public async ValueTask<ReminderOffer> OfferAsync(Study study, Session session, CancellationToken cancellationToken) =>
        !_reachable.Contains(session.Origin.Platform) || WaveOf(study, session) is not { RemindAfterDays: not null } ? ReminderOffer.None
        : await reminders.WaitsAsync(study.Id, session.Id, cancellationToken) ? ReminderOffer.Asked
        : ReminderOffer.Offered;

    /// <summary>Why a link does not open to somebody who has not begun: it takes a code, and this is none. Null where it opens.</summary>
    /// <param name="title">The title of what would be asked.</param>
    public async ValueTask<Outcome.CodeNeeded?> GateAsync(Incoming said, Study study, Opening opening, string title, CancellationToken cancellationToken)
    {
        if (!study.OneTimeCodes || said.Place.Platform != Place.Web)
            return null;
        return CodeIn(said) switch
        {
            null or "" => new Outcome.CodeNeeded(title, Note: null),
            var typed when OneTimeCode.TryRead(typed, out var code) && await codes.OpensAsync(study.Id, opening.Wave, code, cancellationToken) => null,
            _ => CodeUsed(study, title),
        };
    }

    public static Outcome.CodeNeeded CodeUsed(Study study, string title) => new(title, Sentences.Say(study.Language, "code_used"));

    /// <summary>The code that came with what was said; null where there was none.</summary>
    public static string? CodeIn(Incoming said) => said.Said switch
    {
        Said.Hello(var code) => code,
        Said.Agree(_, var code) => code,
        _ => null,
    };

    public Task<ImmutableArray<AskedQuote>> QuotesAsync(Study study, Session session, CancellationToken cancellationToken) => quotes.OfAsync(study.Id, session.Id, cancellationToken);

    /// <summary>Notes that a person's side was shown by the platform: a role, or a team. Nothing is said of it, and no role is kept.</summary>
    public Task VouchAsync(Study study, string session, ImmutableArray<string> sides, CancellationToken cancellationToken) =>
        codes.VouchAsync(study.Id, session, sides, cancellationToken);

    private ImmutableArray<string> HelpFor(Incoming said, Study study)
    {
        string[] commands = ["start", "resume", "language", "mydata", .. study.Release is null ? Array.Empty<string>() : ["words"], "withdraw", "feedback", .. study.Attestation.Any(side => side.Value.Codes) ? ["code"] : Array.Empty<string>()];
        return
        [
            Sentences.Say(study.Language, "help", ("title", study.Title), ("contact", study.Team.Contact)),
            .. commands.Select(word => $"/voices {word}: {Sentences.Say(study.Language, $"help_{word}")}"),
            .. _reachable.Contains(said.Person.Platform) ? [$"{TypedCommand.Stop}: {Sentences.Say(study.Language, "help_stop")}"] : Array.Empty<string>(),
        ];
    }

    private async Task<string> FeedbackAsync(Study study, string text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "feedback_empty";
        if (text.Length > LongestFeedback)
            return "feedback_long";
        await feedback.KeepAsync(study.Id, lottery.Id(), text.Trim(), cancellationToken);
        return "feedback_kept";
    }

    private async Task<string> RemindAsync(Incoming said, Study study, Opening opening, Session? session, string address, CancellationToken cancellationToken)
    {
        if (session is null || !session.Progress.Paused || session.FinishedAt is not null)
            return "reminder_paused_only";
        if (!_reachable.Contains(said.Person.Platform) || opening.Closed is not null || WaveOf(study, session) is not { RemindAfterDays: { } days } wave)
            return "reminder_not_here";

        var due = time.GetUtcNow().AddDays(days);
        var close = wave.Close is { } last ? new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : due.AddDays(7);
        if (due >= close)
            return "reminder_too_late";
        return await reminders.AskAsync(study.Id, session.Id, session.Flow, said.Person.Platform, address, due, close, cancellationToken) switch
        {
            ReminderAsked.Yes => "reminder_on",
            ReminderAsked.HadOne => "reminder_had",
            _ => "reminder_paused_only",
        };
    }

    private async Task<string> AttestAsync(Study study, Session? session, string typed, CancellationToken cancellationToken)
    {
        if (session is null)
            return "code_first_begin";
        if (!study.Attestation.Any(side => side.Value.Codes))
            return "code_not_here";
        if (!OneTimeCode.TryRead(typed, out var code))
            return "code_misread";
        return await codes.AttestAsync(study.Id, session.Id, code, [.. study.Attestation.Where(side => side.Value.Codes).Select(side => side.Key)], cancellationToken) switch
        {
            Attesting.Attested => "code_attested",
            Attesting.NoSideYet => "code_no_side",
            _ => "code_used",
        };
    }

    private static Wave? WaveOf(Study study, Session session) => study.Waves.FirstOrDefault(wave => wave.Id == session.Wave);
}
