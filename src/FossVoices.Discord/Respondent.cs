using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Discord;

/// <summary>The respondent's side: one message that only the person sees, changed from question to question.</summary>
internal sealed class Respondent(Talk talk, Forms forms, DirectMessages direct, OpenStudies studies, Ways ways)
{
    public async Task<Told> ClickedAsync(UserAction who, UserAct.Click click, CancellationToken cancellationToken)
    {
        if (CustomId.TryRead(click.CustomId) is not { } id)
            return Whisper(Talk.LanguageOf(who, null), "unreadable");
        if (ways.Find(id.Way) is not { } way || studies.Find(way.Study) is not { } open)
            return Whisper(Talk.LanguageOf(who, id), "not_ours");

        var desk = talk.DeskOf(open.Study, way, who, id.Language).By(id.Entry);
        if (Forms.OpensBy(id))
            return new Told(await forms.OpenAsync(desk, who, id, cancellationToken));
        if (id.Act == Act.Start)
            return new Told((await HelloAsync(desk, who, cancellationToken)).Whispered());
        if (id.Act == Act.Mine)
        {
            var (card, files) = await MineAsync(desk, who, open.Study, id.Choice ?? 0, cancellationToken);
            return new Told(card.InPlace()) { Files = files };
        }

        return new Told((await CardAsync(desk, who, id, open.Study, click.Values, cancellationToken)).InPlace());
    }

    /// <summary>To where the person stands: consent, the question, or the end.</summary>
    public async Task<Card> HelloAsync(Desk desk, UserAction who, CancellationToken cancellationToken) => OutcomeCard.Of(desk, await talk.HelloAsync(desk, who, cancellationToken));

    /// <summary>All that is kept of somebody: as much as a message holds, and where that is not all of it, the whole as a file.</summary>
    /// <param name="page">Counted from 0.</param>
    public async Task<(Card Card, ImmutableArray<Upload> Files)> MineAsync(Desk desk, UserAction who, Study study, int page, CancellationToken cancellationToken)
    {
        if (await talk.OwnAsync(desk, who, cancellationToken) is not { } own || AskedIn(await talk.HelloAsync(desk, who, cancellationToken)) is not { } asked)
            return (Card.Of([desk.Say("nothing")]), []);
        var file = page == 0 && OwnCards.IsCut(own) ? new Upload(own.FileName, "application/json", own.ToJson()) : null;
        var codes = !own.Attested && study.Attestation.Any(side => side.Value.Codes);
        return (OwnCards.Mine(desk, own, asked, page, codes, file?.Name), file is null ? [] : [file]);
    }

    public async Task<Card> WithdrawAsync(Desk desk, UserAction who, CancellationToken cancellationToken) =>
        await talk.OwnAsync(desk, who, cancellationToken) is { } own ? OwnCards.Withdraw(desk, own.Answers.Length) : Card.Of([desk.Say("nothing")]);

    public static Card LanguageCard(Desk desk, Study study) => Card.Of(
        [desk.Say("language")],
        study.Languages.Chunk(Component.MostButtons).Select(row => Component.Row(row.Select(language =>
            Component.Button(System.Globalization.CultureInfo.GetCultureInfo(language).NativeName, (desk with { Chosen = language }).Id(Act.Language, choice: 1))))));

    /// <summary>Says something beside the questions, and shows what came of it.</summary>
    public Task<Card> AsideAsync(Desk desk, UserAction who, Said said, CancellationToken cancellationToken) => ShownAsync(desk, who, said, null, cancellationToken);

