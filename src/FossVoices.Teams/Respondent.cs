using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Studies;
using FossVoices.Teams.Cards;

namespace FossVoices.Teams;

/// <summary>
/// The respondent's side, in the private chat: a card for each question, and words understood wherever they can be typed. Whose answers are touched is
/// decided by who acted, never by what a card carries; where the person stands is read from the store every time.
/// </summary>
internal sealed class Respondent(Talk talk, Conversation conversation, OpenStudies studies, Whereabouts whereabouts, Chats chats)
{
    /// <summary>The platform's name in pseudonyms and coverage counts.</summary>
    public const string Platform = "teams";

    /// <summary>A card that was used.</summary>
    public async Task<Turned> SentAsync(Visit visit, Given given, CancellationToken cancellationToken)
    {
        if (given.Study is null || studies.Find(given.Study) is not { } open || studies.FindFlow(open.Study, given.Flow) is not { } flow)
            return Turned.Aside(Sentences.Say(visit.Locale ?? Wording.Original, "not_ours"));
        var known = chats.Find(visit.Person);
        var desk = DeskOf(open.Study, flow, visit, given.Language ?? (known?.Study == open.Study.Id ? known.Chosen : null)) with { Through = given.Through };
        Touch(visit, desk);
        return await ActAsync(desk, open.Study, visit, given, cancellationToken);
    }

