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
            CultureInfo.InvariantCulture, $"{i + 1}. {word.Ask}\n“{word.Shown}”\n{Now(own, word, language)}")), How(own, language)],
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
