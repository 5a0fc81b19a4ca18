using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Discord;

/// <summary>
/// The respondent's side: one message that only the person sees, changed from question to question. Whose answers a click touches is decided
/// by who clicked, never by what the button carries; where the person stands is read from the store every time.
/// </summary>
internal sealed class Respondent(Hearing hearing, Conversation conversation, OpenStudies studies, Ways ways)
{
    /// <summary>The platform's name in pseudonyms and coverage counts.</summary>
    public const string Platform = "discord";

    /// <summary>The parameter of a form's id that makes every opening a form of its own.</summary>
    private const int OnceDigits = 8;

    /// <summary>Whether a click is answered with a form, which Discord takes at once or never.</summary>
    public static bool OpensForm(string customId) => CustomId.TryRead(customId) is { Act: Act.Write };

    public async Task<JsonObject> ClickedAsync(UserAction interaction, UserAct.Click click, CancellationToken cancellationToken)
    {
        if (CustomId.TryRead(click.CustomId) is not { } id)
            return Whisper(LanguageOf(interaction, null), "unreadable");
        if (ways.Find(id.Way) is not { } way || studies.Find(way.Study) is not { } open)
            return Whisper(LanguageOf(interaction, id), "not_ours");

        var desk = DeskOf(open.Study, way, interaction, id.Language);
        switch (id.Act)
        {
            case Act.Start:
                return (await HelloAsync(desk, interaction, cancellationToken)).Whispered();
            case Act.Write:
                return await FormAsync(desk, interaction, id.Asked, cancellationToken);
            case Act.Language when id is { Choice: not null, Language: { } chosen }:
                return CardOf(desk, await SayAsync(desk, interaction, new Said.Language(chosen), asked: null, cancellationToken)).InPlace();
            case Act.Language:
                return LanguageCard(desk, open.Study).InPlace();
            case Act.Decline:
                return Card.Of([desk.Say("no_thanks")]).InPlace();
            case Act.Remind:
                return CardOf(desk, await SayAsync(desk, interaction, new Said.Remind(interaction.User), asked: null, cancellationToken)).InPlace();
            case Act.Mine:
                return (await MineAsync(desk, interaction, id.Choice ?? 0, cancellationToken)).InPlace();
            case Act.Withdraw:
                return await OwnAsync(desk, interaction, cancellationToken) is { } own
                    ? OwnCards.Withdraw(desk, own.Answers.Length).InPlace()
                    : Card.Of([desk.Say("nothing")]).InPlace();
            case Act.Delete:
                return CardOf(desk, await SayAsync(desk, interaction, new Said.Withdraw(), asked: null, cancellationToken)).InPlace();
            case Act.Words:
                return WordsCardOf(desk, await SayAsync(desk, interaction, new Said.Words(), asked: null, cancellationToken), id.Choice ?? 0).InPlace();
            case Act.Release:
                return (await ReleaseAsync(desk, interaction, id, cancellationToken)).InPlace();
            case Act.Page:
                return await ConsentAsync(desk, interaction, consent => ConsentCards.Of(desk, consent, id.Choice ?? 0), cancellationToken);
            case Act.Agree:
                return await AgreeAsync(desk, interaction, cancellationToken);
            case Act.Quotes:
                return await QuotesAsync(desk, interaction, id.Choice ?? 0, cancellationToken);
            case Act.Change:
                return await ChangeAsync(desk, interaction, click.Values, cancellationToken);
            default:
                return await AnswerAsync(desk, interaction, id, click.Values, cancellationToken);
        }
    }

    /// <summary>A form that was sent: words, a number, or places put in order.</summary>
    public async Task<JsonObject> SentAsync(UserAction interaction, UserAct.Form form, CancellationToken cancellationToken)
    {
        var id = form.CustomId.Length > OnceDigits + 1 ? CustomId.TryRead(form.CustomId[(OnceDigits + 1)..]) : null;
        if (id is not { Act: Act.Send, Asked: { } carried } || ways.Find(id.Way) is not { } way || studies.Find(way.Study) is not { } open)
            return Whisper(LanguageOf(interaction, id), "not_ours");

        var desk = DeskOf(open.Study, way, interaction, id.Language);
        if (await AskedAsync(desk, interaction, carried, cancellationToken) is not { } question)
            return Placed(await HelloAsync(desk, interaction, cancellationToken));
        Reply reply = form.Fields.TryGetValue("words", out var words)
            ? new Reply.Said(words.FirstOrDefault() ?? "")
            : new Reply.Chose(PlacesOf(form.Fields, QuestionCard.OptionsOf(question.Prompt.Control)));
        return Placed(CardOf(desk, await SayAsync(desk, interaction, new Said.Answer(reply), carried with { Address = question.Asked.Address }, cancellationToken)));

        JsonObject Placed(Card card) => form.FromMessage ? card.InPlace() : card.Whispered();
    }