    private async Task<Card> CardAsync(Desk desk, UserAction who, CustomId id, Study study, ImmutableArray<string> values, CancellationToken cancellationToken) => id.Act switch
    {
        Act.Language when id is { Choice: not null, Entry: not null } => await HelloAsync(desk, who, cancellationToken),
        Act.Language when id is { Choice: not null, Language: { } chosen } => await ShownAsync(desk, who, new Said.Language(chosen), null, cancellationToken),
        Act.Language => LanguageCard(desk, study),
        Act.Decline => Card.Of([desk.Say("no_thanks")]),
        Act.Remind => await ShownAsync(desk, who, new Said.Remind(who.User), null, cancellationToken),
        Act.Withdraw => await WithdrawAsync(desk, who, cancellationToken),
        Act.Delete => await ShownAsync(desk, who, new Said.Withdraw(), null, cancellationToken),
        Act.Page => await ConsentAsync(desk, who, consent => ConsentCards.Of(desk, consent, id.Choice ?? 0), cancellationToken),
        Act.Agree => await ConsentAsync(desk, who, consent => consent.Words.Quotes is { } quotes ? ConsentCards.Quotes(desk, quotes) : null, cancellationToken),
        Act.Quotes => await QuotesAsync(desk, who, study, id.Choice ?? 0, cancellationToken),
        Act.Change => await ChangeAsync(desk, who, values, cancellationToken),
        Act.Quote or Act.QuoteYes or Act.QuoteNo => await QuoteAsync(desk, who, id, cancellationToken),
        Act.Words => WordsCardOf(desk, await talk.SayAsync(desk, who, new Said.Words(), asked: null, cancellationToken), id.Choice ?? 0),
        Act.Release or Act.WordsYes or Act.WordsNo => await ReleaseAsync(desk, who, id, cancellationToken),
        Act.Direct => await DirectAsync(desk, who, id.Asked, study, cancellationToken),
        _ => await AnswerAsync(desk, who, id, values, cancellationToken),
    };

    private async Task<Card> AnswerAsync(Desk desk, UserAction who, CustomId id, ImmutableArray<string> values, CancellationToken cancellationToken)
    {
        if (id.Asked is not { } carried)
            return await ShownAsync(desk, who, new Said.Answer(new Reply.Resume()), null, cancellationToken);
        Reply reply = id.Act switch
        {
            Act.Pause => new Reply.Pause(),
            Act.Resume => new Reply.Resume(),
            Act.Back => new Reply.Back(),
            Act.Skip => new Reply.Skip(),
            Act.Choose => new Reply.Placed([id.Choice ?? -1]),
            _ => new Reply.Placed([.. values.Select(Places.Read)]),
        };
        return await talk.WholeAsync(desk, who, carried, cancellationToken) is { } asked
            ? await ShownAsync(desk, who, new Said.Answer(reply), asked, cancellationToken)
            : await HelloAsync(desk, who, cancellationToken);
    }

    private async Task<Card> ChangeAsync(Desk desk, UserAction who, ImmutableArray<string> values, CancellationToken cancellationToken)
    {
        var own = await talk.OwnAsync(desk, who, cancellationToken);
        if (own is null || values is not [var value] || Places.Read(value) is not (>= 0 and var place) || place >= own.Answers.Length)
            return await HelloAsync(desk, who, cancellationToken);
        return await talk.AgainAsync(desk, who, own.Answers[place].Address, cancellationToken) is { } question
            ? QuestionCard.Of(desk, question)
            : await HelloAsync(desk, who, cancellationToken);
    }

    private Task<Card> QuotesAsync(Desk desk, UserAction who, Study study, int place, CancellationToken cancellationToken) =>
        study.Flows.GetValueOrDefault(desk.Way.Flow)?.Consent.Quotes is { Options: var options } && place < options.Length
            ? ShownAsync(desk, who, new Said.Agree(options[place].Id, desk.Entry), null, cancellationToken)
            : HelloAsync(desk, who, cancellationToken);

    /// <param name="card">What to show before agreeing; null where nothing more is asked and agreeing is done.</param>
    private async Task<Card> ConsentAsync(Desk desk, UserAction who, Func<Outcome.Consent, Card?> card, CancellationToken cancellationToken)
    {
        var outcome = await talk.HelloAsync(desk, who, cancellationToken);
        return outcome is not Outcome.Consent consent ? OutcomeCard.Of(desk, outcome)
            : card(consent) ?? await ShownAsync(desk, who, new Said.Agree(Progress.NoQuotes, desk.Entry), null, cancellationToken);
    }

