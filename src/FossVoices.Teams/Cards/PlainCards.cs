using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Studies;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>Cards with little on them: a sentence, a choice of language or study, something to say to the organisers.</summary>
internal static class PlainCards
{
    public static Card Sentence(Desk desk, string sentence, params IEnumerable<JsonObject> actions) => Card.Of(desk, sentence, QuestionCard.Paragraphs(sentence), actions);

    /// <summary>With a way back to the questions.</summary>
    public static Card Onward(Desk desk, string sentence) => Sentence(desk, sentence, Element.Button(desk, desk.Say("onward"), Act.Show));

    public static Card Lines(Desk desk, ImmutableArray<string> lines) =>
        Card.Of(desk, lines.FirstOrDefault(""), [.. lines.SelectMany(line => QuestionCard.Paragraphs(line)), Text(desk.Say("help_words"))], Element.Button(desk, desk.Say("onward"), Act.Show));

    public static Card Languages(Desk desk, Study study) => Card.Of(
        desk, desk.Say("language"),
        [Element.Choices("tag", desk.Say("language"), study.Languages.Select(tag => (tag, CultureInfo.GetCultureInfo(tag).NativeName)), value: desk.Language, error: desk.Say("choose_one"))],
        Element.Button(desk, desk.Say("language_do"), Act.Language, takesInputs: true, style: "positive"));

    public static Card Feedback(Desk desk) => Card.Of(
        desk, desk.Say("feedback"),
        [Element.Words(Given.Words, desk.Say("feedback"), Fieldwork.Asides.LongestFeedback, isLong: true, error: desk.Say("write_some"))],
        Element.Button(desk, desk.Say("feedback_do"), Act.Feedback, takesInputs: true, style: "positive"));

    /// <summary>Which of several studies somebody means; more than have room are named by typing.</summary>
    public static Card Studies(string language, IEnumerable<Study> studies)
    {
        var shown = studies.Take(Element.MostActions).Select(study => study.In(language)).ToArray();
        var desk = new Desk(shown[0].Id, shown[0].DefaultFlow, language);
        return Card.Of(
            desk, desk.Say("which_study"), [Text(desk.Say("which_study"))],
            shown.Select(study => Element.Button(new Desk(study.Id, study.DefaultFlow, language), study.Title, Act.Show)));
    }
}