    /// <summary>To where the person stands: consent, the question, or the end.</summary>
    public async Task<Card> HelloAsync(Desk desk, UserAction interaction, CancellationToken cancellationToken) =>
        CardOf(desk, await SayAsync(desk, interaction, new Said.Hello(), asked: null, cancellationToken));

    public async Task<Card> MineAsync(Desk desk, UserAction interaction, int page, CancellationToken cancellationToken)
    {
        if (await OwnAsync(desk, interaction, cancellationToken) is not { } own)
            return Card.Of([desk.Say("nothing")]);
        return AskedIn(await SayAsync(desk, interaction, new Said.Hello(), asked: null, cancellationToken)) is { } asked
            ? OwnCards.Mine(desk, own, asked, page)
            : Card.Of([desk.Say("nothing")]);
    }

    public async Task<Card> WithdrawAsync(Desk desk, UserAction interaction, CancellationToken cancellationToken) =>
        await OwnAsync(desk, interaction, cancellationToken) is { } own ? OwnCards.Withdraw(desk, own.Answers.Length) : Card.Of([desk.Say("nothing")]);

    public static Card LanguageCard(Desk desk, Study study)
    {
        var languages = LanguagesOf(study);
        return Card.Of([desk.Say("language")], languages.Chunk(Component.MostButtons).Select(row => Component.Row(row.Select(language =>
            Component.Button(System.Globalization.CultureInfo.GetCultureInfo(language).NativeName, new CustomId(Act.Language, desk.Way.Code, Choice: 1, Language: language))))));
    }

    public static Desk DeskOf(Study study, Way way, UserAction interaction, string? chosen)
    {
        var language = study.In(chosen ?? interaction.Locale).Language;
        return new Desk(way, language, chosen is not null && LanguagesOf(study).Contains(chosen) ? chosen : null);
    }

    private static ImmutableArray<string> LanguagesOf(Study study) => [study.Language, .. study.Translations.Keys.Where(language => language != study.Language)];

    /// <summary>To those who run the study, without a name.</summary>
    public async Task<Card> FeedbackAsync(Desk desk, UserAction interaction, string text, CancellationToken cancellationToken) =>
        CardOf(desk, await SayAsync(desk, interaction, new Said.Feedback(text), asked: null, cancellationToken));

    /// <summary>Own words, or what was typed about them: <c>2 anonymous</c>.</summary>
    public async Task<Card> WordsAsync(Desk desk, UserAction interaction, string typed, CancellationToken cancellationToken) =>
        WordsCardOf(desk, await SayAsync(desk, interaction, TypedCommand.Read($"/voices words {typed}")!, asked: null, cancellationToken), place: 0);

    /// <summary>What a button says of own words. The button names the words themselves, whatever place they have by now.</summary>
    private async Task<Card> ReleaseAsync(Desk desk, UserAction interaction, CustomId id, CancellationToken cancellationToken)
    {
        var outcome = await SayAsync(desk, interaction, new Said.Words(), asked: null, cancellationToken);
        if (outcome is not Outcome.OwnWords own || id.Asked is not { } meant || id.Choice is not { } choice || choice >= own.Offered.Length
            || own.Words.FirstOrDefault(word => OwnWord.TryRead(word.Id) is var (session, address) && session == meant.Session && CustomId.Means(meant.Address, address)) is not { } word)
        {
            return WordsCardOf(desk, outcome, place: 0);
        }

        return WordsCardOf(
            desk, await SayAsync(desk, interaction, new Said.Release(word.Id, own.Offered[choice].Release.Spelt()), asked: null, cancellationToken), own.Words.IndexOf(word));
    }

    private static Card WordsCardOf(Desk desk, Outcome outcome, int place) => outcome is Outcome.OwnWords own ? WordsCard.Of(desk, own, place) : CardOf(desk, outcome);

