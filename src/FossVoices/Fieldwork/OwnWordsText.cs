using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Flows;

namespace FossVoices.Fieldwork;

/// <summary>Own words as lines of text, for wherever there are no forms.</summary>
public static class OwnWordsText
{
    /// <summary>Everything, a line each; the answers numbered as commands name them.</summary>
    public static ImmutableArray<string> Lines(Outcome.OwnWords own, string language) =>
    [
        .. own.Note is { } note ? [note] : Array.Empty<string>(),
        Head(own, language),
        .. own.Words.IsEmpty ? Array.Empty<string>() : [own.Terms, .. own.Words.Select((word, i) => string.Create(
            CultureInfo.InvariantCulture, $"{i + 1}. {word.Ask}\n“{word.Shown}”\n{string.Join('\n', [Now(own, word, language), .. Beside(word, i + 1, language)])}")), How(own, language)],
    ];

    /// <summary>What is asked of its author beside the release, or was: a line each, with the command that says it.</summary>
    /// <param name="number">Its place, counted from 1.</param>
    public static ImmutableArray<string> Beside(OwnWord word, int number, string language)
    {
        var place = ("number", number.ToString(CultureInfo.InvariantCulture));
        return
        [
            .. Written(word, language) is { } written ? [written] : Array.Empty<string>(),
            .. word.Paraphrase is { State: "proposed" } ? [Sentences.Say(language, "words_yes_no", place)] : Array.Empty<string>(),
            .. Quoted(word, language),
            .. word.Quoted is { Due: not null } ? [Sentences.Say(language, "words_reply", place)] : Array.Empty<string>(),
        ];
    }

    /// <summary>What a researcher wrote in its place; null where nobody did.</summary>
    public static string? Written(OwnWord word, string language) =>
        word.Paraphrase is { } written ? Sentences.Say(language, $"paraphrase_{written.State}", ("text", written.Text)) : null;

    /// <summary>How it stands in a report; nothing where it does not.</summary>
    public static ImmutableArray<string> Quoted(OwnWord word, string language) => word.Quoted is not { } quoted ? [] :
    [
        Sentences.Say(
            language, quoted.Due is null ? "quoted_posted" : "quoted_waits", ("text", quoted.Shown), ("from", quoted.From),
            ("day", quoted.Due is { } due ? Definitions.Day.InWords(due, language) : "")),
        .. quoted.ReplyShown.Length > 0 ? [Sentences.Say(language, "quoted_reply", ("text", quoted.ReplyShown))]
            : quoted is { Answered: true, Due: not null } ? [Sentences.Say(language, "quoted_agreed")] : Array.Empty<string>(),
    ];

    public static string Head(Outcome.OwnWords own, string language) => Sentences.Say(language, own.Words.IsEmpty ? "words_none" : "words_head", ("title", own.Title));

    /// <summary>What may become of it, as it is now.</summary>
    public static string Now(Outcome.OwnWords own, OwnWord word, string language)
    {
        var label = own.Offered.FirstOrDefault(offered => offered.Release == word.Release)?.Label ?? word.Release.Spelt();
        var by = word is { Release: Release.Named, Name.Length: > 0 } ? $", {Sentences.Say(language, "words_by", ("name", word.Name))}" : "";
        return Sentences.Say(language, "words_now", ("release", label)) + by;
    }

    /// <summary>How it is changed by command.</summary>
    public static string How(Outcome.OwnWords own, string language) => Sentences.Say(
        language, "words_how", ("offered", string.Join(", ", own.Offered.Select(offered => $"{offered.Release.Spelt()}{(offered.Release == Release.Named ? " NAME" : "")} ({offered.Label})"))));
}