    /// <summary>Shows the next quote that waits for the person's word, or takes that word.</summary>
    private async Task<Card> QuoteAsync(Desk desk, UserAction who, CustomId id, CancellationToken cancellationToken)
    {
        string? noted = null;
        if (id is { Act: Act.QuoteYes or Act.QuoteNo, Asked.Address: var quote })
        {
            var outcome = await talk.SayAsync(desk, who, new Said.Decide(quote, id.Act == Act.QuoteYes), asked: null, cancellationToken);
            if (outcome is not Outcome.Noted { Sentence: var sentence })
                return OutcomeCard.Of(desk, outcome);
            noted = sentence;
        }

        var waiting = (await talk.OwnAsync(desk, who, cancellationToken))?.Asking.Where(asked => asked.State == "proposed").ToImmutableArray() ?? [];
        return noted is not null ? QuoteCards.Decided(desk, noted, waiting.Length)
            : waiting.IsEmpty ? Card.Of([desk.Say("quote_none")], Component.Row(Component.Button(desk.Say("mine"), desk.Id(Act.Mine))))
            : QuoteCards.Of(desk, waiting[0], waiting.Length);
    }

    /// <summary>Own words, or what was typed about them: <c>2 anonymous</c>.</summary>
    public async Task<Card> WordsAsync(Desk desk, UserAction who, string typed, CancellationToken cancellationToken) =>
        WordsCardOf(desk, await talk.SayAsync(desk, who, TypedCommand.Read($"/voices words {typed}")!, asked: null, cancellationToken), place: 0);

    /// <summary>What a button says of own words. The button names the words themselves, whatever place they have by now.</summary>
    private async Task<Card> ReleaseAsync(Desk desk, UserAction who, CustomId id, CancellationToken cancellationToken)
    {
        var outcome = await talk.SayAsync(desk, who, new Said.Words(), asked: null, cancellationToken);
        if (outcome is not Outcome.OwnWords own || id.Asked is not { } meant || (id.Act == Act.Release && !(id.Choice < own.Offered.Length))
            || own.Words.FirstOrDefault(word => OwnWord.TryRead(word.Id) is var (session, address) && session == meant.Session && CustomId.Means(meant.Address, address)) is not { } word)
        {
            return WordsCardOf(desk, outcome, place: 0);
        }

        Said said = id.Act == Act.Release
            ? new Said.Release(word.Id, own.Offered[id.Choice!.Value].Release.Spelt())
            : new Said.Approve(word.Id, id.Act == Act.WordsYes, word.Quoted?.Reply ?? "", id.Choice?.ToString("x7", System.Globalization.CultureInfo.InvariantCulture));
        return WordsCardOf(desk, await talk.SayAsync(desk, who, said, asked: null, cancellationToken), own.Words.IndexOf(word));
    }

    private static Card WordsCardOf(Desk desk, Outcome outcome, int place) => outcome is Outcome.OwnWords own ? WordsCard.Of(desk, own, place) : OutcomeCard.Of(desk, outcome);

    /// <summary>Goes on in direct messages, in the language that is read here; where they are closed, the question stays and says so.</summary>
    private async Task<Card> DirectAsync(Desk desk, UserAction who, Asked? carried, Study study, CancellationToken cancellationToken)
    {
        if (carried is null || await talk.AskedAsync(desk, who, carried, cancellationToken) is not { } question || desk.Direct != Direct.Offered)
            return await HelloAsync(desk, who, cancellationToken);
        if (desk.Language != study.Language)
            await talk.SayAsync(desk, who, new Said.Language(desk.Language), asked: null, cancellationToken);
        return await direct.AskAsync(desk, who, question, cancellationToken)
            ? Card.Of([desk.Say("direct_sent")], Component.Row(Component.Button(desk.Say("onward"), desk.Id(Act.Resume))))
            : QuestionCard.Of(desk with { Direct = Direct.Not }, question with { Note = desk.Say("direct_closed") });
    }

    private async Task<Card> ShownAsync(Desk desk, UserAction who, Said said, Asked? asked, CancellationToken cancellationToken) =>
        OutcomeCard.Of(desk, await talk.SayAsync(desk, who, said, asked, cancellationToken));

    private static Asked? AskedIn(Outcome outcome) => outcome switch
    {
        Outcome.Question question => question.Asked,
        Outcome.Finished finished => finished.Asked,
        Outcome.Paused paused => paused.Asked,
        _ => null,
    };

    private static Told Whisper(string language, string key) => new(Card.Of([Sentences.Say(language, key)]).Whispered());
}