    private async Task<JsonObject> AnswerAsync(Desk desk, UserAction interaction, CustomId id, ImmutableArray<string> values, CancellationToken cancellationToken)
    {
        if (id.Asked is not { } carried)
            return CardOf(desk, await SayAsync(desk, interaction, new Said.Answer(new Reply.Resume()), asked: null, cancellationToken)).InPlace();
        if (id.Act is Act.Resume or Act.Pause)
        {
            Reply way = id.Act == Act.Pause ? new Reply.Pause() : new Reply.Resume();
            return CardOf(desk, await SayAsync(desk, interaction, new Said.Answer(way), carried, cancellationToken)).InPlace();
        }

        if (await AskedAsync(desk, interaction, carried, cancellationToken) is not { } question)
            return (await HelloAsync(desk, interaction, cancellationToken)).InPlace();
        var options = QuestionCard.OptionsOf(question.Prompt.Control);
        Reply reply = id.Act switch
        {
            Act.Back => new Reply.Back(),
            Act.Skip => new Reply.Skip(),
            Act.Choose => new Reply.Chose(Ids([id.Choice ?? -1], options)),
            _ => new Reply.Chose(Ids(values.Select(Place), options)),
        };
        return CardOf(desk, await SayAsync(desk, interaction, new Said.Answer(reply), carried with { Address = question.Asked.Address }, cancellationToken)).InPlace();
    }

    private async Task<JsonObject> ChangeAsync(Desk desk, UserAction interaction, ImmutableArray<string> values, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(desk, interaction, cancellationToken);
        if (own is null || values is not [var value] || Place(value) is not (>= 0 and var place) || place >= own.Answers.Length)
            return (await HelloAsync(desk, interaction, cancellationToken)).InPlace();
        var question = await conversation.AgainAsync(desk.Way.Study, desk.Way.Flow, PersonOf(interaction), own.Answers[place].Address, desk.Language, cancellationToken);
        return (question is null ? await HelloAsync(desk, interaction, cancellationToken) : QuestionCard.Of(desk, question)).InPlace();
    }

    private async Task<JsonObject> FormAsync(Desk desk, UserAction interaction, Asked? carried, CancellationToken cancellationToken)
    {
        if (carried is null || await AskedAsync(desk, interaction, carried, cancellationToken) is not { } question || !QuestionCard.NeedsForm(question.Prompt.Control))
            return (await HelloAsync(desk, interaction, cancellationToken)).InPlace();
        // The opened form speaks of the revision that the click carried, so that a stale one is told so when it is sent.
        return QuestionCard.Form(desk, question with { Asked = carried with { Address = question.Asked.Address } }, Ways.Digits(interaction.Id)[..OnceDigits]);
    }

    private Task<JsonObject> AgreeAsync(Desk desk, UserAction interaction, CancellationToken cancellationToken) =>
        ConsentAsync(desk, interaction, consent => consent.Words.Quotes is { } quotes ? ConsentCards.Quotes(desk, quotes) : null, cancellationToken);

    private async Task<JsonObject> QuotesAsync(Desk desk, UserAction interaction, int place, CancellationToken cancellationToken)
    {
        var outcome = await SayAsync(desk, interaction, new Said.Hello(), asked: null, cancellationToken);
        if (outcome is not Outcome.Consent { Words.Quotes.Options: var options } || place >= options.Length)
            return CardOf(desk, outcome).InPlace();
        return CardOf(desk, await SayAsync(desk, interaction, new Said.Agree(options[place].Id), asked: null, cancellationToken)).InPlace();
    }

    /// <param name="card">What to show before agreeing; null where nothing more is asked and agreeing is done.</param>
    private async Task<JsonObject> ConsentAsync(Desk desk, UserAction interaction, Func<Outcome.Consent, Card?> card, CancellationToken cancellationToken)
    {
        var outcome = await SayAsync(desk, interaction, new Said.Hello(), asked: null, cancellationToken);
        if (outcome is not Outcome.Consent consent)
            return CardOf(desk, outcome).InPlace();
        return (card(consent) ?? CardOf(desk, await SayAsync(desk, interaction, new Said.Agree(Progress.NoQuotes), asked: null, cancellationToken))).InPlace();
    }

