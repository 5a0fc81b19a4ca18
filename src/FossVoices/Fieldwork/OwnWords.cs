using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Fieldwork;

/// <summary>
/// Lets people own their words: read them as they are kept, change or cut them, hide parts, release them answer by answer, and answer to how they are shown.
/// Open or closed, whoever said something can do so for as long as it is kept.
/// </summary>
internal sealed class OwnWords(OwnWordsStore store, ToldStore told, ParaphraseStore paraphrases, Rounds rounds, TurnStore turns, TimeProvider time)
{
    /// <summary>The longest reply beside quoted words, in UTF-16 code units.</summary>
    public const int LongestReply = Excerpt.Longest;

    /// <summary>The longest name under a text, in UTF-16 code units.</summary>
    public const int LongestName = 60;

    /// <summary>Says in a command that all answers are meant.</summary>
    public const string All = "all";

    /// <param name="versionOf">What a session of the person is asked by.</param>
    public async Task<Outcome> HearAsync(Incoming said, Study study, OwnerOf owner, Func<Session, ValueTask<AskedVersion?>> versionOf, CancellationToken cancellationToken)
    {
        if (study.Release is null)
            return new Outcome.Noted(Sentences.Say(study.Language, "words_not_here"));
        var words = await ListAsync(study, owner, versionOf, cancellationToken);
        if (((said.Said as Said.Release)?.Which ?? (said.Said as Said.Approve)?.Which) is not { } which)
            return Shown(study, words, note: null);

        var chosen = which == All ? words : [.. words.Where((word, i) => word.Id == which || (i + 1).ToString(CultureInfo.InvariantCulture) == which)];
        if (Refusal(study, chosen, said.Said) is { } refused)
            return Shown(study, words, refused);
        var done = true;
        foreach (var word in chosen)
        {
            done &= said.Said is Said.Approve approve
                ? await ApproveAsync(study, owner, word, approve, cancellationToken)
                : await KeepAsync(said, study, owner, word, (Said.Release)said.Said, versionOf, cancellationToken);
        }

        words = await ListAsync(study, owner, versionOf, cancellationToken);
        return Shown(study, words, Sentences.Say(study.Language, done ? "words_kept" : "words_gone"));
    }

    /// <summary>Why it can't be; null where it can.</summary>
    private static string? Refusal(Study study, ImmutableArray<OwnWord> chosen, Said said)
    {
        return said switch
        {
            _ when chosen.IsEmpty => Because("words_gone"),
            Said.Approve { Reply.Length: > LongestReply } => Because("words_reply_long"),
            Said.Release { Name.Length: > LongestName } => Because("words_name_long"),
            Said.Release { Name.Length: 0 } release when Releases.TryRead(release.Level) == Release.Named && chosen.Any(word => word.Name.Length == 0) => Because("words_name_needed"),
            Said.Release { Level.Length: > 0 } release when OfferedBy(study).All(offered => offered.Release != Releases.TryRead(release.Level)) => Because("words_not_offered"),
            Said.Release { Text.Length: > FlowEngine.LongestAnswer and var length } => Phrases.Of(new Refusal.TooLong(length, FlowEngine.LongestAnswer), study.Language),
            _ => null,
        };

        string Because(string key) => Sentences.Say(study.Language, key);
    }

    /// <summary>A word on how they are to be shown: in a researcher's words where those stand in their place, or in the report that waits.</summary>
    private async Task<bool> ApproveAsync(Study study, OwnerOf owner, OwnWord word, Said.Approve said, CancellationToken cancellationToken)
    {
        var (session, address) = OwnWord.TryRead(word.Id)!.Value;
        if (word.Paraphrase is { } written && (written.State != "accepted" || !said.Yes))
            return (said.Mark ?? written.Mark) == written.Mark && await paraphrases.DecideAsync(study.Id, owner.Respondent, session, address, written.Text, said.Yes, cancellationToken);
        if (said.Yes)
            return await told.AnswerAsync(study.Id, owner.Respondent, session, address, said.Reply.Trim(), cancellationToken);
        return word.Quoted is not null && await store.ReleaseAsync(
            study.Id, owner.Respondent, session, address, new Releasing(Releases.Default, "", Hidden: null, "", TermsOf(study)), NamesOf(study), cancellationToken);
    }

    private async Task<bool> KeepAsync(
        Incoming said, Study study, OwnerOf owner, OwnWord word, Said.Release release, Func<Session, ValueTask<AskedVersion?>> versionOf, CancellationToken cancellationToken)
    {
        var (session, address) = OwnWord.TryRead(word.Id)!.Value;
        var (hidden, level) = ((IReadOnlySet<int>?)release.Hidden?.ToImmutableHashSet(), Releases.TryRead(release.Level) ?? word.Release);
        if (release.Text is { } text && text.Trim() is var changed && changed != word.Text.ReplaceLineEndings("\n").Trim()) // Forms and chats have line endings of their own.
        {
            if (!await RewriteAsync(said, study, owner, session, address, changed, versionOf, cancellationToken))
                return false;
            if (changed.Length == 0)
                return true; // There is nothing left to release.
            (hidden, level) = (null, Releases.TryRead(release.Level) ?? Releases.Default); // The parts were those of the words before.
        }

        return await store.ReleaseAsync(
            study.Id, owner.Respondent, session, address,
            new Releasing(level, level == Release.Named ? (release.Name.Length > 0 ? release.Name : word.Name).Trim() : "", hidden, release.Also, TermsOf(study)),
            NamesOf(study), cancellationToken);
    }

