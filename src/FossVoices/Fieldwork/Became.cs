using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Tells those who take part again what became of a theme, so that they see whether saying something was of use.</summary>
internal static class Became
{
    /// <summary>More would stand between people and the words of others, and would not fit a chat's message; the rest stands in the report in words.</summary>
    public const int MostThemes = 3;

    /// <summary>In UTF-16 code units, of each of what was heard, decided and done.</summary>
    private const int MostOfEach = 100;

    /// <summary>One line; null where there is nothing to say, or where the codebook does not have the theme any more.</summary>
    /// <param name="study">In the reader's language.</param>
    public static string? Line(Study study, ThemeAction action)
    {
        var said = new[] { ("became_heard", action.Heard), ("became_decided", action.Decided), ("became_done", action.Done) }
            .Select(part => (Key: part.Item1, Text: Excerpt.Of(Harmless.Line(part.Item2), MostOfEach))).Where(part => part.Text.Length > 0)
            .Select(part => Sentences.Say(study.Language, part.Key, ("text", part.Text))).ToArray();
        return said.Length == 0 || study.Codebook.WithId(action.Theme) is not { } code ? null
            : Sentences.Say(study.Language, "became", ("theme", Harmless.Line(code.Label)), ("what", string.Join(" · ", said)));
    }
}