    /// <summary>Something typed: a command, or an answer to what stands.</summary>
    public async Task<Turned> WroteAsync(Visit visit, string text, CancellationToken cancellationToken)
    {
        if (await WhichAsync(visit, text, cancellationToken) is not var (open, flow))
            return Turned.AsNext(new Said(PlainCards.Studies(visit.Locale ?? Wording.Original, studies.All.Select(s => s.Study))));
        var known = chats.Find(visit.Person);
        var desk = DeskOf(open.Study, flow, visit, known?.Study == open.Study.Id ? known.Chosen : null) with { Through = known?.Study == open.Study.Id ? known.Through : null };
        Touch(visit, desk);
        var typed = Typed.Read(text, desk.Language);
        // A single word may be one of the options; and somebody who pauses is not answering.
        if ((typed is { IsBare: true } || known is null or { Paused: true }) && await StandsAsync(desk, visit, cancellationToken) is var stands)
        {
            if (stands is Outcome.Paused paused && typed is not { IsBare: false } && typed?.Act is not (Act.Resume or Act.Mine or Act.Withdraw or Act.Help or Act.Language or Act.Remind))
                return typed?.Act == Act.Pause ? await SayAsync(desk, visit, new Channels.Said.NoReminder(), cancellationToken) : Turned.InPlace(OwnCards.Paused(desk, paused));
            if (stands is Outcome.Question { Prompt.Control: var control } && typed is not null && Typed.IsOption(control, text))
                typed = null;
        }

        if (typed is not null)
            return await ActAsync(desk, open.Study, visit, typed.Given(desk), cancellationToken);
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Answer(new Reply.Said(text)), asked: null, cancellationToken);
        return outcome is Outcome.Consent consent && Typed.Agreement(consent, text) is { } quotes
            ? await AgreeAsync(desk, visit, quotes, cancellationToken)
            : Kept(desk, outcome, Answered(OutcomeCard.Speaking(desk, outcome), outcome, isTyped: true), isTyped: true);
    }

    /// <summary>To where the person stands: consent, the question, or the end.</summary>
    public async Task<Turned> HelloAsync(Desk desk, Visit visit, CancellationToken cancellationToken)
    {
        Touch(visit, desk);
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Hello(), asked: null, cancellationToken);
        return Turned.AsNext(OutcomeCard.Saying(OutcomeCard.Speaking(desk, outcome), outcome));
    }

    public static Desk DeskOf(Study study, string flow, Visit visit, string? chosen)
    {
        var mine = chosen is not null && study.Languages.Contains(chosen, StringComparer.OrdinalIgnoreCase) ? chosen : null;
        return new Desk(study.Id, flow, study.In(mine ?? visit.Locale).Language, mine);
    }

    private async Task<Turned> ActAsync(Desk desk, Study study, Visit visit, Given given, CancellationToken cancellationToken)
    {
        switch (given.Act)
        {
            case Act.Agree:
                return await AgreeAsync(desk, visit, given.Inputs.GetValueOrDefault(ConsentCard.Quotes, ""), cancellationToken);
            case Act.Decline:
                return Turned.InPlace(PlainCards.Sentence(desk, desk.Say("no_thanks"), Element.Button(desk, desk.Say("start"), Act.Show)));
            case Act.Page when await StandsAsync(desk, visit, cancellationToken) is var stands:
                return Turned.InPlace(stands is Outcome.Consent consent ? ConsentCard.Of(desk, consent, Whole(given.About) ?? 0) : OutcomeCard.Of(OutcomeCard.Speaking(desk, stands), stands));
            case Act.Answer:
                return await AnswerAsync(desk, visit, given, given.Reply(), cancellationToken);
            case Act.Several:
                return await SeveralAsync(desk, visit, cancellationToken);
            case Act.Together:
                return await TogetherAsync(desk, visit, given, cancellationToken);
            case Act.Skip:
                return await AnswerAsync(desk, visit, given, new Reply.Skip(), cancellationToken);
            case Act.Back:
                return await BackAsync(desk, visit, given, cancellationToken);
            case Act.Pause:
                return await PauseAsync(desk, visit, given, cancellationToken);
            case Act.Change:
                return await ChangeAsync(desk, visit, given.About.Length > 0 ? given.About : given.Inputs.GetValueOrDefault(OwnCards.Which, ""), cancellationToken);
            case Act.Mine:
                return await MineAsync(desk, visit, cancellationToken);
            case Act.Withdraw:
                return await conversation.OwnAsync(desk.Study, desk.Flow, new Person(Platform, visit.Person), desk.Language, cancellationToken) is { } own
                    ? Turned.InPlace(OwnCards.Withdraw(desk, own.Answers.Length))
                    : Turned.InPlace(PlainCards.Sentence(desk, desk.Say("nothing")));
            case Act.Delete:
                return await DeleteAsync(desk, visit, cancellationToken);
            case Act.Language when given.Inputs.GetValueOrDefault("tag", given.About) is { Length: > 0 } tag:
                return await LanguageAsync(desk, study, visit, tag, cancellationToken);
            case Act.Language:
                return Turned.InPlace(PlainCards.Languages(desk, study));
            case Act.Remind:
                return await SayAsync(desk, visit, new Channels.Said.Remind(visit.Reference.ToString()), cancellationToken);
            case Act.Forget:
                return await SayAsync(desk, visit, new Channels.Said.NoReminder(), cancellationToken);
            case Act.Quote:
                return await QuoteAsync(desk, visit, given, cancellationToken);
            case Act.Words when Whole(given.About) is not null || given.About.Length == 0:
                return await WordsAsync(desk, visit, new Channels.Said.Words(), Whole(given.About) ?? 0, cancellationToken);
            case Act.Words:
                return await WordsAsync(desk, visit, TypedCommand.Read($"/voices words {given.About}")!, place: 0, cancellationToken);
            case Act.Release when given.About.Split(' ', 2) is [var place, var word]:
                return await WordsAsync(
                    desk, visit,
                    new Channels.Said.Release(
                        word, given.Inputs.GetValueOrDefault(WordsCard.Level, ""), given.Inputs.GetValueOrDefault(WordsCard.Name, ""), Also: given.Inputs.GetValueOrDefault(WordsCard.Also, "")),
                    Whole(place) ?? 0, cancellationToken);
            case Act.Approve when given.About.Split(' ', 4) is [var place, var answer, var mark, var word]:
                return await WordsAsync(
                    desk, visit, new Channels.Said.Approve(word, answer == "yes", given.Inputs.GetValueOrDefault(WordsCard.Reply, "").Trim(), mark.Length > 0 ? mark : null), Whole(place) ?? 0,
                    cancellationToken);
            case Act.Feedback when given.Inputs.GetValueOrDefault(Given.Words, given.About) is { Length: > 0 } words:
                return await SayAsync(desk, visit, new Channels.Said.Feedback(words), cancellationToken);
            case Act.Feedback:
                return Turned.InPlace(PlainCards.Feedback(desk));
            case Act.Code:
                return await SayAsync(desk, visit, new Channels.Said.Attest(given.About), cancellationToken);
            case Act.Help:
                return await SayAsync(desk, visit, new Channels.Said.Help(), cancellationToken);
            case Act.Resume:
                return await ResumeAsync(desk, visit, cancellationToken);
            default:
                return await HelloAsync(desk, visit, cancellationToken) with { Spent = PlainCards.Sentence(desk, desk.Say("below")) };
        }
    }

    private async Task<Turned> AgreeAsync(Desk desk, Visit visit, string quotes, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Agree(quotes.Length == 0 ? Progress.NoQuotes : quotes), asked: null, cancellationToken);
        // What was chosen before there was anything to keep it with is kept now.
        if (desk.Chosen is { } chosen && outcome is Outcome.Question { Receipt: not null } && outcome.Language != chosen)
            await talk.HearAsync(desk, visit, new Channels.Said.Language(chosen), asked: null, cancellationToken);
        desk = OutcomeCard.Speaking(desk, outcome);
        return outcome is Outcome.Question { Receipt: { } receipt } question && visit.Replies is not null
            ? Turned.After(ConsentCard.Agreed(desk, question.Title, receipt), OutcomeCard.Saying(desk, question with { Receipt = null }))
            : Answered(desk, outcome, isTyped: true);
    }

    private async Task<Turned> AnswerAsync(Desk desk, Visit visit, Given given, Reply reply, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Answer(reply), given.Asked, cancellationToken);
        Keep(visit, chat => chat with { Paused = false });
        return Kept(desk, outcome, Answered(OutcomeCard.Speaking(desk, outcome), outcome, isTyped: visit.Replies is null), isTyped: visit.Replies is null);
    }

    /// <summary>Remembers the messages that show what was answered, beside the card that was used, so that they can be taken away if all of it is withdrawn.</summary>
    private Turned Kept(Desk desk, Outcome outcome, Turned turned, bool isTyped)
    {
        turned = outcome is { Took.Address: var took, TooLate: false } ? turned with { Took = took } : turned;
        return outcome switch
        {
            Outcome.Finished finished => Tracing(desk, finished.Asked.Session, turned),
            Outcome.Question question when isTyped && outcome.Took is not null => Tracing(desk, question.Asked.Session, turned),
            _ => turned,
        };
    }

    private Turned Tracing(Desk desk, string session, Turned turned) => turned with
    {
        Next = [.. turned.Next.Select(next => next with { Kept = (trace, cancellationToken) => conversation.TraceAsync(desk.Study, session, trace, cancellationToken) })],
    };

    /// <summary>Shows own answers where they were asked for, and remembers that they stand there.</summary>
    private async Task<Turned> OwnAsync(Desk desk, Visit visit, string? session, Card card, CancellationToken cancellationToken)
    {
        if (session is not { Length: > 0 })
            return Turned.InPlace(card);
        if (visit.Replies is not { Length: > 0 } used)
            return Tracing(desk, session, Turned.AsNext(new Said(card)));
        await conversation.TraceAsync(desk.Study, session, visit.Trace(used), cancellationToken);
        return Turned.InPlace(card);
    }

    /// <summary>After an answer: the card becomes a line that reads it back, and what comes next is a message of its own.</summary>
    private static Turned Answered(Desk desk, Outcome outcome, bool isTyped) => outcome switch
    {
        { TooLate: true } => Turned.InPlace(ReadBackCard.Late(desk, outcome.Took)),
        Outcome.Unavailable unavailable => isTyped ? Turned.InPlace(PlainCards.Onward(desk, unavailable.Sentence)) : Turned.Aside(unavailable.Sentence),
        Outcome.Question { Note: not null } refused => isTyped ? Turned.AsNext(OutcomeCard.Saying(desk, refused)) : Turned.InPlace(QuestionCard.Of(desk, refused)),
        { Took: { } taken } => Turned.After(ReadBackCard.Of(desk, taken), OutcomeCard.Saying(desk, outcome, isTyped ? taken : null) with { MayStay = !isTyped }),
        _ => Turned.AsNext(OutcomeCard.Saying(desk, outcome)),
    };

    private async Task<Turned> SeveralAsync(Desk desk, Visit visit, CancellationToken cancellationToken)
    {
        var stands = await StandsAsync(desk, visit, cancellationToken);
        desk = OutcomeCard.Speaking(desk, stands);
        return Turned.InPlace(stands is Outcome.Question question && PageCard.IsWorthIt(question) ? PageCard.Of(desk, question) : OutcomeCard.Of(desk, stands));
    }

    private async Task<Turned> TogetherAsync(Desk desk, Visit visit, Given given, CancellationToken cancellationToken)
    {
        if (await StandsAsync(desk, visit, cancellationToken) is not Outcome.Question page || page.Asked != given.Asked)
            return Turned.InPlace(ReadBackCard.Late(desk, taken: null));
        var parts = PageCard.Read(page, given.Inputs);
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Answer(new Reply.Together(parts)), given.Asked, cancellationToken);
        desk = OutcomeCard.Speaking(desk, outcome);
        return outcome is Outcome.Question { Note: not null } refused && PageCard.IsWorthIt(refused) ? Turned.InPlace(PageCard.Of(desk, refused))
            : outcome.TooLate || outcome is Outcome.Unavailable ? Answered(desk, outcome, isTyped: false)
            : Turned.After(
                PlainCards.Sentence(desk, Sentences.Count(desk.Language, "page_kept", parts.Length), Element.Button(desk, desk.Say("mine"), Act.Mine)), OutcomeCard.Saying(desk, outcome));
    }

    private async Task<Turned> ResumeAsync(Desk desk, Visit visit, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Answer(new Reply.Resume()), asked: null, cancellationToken);
        Keep(visit, chat => chat with { Paused = false });
        desk = OutcomeCard.Speaking(desk, outcome);
        return Turned.After(PlainCards.Sentence(desk, desk.Say("below")), OutcomeCard.Saying(desk, outcome));
    }

    private async Task<Turned> BackAsync(Desk desk, Visit visit, Given given, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Answer(new Reply.Back()), given.Asked, cancellationToken);
        desk = OutcomeCard.Speaking(desk, outcome);
        if (outcome.TooLate)
            return Turned.InPlace(ReadBackCard.Late(desk, outcome.Took));
        if (outcome is Outcome.Question question)
            Keep(visit, chat => chat with { Address = question.Asked.Address, Message = visit.Replies });
        return Turned.InPlace(OutcomeCard.Of(desk, outcome));
    }

    private async Task<Turned> PauseAsync(Desk desk, Visit visit, Given given, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Answer(new Reply.Pause()), given.Asked, cancellationToken);
        Keep(visit, chat => chat with { Paused = outcome is Outcome.Paused });
        desk = OutcomeCard.Speaking(desk, outcome);
        return Turned.InPlace(outcome.TooLate ? ReadBackCard.Late(desk, outcome.Took) : OutcomeCard.Of(desk, outcome));
    }

    private async Task<Turned> ChangeAsync(Desk desk, Visit visit, string address, CancellationToken cancellationToken) =>
        await conversation.AgainAsync(desk.Study, desk.Flow, new Person(Platform, visit.Person), address, desk.Language, cancellationToken) is { } question
            ? Turned.InPlace(QuestionCard.Of(desk, question))
            : await HelloAsync(desk, visit, cancellationToken);

    private async Task<Turned> MineAsync(Desk desk, Visit visit, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.MyData(), asked: null, cancellationToken);
        desk = OutcomeCard.Speaking(desk, outcome);
        if (outcome is not Outcome.MyData data)
            return Turned.InPlace(OutcomeCard.Of(desk, outcome));
        var mine = await OwnAsync(desk, visit, data.Session, OwnCards.Mine(desk, data), cancellationToken);
        return Tracing(desk, data.Session, mine with { Next = [.. mine.Next, .. data.Asking.Where(quote => quote.State == "proposed").Select(quote => new Said(OwnCards.Quote(desk, quote)))] });
    }

    /// <summary>Withdraws, and takes away what this chat still shows of the answers.</summary>
    private async Task<Turned> DeleteAsync(Desk desk, Visit visit, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Withdraw(), asked: null, cancellationToken);
        Keep(visit, chat => chat with { Address = "", Message = null });
        var turned = Turned.InPlace(OutcomeCard.Of(OutcomeCard.Speaking(desk, outcome), outcome));
        return outcome is Outcome.Withdrawn withdrawn ? turned with { Gone = withdrawn.Traces } : turned;
    }

    private async Task<Turned> LanguageAsync(Desk desk, Study study, Visit visit, string tag, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, new Channels.Said.Language(tag), asked: null, cancellationToken);
        if (outcome is Outcome.Noted)
            return Turned.InPlace(OutcomeCard.Of(desk, outcome));
        desk = DeskOf(study, desk.Flow, visit, tag) with { Through = desk.Through };
        Touch(visit, desk);
        return Turned.After(PlainCards.Sentence(desk, desk.Say("below")), OutcomeCard.Saying(OutcomeCard.Speaking(desk, outcome), outcome));
    }

    private Task<Turned> QuoteAsync(Desk desk, Visit visit, Given given, CancellationToken cancellationToken)
    {
        var (yes, quote) = (given.About.StartsWith("yes ", StringComparison.Ordinal), given.About[(given.About.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        ImmutableArray<int>? hidden = given.Inputs.TryGetValue(OwnCards.QuoteHidden, out var parts) ? [.. Given.Several(parts).Select(part => Whole(part) ?? -1)] : null;
        return SayAsync(desk, visit, new Channels.Said.Decide(quote, yes, hidden, given.Inputs.GetValueOrDefault(OwnCards.QuoteAlso, "")), cancellationToken);
    }

    private async Task<Turned> WordsAsync(Desk desk, Visit visit, Channels.Said said, int place, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, said, asked: null, cancellationToken);
        desk = OutcomeCard.Speaking(desk, outcome);
        return outcome is Outcome.OwnWords own
            ? await OwnAsync(desk, visit, own.Words.Select(word => OwnWord.TryRead(word.Id)?.Session).FirstOrDefault(), WordsCard.Of(desk, own, place), cancellationToken)
            : Turned.InPlace(OutcomeCard.Of(desk, outcome));
    }

    /// <summary>Says something beside the questions, and shows what came of it.</summary>
    private async Task<Turned> SayAsync(Desk desk, Visit visit, Channels.Said said, CancellationToken cancellationToken)
    {
        var outcome = await talk.HearAsync(desk, visit, said, asked: null, cancellationToken);
        return Turned.InPlace(OutcomeCard.Of(OutcomeCard.Speaking(desk, outcome), outcome));
    }

    private Task<Outcome> StandsAsync(Desk desk, Visit visit, CancellationToken cancellationToken) => talk.HearAsync(desk, visit, new Channels.Said.Hello(), asked: null, cancellationToken);

    private void Keep(Visit visit, Func<Chat, Chat> now)
    {
        chats.Change(visit.Person, now);
    }

    private void Touch(Visit visit, Desk desk)
    {
        var before = chats.Find(visit.Person);
        chats.Keep(visit.Person, before is not null && before.Study == desk.Study && before.Flow == desk.Flow
            ? before with { Chosen = desk.Chosen, Through = desk.Through ?? before.Through }
            : new Chat(desk.Study, desk.Flow, desk.Chosen) { Through = desk.Through });
    }

    /// <summary>The study that typed words are about: the one the command names, where the person was last, or the only one there is.</summary>
    private async Task<(OpenStudy Open, string Flow)?> WhichAsync(Visit visit, string text, CancellationToken cancellationToken)
    {
        if (Typed.Read(text, visit.Locale ?? Wording.Original) is { Act: Act.Show, Rest: { Length: > 0 } named } && studies.Find(named) is { } asked)
            return (asked, asked.Study.DefaultFlow);
        var (study, flow) = chats.Find(visit.Person) is { } chat ? (chat.Study, chat.Flow)
            : await whereabouts.OfAsync(new Person(Platform, visit.Person), cancellationToken) is var (where, which) ? (where, which)
            : studies.All is [var only] ? (only.Study.Id, only.Study.DefaultFlow)
            : ("", "");
        return studies.Find(study) is { } open ? (open, flow) : null;
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
