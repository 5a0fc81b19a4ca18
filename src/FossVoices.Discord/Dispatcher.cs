using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Discord.Cards;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord;

/// <summary>Hears every interaction, whichever way it came, and says what to answer.</summary>
internal sealed partial class Dispatcher(Respondent respondent, Organiser organiser, OpenStudies studies, ILogger<Dispatcher> log) : IInteractions
{
    private const int MostSuggestions = 25;

    public async Task<JsonObject?> HearAsync(JsonElement interaction, CancellationToken cancellationToken)
    {
        if (UserAction.TryRead(interaction) is not { } heard)
            return null;
        try
        {
            return heard.Act switch
            {
                UserAct.Click click => await respondent.ClickedAsync(heard, click, cancellationToken),
                UserAct.Form form => await respondent.SentAsync(heard, form, cancellationToken),
                UserAct.Typing typing => Suggestions(typing.Begun),
                UserAct.Command { Name: Commands.Respondent } command => (await RespondentsAsync(heard, command, cancellationToken)).Whispered(),
                UserAct.Command { Name: Commands.Organiser } command => await organiser.CommandedAsync(heard, command, cancellationToken),
                _ => null,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it was, the person is not left before a spinning wheel. The log names no person and no words.
            LogFailed(e);
            return Card.Of([Sentences.Say(heard.Locale ?? Wording.Original, "failed")]).Whispered();
        }
    }

    public bool MayOpenModal(JsonElement interaction) =>
        UserAction.TryRead(interaction) is { Act: UserAct.Click click } && Respondent.OpensForm(click.CustomId);

    private async Task<Card> RespondentsAsync(UserAction heard, UserAct.Command command, CancellationToken cancellationToken)
    {
        var locale = heard.Locale ?? Wording.Original;
        if (command.Subcommand == "help")
            return Card.Of([Sentences.Say(locale, "help")]);
        if (Named(studies, command) is not { } open)
            return Card.Of([Which(studies, command, locale)]);
        if (open.Study.FindFlow(null) is not { } flow)
            return Card.Of([Sentences.Say(locale, "not_ours")]);
        var desk = Respondent.DeskOf(open.Study, Ways.Of(open.Study.Id, flow.Id), heard, chosen: null);
        return command.Subcommand switch
        {
            "mydata" => await respondent.MineAsync(desk, heard, page: 0, cancellationToken),
            "words" => await respondent.WordsAsync(desk, heard, command.Options.GetValueOrDefault(Commands.Text, ""), cancellationToken),
            "withdraw" => await respondent.WithdrawAsync(desk, heard, cancellationToken),
            "feedback" => await respondent.FeedbackAsync(desk, heard, command.Options.GetValueOrDefault(Commands.Text, ""), cancellationToken),
            "language" => Respondent.LanguageCard(desk, open.Study),
            _ => await respondent.HelloAsync(desk, heard, cancellationToken),
        };
    }

    /// <summary>The study that a command is about: the one it names, or the only one there is; null where that is not said.</summary>
    public static OpenStudy? Named(OpenStudies studies, UserAct.Command command) =>
        command.Options.TryGetValue(Commands.Study, out var named) ? studies.Find(named) : studies.All is [var only] ? only : null;

    /// <summary>A sentence that says which studies there are.</summary>
    public static string Which(OpenStudies studies, UserAct.Command command, string locale) => Sentences.Say(
        locale, command.Options.ContainsKey(Commands.Study) ? "no_study" : "which_study", ("studies", string.Join(", ", studies.All.Select(s => Desk.Plain(s.Study.Id)))));

    private JsonObject Suggestions(string begun) => new()
    {
        ["type"] = 8,
        ["data"] = new JsonObject
        {
            ["choices"] = new JsonArray(
            [
                .. studies.All
                    .Where(open => open.Study.Id.Contains(begun, StringComparison.OrdinalIgnoreCase) || open.Study.Title.Contains(begun, StringComparison.OrdinalIgnoreCase))
                    .Take(MostSuggestions)
                    .Select(open => new JsonObject { ["name"] = Component.Cut(open.Study.Title, 100), ["value"] = open.Study.Id }),
            ]),
        },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "An interaction could not be answered")]
    private partial void LogFailed(Exception exception);
}
