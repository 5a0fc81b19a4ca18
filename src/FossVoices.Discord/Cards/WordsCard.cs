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
        var beside = Fieldwork.OwnWordsText.Beside(word, place + 1, desk.Language);
        return Card.Of(
            [
                own.Note is { } note ? $"⚠️ {Desk.Plain(note)}" : "",
                Desk.Plain(Component.Cut(own.Terms, beside.IsEmpty ? 800 : 300)),
                $"**{(place + 1).ToString(CultureInfo.InvariantCulture)}/{own.Words.Length.ToString(CultureInfo.InvariantCulture)}** {Desk.Plain(Component.Cut(word.Ask, 200))}",
                Desk.Plain(Component.Cut(word.Shown, beside.IsEmpty ? 1000 : 500)),
                $"**{Desk.Plain(Fieldwork.OwnWordsText.Now(own, word, desk.Language))}**",
                .. beside.Select(Desk.Plain),
                Desk.Plain(how),
            ],
            [
                Component.Row(own.Offered.Select((offered, i) => Component.Button(
                    offered.Label, desk.Id(Act.Release, new Asked(session, address, place), i), offered.Release == word.Release ? Component.Style.Primary : Component.Style.Secondary))),
                .. Approvals(desk, word, new Asked(session, address, place)),
                .. Ways(desk, own, place),
            ]);
    }

    /// <summary>Yes and no to how the words are to be shown, where that is asked or can be taken back.</summary>
    private static JsonObject[] Approvals(Desk desk, OwnWord word, Asked which)
    {
        int? mark = word.Paraphrase is { } written ? int.Parse(written.Mark, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : null;
        JsonObject[] buttons =
        [
            .. word.CanAgree ? [Component.Button(desk.Say("words_yes"), desk.Id(Act.WordsYes, which, mark), Component.Style.Success)] : Array.Empty<JsonObject>(),
            .. word.CanRefuse ? [Component.Button(desk.Say("words_no"), desk.Id(Act.WordsNo, which, mark))] : Array.Empty<JsonObject>(),
        ];
        return buttons.Length == 0 ? [] : [Component.Row(buttons)];
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