    /// <summary>A question of a flow is answered anew, as going back to it would; an imported turn is written anew.</summary>
    private async Task<bool> RewriteAsync(
        Incoming said, Study study, OwnerOf owner, string sessionId, string address, string text, Func<Session, ValueTask<AskedVersion?>> versionOf, CancellationToken cancellationToken)
    {
        if (await turns.LoadAsync(study.Id, sessionId, cancellationToken) is not { } session || session.Respondent != owner.Respondent)
            return false;
        if (session.Flow == Session.ImportedFlow)
            return await store.RewriteAsync(study.Id, owner.Respondent, sessionId, address, text, NamesOf(study), cancellationToken);
        if (await versionOf(session) is not { } own)
            return false;

        Reply reply = text.Length == 0 ? new Reply.Skip() : new Reply.Said(text);
        var (heard, at) = (own.Ear.Hear(reply), time.GetUtcNow());
        return await turns.TakeAsync(study.Id, $"{said.Delivery}/{sessionId}~{address}", sessionId, askedRevision: null, current =>
        {
            var turn = FlowEngine.TakeAt(own.Flow, current.Progress, address, reply, heard, at);
            return new Decided(turn, PathFacts.Of(FlowPath.Of(own.Flow, turn.Progress)));
        }, cancellationToken) is Kept.Now(_, not Turn.Refused) or Kept.Before(_, { Kind: not OutcomeKind.Refused });
    }

    private async Task<ImmutableArray<OwnWord>> ListAsync(Study study, OwnerOf owner, Func<Session, ValueTask<AskedVersion?>> versionOf, CancellationToken cancellationToken)
    {
        var words = ImmutableArray.CreateBuilder<OwnWord>();
        var quoted = (await told.OfAsync(study.Id, owner.Respondent, cancellationToken)).ToLookup(its => (its.Words.Words.Session, its.Words.Words.Address));
        var asked = new Dictionary<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var row in await store.OfAsync(study.Id, owner.Respondent, owner.OnlySession, cancellationToken))
        {
            if (!asked.TryGetValue(row.Session, out var questions))
                asked[row.Session] = questions = await QuestionsAsync(study, row, versionOf, cancellationToken);
            if (store.ToShow(row, store.AskedBefore(row) ?? questions.GetValueOrDefault(row.Address, row.Address), NamesOf(study)) is { Text.Length: > 0 } word)
                words.Add(word with { Quoted = quoted[(row.Session, row.Address)].LastOrDefault() is (not null, not null) last ? QuotedIn(study, last.Report, last.Words) : null });
        }

        return words.ToImmutable();
    }

    private QuotedIn? QuotedIn(Study study, ToldReport report, ToldWords words) => rounds.Shown(study, words.Words) is { Text: { } text, From: var from }
        ? new QuotedIn(text, from, report.Waits ? report.Due : null, words.Answered, words.Reply ?? "", words.Reply is { } reply ? WordsRun.ReplyShown(study, reply) : "")
        : null;

    private async Task<ImmutableDictionary<string, string>> QuestionsAsync(Study study, OwnWordsRow row, Func<Session, ValueTask<AskedVersion?>> versionOf, CancellationToken cancellationToken) =>
        row.Flow != Session.ImportedFlow && await turns.LoadAsync(study.Id, row.Session, cancellationToken) is { } session && await versionOf(session) is { } own
            ? Prompting.ReadBack(own.Flow, session.Progress, Facts.KeptUntil(session.StartedAt.AddDays(study.RetainDays), study.Language, study.MinimumGroup))
                .ToImmutableDictionary(read => read.Prompt.Address, read => read.Prompt.Ask, StringComparer.Ordinal)
            : ImmutableDictionary<string, string>.Empty;

    private static Outcome.OwnWords Shown(Study study, ImmutableArray<OwnWord> words, string? note) =>
        new(study.Title, TermsOf(study), OfferedBy(study), words, note);

    /// <summary>What can be chosen, the least first.</summary>
    public static ImmutableArray<ReleaseOffered> OfferedBy(Study study) =>
        [.. (study.Release?.Offered ?? []).Select(release => new ReleaseOffered(
            release, Sentences.Say(study.Language, $"release_{release.Spelt()}", ("license", study.Release!.License))))];

    /// <summary>The text under which words are released, with everything that is offered.</summary>
    private static string TermsOf(Study study) => study.Release!.Text;

    /// <summary>Names that the study knows of: whoever is on the team, and each word of their names.</summary>
    internal static string[] NamesOf(Study study) =>
        [.. study.Team.Names, .. study.Team.Names.SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => char.IsUpper(word[0]) && word.Length > 3)];
}

/// <summary>Whose words are meant.</summary>
/// <param name="OnlySession">A receipt opens its own session alone; null for whoever comes by an account.</param>
internal sealed record OwnerOf(string Respondent, string? OnlySession);
