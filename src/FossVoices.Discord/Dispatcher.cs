using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Discord.Cards;
using FossVoices.Discord.Interactions;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord;

/// <summary>Hears every interaction, whichever way it came, and says what to answer.</summary>
internal sealed partial class Dispatcher(Respondent respondent, Forms forms, Talk talk, Organiser organiser, OpenStudies studies, ILogger<Dispatcher> log) : IInteractions
{
    private const int MostSuggestions = 25;

    public async Task<Told?> HearAsync(JsonElement interaction, CancellationToken cancellationToken)
    {
        if (UserAction.TryRead(interaction) is not { } heard)
            return null;
        try
        {
            return heard.Act switch
            {
                UserAct.Click click => await respondent.ClickedAsync(heard, click, cancellationToken),
                UserAct.Form form => await forms.SentAsync(heard, form, cancellationToken),
                UserAct.Typing { Option: Commands.When } typing => new Told(Suggestions(Organiser.Times(typing.Begun, Locale(heard)))),
                UserAct.Typing typing => new Told(Suggestions(Studies(typing.Begun))),
                UserAct.Command { Name: Commands.Respondent } command => await RespondentsAsync(heard, command, cancellationToken),
                UserAct.Command { Name: Commands.Organiser } command => await organiser.CommandedAsync(heard, command, cancellationToken) is { } body
                    ? new Told(body) { Aside = Card.Of([Sentences.Say(Locale(heard), "stands_in_channel")]).Whispered() }
                    : null,
                _ => null,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it was, the person is not left before a spinning wheel. The log names no person and no words.
            LogFailed(e);
            return new Told(Card.Of([Sentences.Say(Locale(heard), "failed")]).Whispered());
        }
    }

    public bool MayOpenModal(JsonElement interaction) => UserAction.ActOf(interaction) switch
    {
        UserAct.Click click => Forms.OpensBy(CustomId.TryRead(click.CustomId)),
        UserAct.Command { Name: Commands.Respondent, Subcommand: "code" } => true,
        _ => false,
    };

    private async Task<Told> RespondentsAsync(UserAction heard, UserAct.Command command, CancellationToken cancellationToken)
    {
        var locale = Locale(heard);
        if (command.Subcommand == "help")
            return Whisper(Card.Of([Sentences.Say(locale, "help")]));
        if (Named(studies, command) is not { } open)
            return Whisper(Card.Of([Which(studies, command, locale)]));
        if (open.Study.FindFlow(null) is not { } flow)
            return Whisper(Card.Of([Sentences.Say(locale, "not_ours")]));
        var desk = talk.DeskOf(open.Study, Ways.Of(open.Study.Id, flow.Id), heard, chosen: null);
        switch (command.Subcommand)
        {
            case "code":
                return new Told(Forms.Code(desk, heard));
            case "mydata":
                var (card, files) = await respondent.MineAsync(desk, heard, open.Study, page: 0, cancellationToken);
                return Whisper(card) with { Files = files };
            default:
                return Whisper(await CardAsync(desk, heard, open, command, cancellationToken));
        }
    }

    private async Task<Card> CardAsync(Desk desk, UserAction heard, OpenStudy open, UserAct.Command command, CancellationToken cancellationToken) => command.Subcommand switch
    {
        "words" => await respondent.WordsAsync(desk, heard, command.Options.GetValueOrDefault(Commands.Text, ""), cancellationToken),
        "withdraw" => await respondent.WithdrawAsync(desk, heard, cancellationToken),
        "feedback" => await respondent.AsideAsync(desk, heard, new Said.Feedback(command.Options.GetValueOrDefault(Commands.Text, "")), cancellationToken),
        "stop" => await respondent.AsideAsync(desk, heard, new Said.NoReminder(), cancellationToken),
        "language" => Respondent.LanguageCard(desk, open.Study),
        _ => await respondent.HelloAsync(desk.By(command.Options.GetValueOrDefault(Commands.Code)), heard, cancellationToken),
    };

    private static Told Whisper(Card card) => new(card.Whispered());

    private static string Locale(UserAction heard) => heard.Locale ?? Wording.Original;

    /// <summary>The study that a command is about: the one it names, or the only one there is; null where that is not said.</summary>
    public static OpenStudy? Named(OpenStudies studies, UserAct.Command command) =>
        command.Options.TryGetValue(Commands.Study, out var named) ? studies.Find(named) : studies.All is [var only] ? only : null;

    /// <summary>A sentence that says which studies there are.</summary>
    public static string Which(OpenStudies studies, UserAct.Command command, string locale) => Sentences.Say(
        locale, command.Options.ContainsKey(Commands.Study) ? "no_study" : "which_study", ("studies", string.Join(", ", studies.All.Select(s => Desk.Plain(s.Study.Id)))));

    private IEnumerable<(string Name, string Value)> Studies(string begun) => studies.All
        .Where(open => open.Study.Id.Contains(begun, StringComparison.OrdinalIgnoreCase) || open.Study.Title.Contains(begun, StringComparison.OrdinalIgnoreCase))
        .Select(open => (open.Study.Title, open.Study.Id));

    private static JsonObject Suggestions(IEnumerable<(string Name, string Value)> choices) => new()
    {
        ["type"] = 8,
        ["data"] = new JsonObject
        {
            ["choices"] = new JsonArray([.. choices.Take(MostSuggestions).Select(choice => new JsonObject { ["name"] = Component.Cut(choice.Name, 100), ["value"] = choice.Value })]),
        },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "An interaction could not be answered")]
    private partial void LogFailed(Exception exception);
}
