using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Discord.Interactions;
using FossVoices.Fieldwork;
using FossVoices.Flows;

namespace FossVoices.Discord;

/// <summary>Forms that open from a click or a command, and what comes back of them. Discord takes a form at once or never.</summary>
internal sealed class Forms(Talk talk, OpenStudies studies, Ways ways)
{
    /// <summary>The part of a form's id that makes every opening a form of its own: phones remember what a form of the same id held before.</summary>
    private const int OnceDigits = 8;

    /// <summary>Whether a click is answered with a form.</summary>
    public static bool OpensBy(CustomId? id) => id is { Act: Act.Write or Act.Together or Act.QuoteHide or Act.Code or Act.Entry };

    /// <summary>The form that a click opens; a card of where the person stands, where it is not asked any more.</summary>
    public async Task<JsonObject> OpenAsync(Desk desk, UserAction who, CustomId id, CancellationToken cancellationToken)
    {
        var once = Ways.Digits(who.Id)[..OnceDigits];
        switch (id)
        {
            case { Act: Act.Code }:
                return Code(desk, who);
            case { Act: Act.Entry }:
                return Short(desk, who, Act.SendEntry, "entry_label", "entry_label", "entry_how");
            case { Act: Act.QuoteHide, Asked.Address: var quote }:
                return (await talk.OwnAsync(desk, who, cancellationToken))?.Asking.FirstOrDefault(asked => asked.Id == quote) is { } proposed
                    ? QuoteCards.Form(desk, proposed, once)
                    : Card.Of([desk.Say("nothing")]).InPlace();
            case { Asked: { } carried } when await talk.AskedAsync(desk, who, carried, cancellationToken) is { } question:
                // The opened form speaks of the revision that the click carried, so that a stale one is told so when it is sent.
                var asked = question with { Asked = carried with { Address = question.Asked.Address } };
                if (id.Act == Act.Together && carried.Revision == question.Asked.Revision && PageForm.Of(question) is { IsEmpty: false } page)
                    return PageForm.Form(desk, asked, page, once);
                if (id.Act == Act.Write && QuestionCard.NeedsForm(question.Prompt.Control))
                    return QuestionCard.Form(desk, asked, once);
                break;
        }

        return OutcomeCard.Of(desk, await talk.HelloAsync(desk, who, cancellationToken)).InPlace();
    }

    /// <summary>The form for a one-time code.</summary>
    public static JsonObject Code(Desk desk, UserAction who) => Short(desk, who, Act.SendCode, "code_title", "code_label", "code_how");

    /// <summary>A form for one short line.</summary>
    private static JsonObject Short(Desk desk, UserAction who, Act send, string title, string label, string how) => new()
    {
        ["type"] = 9,
        ["data"] = new JsonObject
        {
            ["custom_id"] = $"{Ways.Digits(who.Id)[..OnceDigits]}.{desk.Id(send)}",
            ["title"] = Component.Cut(desk.Say(title), Component.LongestLabel),
            ["components"] = new JsonArray(Component.Label(desk.Say(label), Component.Input("words", isLong: false, isRequired: true, 100, null, null), desk.Say(how))),
        },
    };

    /// <summary>A form that was sent.</summary>
    public async Task<Told> SentAsync(UserAction who, UserAct.Form form, CancellationToken cancellationToken)
    {
        var id = form.CustomId.Length > OnceDigits + 1 ? CustomId.TryRead(form.CustomId[(OnceDigits + 1)..]) : null;
        if (id is null || ways.Find(id.Way) is not { } way || studies.Find(way.Study) is not { } open)
            return new Told(Card.Of([Sentences.Say(Talk.LanguageOf(who, id), "not_ours")]).Whispered());

        var desk = talk.DeskOf(open.Study, way, who, id.Language);
        var card = id switch
        {
            { Act: Act.SendCode } => OutcomeCard.Of(desk, await talk.SayAsync(desk, who, new Said.Attest(Words(form)), asked: null, cancellationToken)),
            { Act: Act.SendEntry } when desk.By(Words(form)) is var entering => OutcomeCard.Of(entering, await talk.HelloAsync(entering, who, cancellationToken)),
            { Act: Act.SendPage, Asked: { } carried } => await PageAsync(desk, who, carried, form, cancellationToken),
            { Act: Act.SendQuote, Asked.Address: var quote } => await QuoteAsync(desk, who, quote, form, cancellationToken),
            { Act: Act.Send, Asked: { } carried } => await AnswerAsync(desk, who, carried, form, cancellationToken),
            _ => OutcomeCard.Of(desk, await talk.HelloAsync(desk, who, cancellationToken)),
        };
        return new Told(form.FromMessage ? card.InPlace() : card.Whispered());
    }

    private async Task<Card> AnswerAsync(Desk desk, UserAction who, Asked carried, UserAct.Form form, CancellationToken cancellationToken)
    {
        Reply reply = form.Fields.ContainsKey("words") ? new Reply.Said(Words(form)) : new Reply.Placed(PlacesIn(form.Fields));
        return OutcomeCard.Of(desk, await talk.WholeAsync(desk, who, carried, cancellationToken) is { } asked
            ? await talk.SayAsync(desk, who, new Said.Answer(reply), asked, cancellationToken)
            : await talk.HelloAsync(desk, who, cancellationToken));
    }

    private async Task<Card> PageAsync(Desk desk, UserAction who, Asked carried, UserAct.Form form, CancellationToken cancellationToken)
    {
        var parts = PageForm.Read(form.Fields);
        return OutcomeCard.Of(desk, parts.IsEmpty
            ? await talk.HelloAsync(desk, who, cancellationToken)
            : await talk.SayAsync(desk, who, new Said.Answer(new Reply.Together(parts)), carried with { Address = parts[0].Address }, cancellationToken));
    }

    /// <summary>The quote may be posted, with these parts hidden.</summary>
    private async Task<Card> QuoteAsync(Desk desk, UserAction who, string quote, UserAct.Form form, CancellationToken cancellationToken)
    {
        if ((await talk.OwnAsync(desk, who, cancellationToken))?.Asking.FirstOrDefault(asked => asked.Id == quote) is not { } proposed)
            return Card.Of([desk.Say("nothing")]);
        var hidden = QuoteCards.HiddenBy(proposed, form.Fields.GetValueOrDefault(QuoteCards.Hidden, []));
        var also = form.Fields.GetValueOrDefault(QuoteCards.Also, []).FirstOrDefault() ?? "";
        return OutcomeCard.Of(desk, await talk.SayAsync(desk, who, new Said.Decide(quote, Yes: true, hidden, also), asked: null, cancellationToken));
    }

    private static string Words(UserAct.Form form) => form.Fields.GetValueOrDefault("words", []).FirstOrDefault() ?? "";

    private static ImmutableArray<int> PlacesIn(ImmutableDictionary<string, ImmutableArray<string>> fields) =>
        [.. Enumerable.Range(0, Component.MostInputs).SelectMany(place => fields.GetValueOrDefault($"place{place.ToString(CultureInfo.InvariantCulture)}", [])).Select(Places.Read)];
}

/// <summary>Options as components carry them: by their places.</summary>
internal static class Places
{
    /// <summary>−1 where it is none.</summary>
    public static int Read(string place) => int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
