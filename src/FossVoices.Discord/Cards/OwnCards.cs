using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Definitions;
using FossVoices.Fieldwork;

namespace FossVoices.Discord.Cards;

/// <summary>What somebody sees of the own answers: at the end, in a pause, and whenever asked for; and the way to delete them.</summary>
internal static class OwnCards
{
    private const int LongestLine = 180;

    public static Card Finished(Desk desk, Outcome.Finished finished) => Card.Of(
        [Noted(finished.Note), string.Join("\n\n", finished.Closing.Select(Desk.Plain)), Answers(desk, finished.Answers)],
        [.. Changes(desk, finished.Asked, finished.Answers), Last(desk)]);

    public static Card Paused(Desk desk, Outcome.Paused paused) => Card.Of(
        [$"{desk.Say("paused")}\n{Sentences.Count(desk.Language, "paused", paused.Left)}"],
        Component.Row([
            Component.Button(desk.Say("resume"), desk.Id(Act.Resume, paused.Asked), Component.Style.Primary),
            .. paused.Reminder == ReminderOffer.Offered ? [Component.Button(desk.Say("remind"), desk.Id(Act.Remind))] : Array.Empty<JsonObject>(),
            Component.Button(desk.Say("mine"), desk.Id(Act.Mine)),
            Component.Button(desk.Say("language_set"), desk.Id(Act.Language))]));

    /// <param name="page">Counted from 0: so many answers fit on one message, and the rest stands on the next.</param>
    /// <param name="codes">Whether a one-time code would be of use.</param>
    /// <param name="file">The name of the file that goes with it; null for none.</param>
    public static Card Mine(Desk desk, OwnData own, Asked asked, int page, bool codes, string? file)
    {
        var pages = own.Answers.Chunk(Component.MostOptions).ToArray();
        page = Math.Clamp(page, 0, Math.Max(0, pages.Length - 1));
        ImmutableArray<Given> shown = pages.Length == 0 ? [] : [.. pages[page]];
        var onward = Component.Row([
            Component.Button(desk.Say("onward"), desk.Id(Act.Resume, asked), Component.Style.Primary),
            .. page + 1 < pages.Length ? [Component.Button(desk.Say("more"), desk.Id(Act.Mine, choice: page + 1))] : Array.Empty<JsonObject>(),
            .. codes ? [Component.Button(desk.Say("code_label"), desk.Id(Act.Code))] : Array.Empty<JsonObject>(),
            Component.Button(desk.Say("withdraw"), desk.Id(Act.Withdraw), Component.Style.Danger)]);
        var waiting = own.Asking.Count(quote => quote.State == "proposed");
        return Card.Of(
            [Kept(desk, own.KeptUntil, own.Receipt), own.Attested ? desk.Say("attested") : "", Answers(desk, shown), file is null ? "" : desk.Say("file")],
            [
                .. file is null ? Array.Empty<JsonObject>() : [Component.File(file)],
                .. Changes(desk, asked, shown, page * Component.MostOptions),
                .. waiting == 0 ? Array.Empty<JsonObject>() : [Component.Row(Component.Button(Sentences.Count(desk.Language, "quote_waits", waiting), desk.Id(Act.Quote), Component.Style.Success))],
                onward,
            ]);
    }

    /// <summary>Whether a message shows less of it than there is.</summary>
    public static bool IsCut(OwnData own) =>
        own.Answers.Length > Component.MostOptions || own.Answers.Any(given => given.Ask.Length > RoomFor(own.Answers.Length) || given.Answer.Length > RoomFor(own.Answers.Length));

    public static string Kept(Desk desk, DateTimeOffset until, string receipt) =>
        desk.Say("kept_until", ("day", Day.InWords(until, desk.Language)), ("receipt", receipt));

    public static Card Withdraw(Desk desk, int answers) => Card.Of(
        [$"{(answers == 0 ? desk.Say("withdraw_none") : Sentences.Count(desk.Language, "withdraw", answers))}\n{desk.Say("withdraw_figures")}"],
        Component.Row(
            Component.Button(desk.Say("withdraw_do"), desk.Id(Act.Delete), Component.Style.Danger),
            Component.Button(desk.Say("withdraw_keep"), desk.Id(Act.Resume))));

    public static Card Withdrawn(Desk desk, Outcome.Withdrawn withdrawn) =>
        Card.Of([$"{Sentences.Count(desk.Language, "withdrawn", withdrawn.Answers)}\n{desk.Say("withdrawn_discord")}"]);

    public static string Answers(Desk desk, ImmutableArray<Given> answers)
    {
        if (answers.IsEmpty)
            return "";
        // What cannot be shown in full is cut line by line, so that every answer has its line; the download holds all of it.
        var room = RoomFor(answers.Length);
        return $"{desk.Say("answers")}\n" + string.Join('\n', answers.Select(given =>
            $"- {Desk.Plain(Component.Cut(given.Ask, room))}\n  **{Desk.Plain(Component.Cut(given.Answer.Length == 0 ? desk.Say("skipped") : given.Answer.ReplaceLineEndings(" "), room))}**"));
    }

    private static int RoomFor(int answers) => Math.Min(LongestLine, 2400 / Math.Clamp(answers, 1, Component.MostOptions) / 2);

    /// <summary>Every answer that is shown can be changed.</summary>
    private static IEnumerable<JsonObject> Changes(Desk desk, Asked asked, ImmutableArray<Given> answers, int from = 0)
    {
        var parts = answers.Chunk(Component.MostOptions).Take(4).ToArray();
        for (var part = 0; part < parts.Length; part++)
        {
            var first = from + (part * Component.MostOptions);
            yield return Component.Row(Component.Select(
                desk.Id(Act.Change, asked, first).ToString(),
                [.. parts[part].Select((given, i) => $"{(first + i + 1).ToString(CultureInfo.InvariantCulture)}. {given.Ask}")], first, desk.Say("change")));
        }
    }

    private static JsonObject Last(Desk desk) => Component.Row(
        Component.Button(desk.Say("mine"), desk.Id(Act.Mine)), Component.Button(desk.Say("withdraw"), desk.Id(Act.Withdraw), Component.Style.Danger));

    private static string Noted(string? note) => note is null ? "" : $"⚠️ {Desk.Plain(note)}";
}