    /// <summary>The question that a component was made for, as it would be shown now; null where it is not asked any more.</summary>
    private async Task<Outcome.Question?> AskedAsync(Desk desk, UserAction interaction, Asked carried, CancellationToken cancellationToken)
    {
        if (await SayAsync(desk, interaction, new Said.Hello(), asked: null, cancellationToken) is Outcome.Question standing && CustomId.Means(carried.Address, standing.Asked.Address))
            return standing;
        var address = CustomId.IsShort(carried.Address)
            ? (await OwnAsync(desk, interaction, cancellationToken))?.Answers.FirstOrDefault(given => CustomId.Means(carried.Address, given.Address))?.Address
            : carried.Address;
        return address is null ? null : await conversation.AgainAsync(desk.Way.Study, desk.Way.Flow, PersonOf(interaction), address, desk.Language, cancellationToken);
    }

    private Task<OwnData?> OwnAsync(Desk desk, UserAction interaction, CancellationToken cancellationToken) =>
        conversation.OwnAsync(desk.Way.Study, desk.Way.Flow, PersonOf(interaction), desk.Language, cancellationToken);

    private Task<Outcome> SayAsync(Desk desk, UserAction interaction, Said said, Asked? asked, CancellationToken cancellationToken) => hearing(
        new Incoming(
            $"{Platform}:{interaction.Id}", desk.Way.Study, desk.Way.Flow, PersonOf(interaction), PlaceOf(interaction), asked, said, desk.Language),
        cancellationToken);

    private static Card CardOf(Desk desk, Outcome outcome) => outcome switch
    {
        Outcome.Consent consent => ConsentCards.Of(desk, consent, page: 0),
        Outcome.Question question => QuestionCard.Of(desk, question),
        Outcome.Finished finished => OwnCards.Finished(desk, finished),
        Outcome.Paused paused => OwnCards.Paused(desk, paused),
        Outcome.Withdrawn withdrawn => OwnCards.Withdrawn(desk, withdrawn),
        Outcome.Noted noted => Card.Of([Desk.Plain(noted.Sentence)], Component.Row(Component.Button(desk.Say("onward"), desk.Id(Act.Resume)))),
        Outcome.Help help => Card.Of([string.Join('\n', help.Lines.Select(Desk.Plain))]),
        Outcome.CodeNeeded code => Card.Of([Desk.Plain(code.Note ?? code.Title)]),
        Outcome.OwnWords own => WordsCard.Of(desk, own, place: 0),
        Outcome.MyData data => Card.Of([Desk.Plain(data.Title)]),
        Outcome.Closed closed => Card.Of([Desk.Plain(closed.Sentence)]),
        Outcome.Unavailable unavailable => Card.Of([$"⚠️ {Desk.Plain(unavailable.Sentence)}"], Component.Row(Component.Button(desk.Say("onward"), desk.Id(Act.Resume)))),
        _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
    };

    private static Asked? AskedIn(Outcome outcome) => outcome switch
    {
        Outcome.Question question => question.Asked,
        Outcome.Finished finished => finished.Asked,
        Outcome.Paused paused => paused.Asked,
        _ => null,
    };

    /// <summary>A channel with its server before it.</summary>
    public static Place PlaceOf(UserAction interaction) =>
        new(Platform, interaction.Guild is { } guild ? $"{guild}/{interaction.Channel}" : interaction.Channel);

    private static Person PersonOf(UserAction interaction) => new(Platform, interaction.User);

    private static JsonObject Whisper(string language, string key) => Card.Of([Sentences.Say(language, key)]).Whispered();

    private static string LanguageOf(UserAction interaction, CustomId? id) => id?.Language ?? interaction.Locale ?? Wording.Original;

    private static int Place(string value) => int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place) ? place : -1;

    /// <summary>The ids at these places. What stands at none is kept as what nobody can choose, so that it is refused rather than guessed.</summary>
    private static ImmutableArray<string> Ids(IEnumerable<int> places, ImmutableArray<Option> options) =>
        [.. places.Select(place => place >= 0 && place < options.Length ? options[place].Id : "")];

    private static ImmutableArray<string> PlacesOf(ImmutableDictionary<string, ImmutableArray<string>> fields, ImmutableArray<Option> options) =>
        Ids(Enumerable.Range(0, Component.MostInputs).SelectMany(place => fields.GetValueOrDefault($"place{place}", [])).Select(Place), options);
}
