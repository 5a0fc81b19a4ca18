using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Discord;

/// <summary>
/// What somebody in Discord says to the conversation, and what it answers. Whose answers are touched is decided by who acted, never by what a button
/// carries; where the person stands is read from the store every time.
/// </summary>
internal sealed class Talk(Hearing hearing, Conversation conversation, OpenStudies studies, Roles roles, DiscordSettings settings)
{
    /// <summary>The platform's name in pseudonyms and coverage counts.</summary>
    public const string Platform = "discord";

    public async Task<Outcome> SayAsync(Desk desk, UserAction who, Said said, Asked? asked, CancellationToken cancellationToken)
    {
        var study = studies.Find(desk.Way.Study)?.Study;
        return await hearing(
            new Incoming($"{Platform}:{who.Id}", desk.Way.Study, desk.Way.Flow, PersonOf(who), PlaceOf(who), asked, said, desk.Language)
            {
                Vouched = study is null ? [] : await roles.SidesAsync(who, study, cancellationToken),
            },
            cancellationToken);
    }

    /// <summary>Where the person stands: consent, the question, or the end.</summary>
    public Task<Outcome> HelloAsync(Desk desk, UserAction who, CancellationToken cancellationToken) =>
        SayAsync(desk, who, new Said.Hello(desk.Entry), asked: null, cancellationToken);

    public Task<OwnData?> OwnAsync(Desk desk, UserAction who, CancellationToken cancellationToken) =>
        conversation.OwnAsync(desk.Way.Study, desk.Way.Flow, PersonOf(who), desk.Language, cancellationToken);

    /// <summary>A question that was answered before, as it would be shown again.</summary>
    public Task<Outcome.Question?> AgainAsync(Desk desk, UserAction who, string address, CancellationToken cancellationToken) =>
        conversation.AgainAsync(desk.Way.Study, desk.Way.Flow, PersonOf(who), address, desk.Language, cancellationToken);

    /// <summary>The question that a component was made for, as it would be shown now; null where it is not asked any more.</summary>
    public async Task<Outcome.Question?> AskedAsync(Desk desk, UserAction who, Asked carried, CancellationToken cancellationToken)
    {
        if (await HelloAsync(desk, who, cancellationToken) is Outcome.Question standing && CustomId.Means(carried.Address, standing.Asked.Address))
            return standing;
        var address = CustomId.IsShort(carried.Address)
            ? (await OwnAsync(desk, who, cancellationToken))?.Answers.FirstOrDefault(given => CustomId.Means(carried.Address, given.Address))?.Address
            : carried.Address;
        return address is null ? null : await AgainAsync(desk, who, address, cancellationToken);
    }

    /// <summary>What a component carried, with the address in full; null where that was cut short and is not asked any more.</summary>
    public async ValueTask<Asked?> WholeAsync(Desk desk, UserAction who, Asked carried, CancellationToken cancellationToken) =>
        !CustomId.IsShort(carried.Address) ? carried
        : await AskedAsync(desk, who, carried, cancellationToken) is { } question ? carried with { Address = question.Asked.Address } : null;

    /// <param name="chosen">The language that the person chose; null to follow Discord's.</param>
    public Desk DeskOf(Study study, Way way, UserAction who, string? chosen)
    {
        var language = study.In(chosen ?? who.Locale).Language;
        return new Desk(way, language, chosen is not null && study.Languages.Contains(chosen) ? chosen : null)
        {
            Direct = !settings.ReadsDirectMessages ? Direct.Not : who.Guild is null ? Direct.Here : Direct.Offered,
        };
    }

    /// <summary>A channel with its server before it.</summary>
    public static Place PlaceOf(UserAction who) => new(Platform, who.Guild is { } guild ? $"{guild}/{who.Channel}" : who.Channel);

    public static string LanguageOf(UserAction who, CustomId? id) => id?.Language ?? who.Locale ?? Wording.Original;

    private static Person PersonOf(UserAction who) => new(Platform, who.User);
}
