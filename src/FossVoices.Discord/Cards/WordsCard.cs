using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;

namespace FossVoices.Discord.Cards;

/// <summary>Own words, one answer a page: as others would see them, what is released, and buttons for what can be.</summary>
internal static class WordsCard
{
    /// <param name="place">Which of them, counted from 0; the last where there are fewer.</param>
    public static Card Of(Desk desk, Outcome.OwnWords own, int place)
    {
        var how = Fieldwork.OwnWordsText.How(own, desk.Language);
        if (own.Words.IsEmpty)
            return Card.Of([Desk.Plain(own.Note ?? ""), Desk.Plain(Fieldwork.OwnWordsText.Head(own, desk.Language))]);
        place = Math.Clamp(place, 0, own.Words.Length - 1);
        var word = own.Words[place];
        var (session, address) = OwnWord.TryRead(word.Id)!.Value;
        return Card.Of(
            [
                own.Note is { } note ? $"⚠️ {Desk.Plain(note)}" : "",
                Desk.Plain(Component.Cut(own.Terms, 800)),
                $"**{(place + 1).ToString(CultureInfo.InvariantCulture)}/{own.Words.Length.ToString(CultureInfo.InvariantCulture)}** {Desk.Plain(Component.Cut(word.Ask, 200))}",
                Desk.Plain(Component.Cut(word.Shown, 1000)),
                $"**{Desk.Plain(Fieldwork.OwnWordsText.Now(own, word, desk.Language))}**",
                Desk.Plain(how),
            ],
            [
                Component.Row(own.Offered.Select((offered, i) => Component.Button(
                    offered.Label, desk.Id(Act.Release, new Asked(session, address, place), i), offered.Release == word.Release ? Component.Style.Primary : Component.Style.Secondary))),
                .. Ways(desk, own, place),
            ]);
    }

    private static JsonObject[] Ways(Desk desk, Outcome.OwnWords own, int place)
    {
        JsonObject[] buttons =
        [
            .. place > 0 ? [Component.Button(desk.Say("back"), desk.Id(Act.Words, choice: place - 1))] : Array.Empty<JsonObject>(),
            .. place + 1 < own.Words.Length ? [Component.Button(desk.Say("more"), desk.Id(Act.Words, choice: place + 1))] : Array.Empty<JsonObject>(),
        ];
        return buttons.Length == 0 ? [] : [Component.Row(buttons)];
    }
}
