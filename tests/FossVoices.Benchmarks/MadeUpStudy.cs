using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FossVoices.Studies;

namespace FossVoices.Benchmarks;

/// <summary>
/// A study of as many questions as one likes, in our format and in SurveyJS's: a choice, a scale, a scale that is asked after two of the choice's
/// three options, and a question for words, over and over. In every fourth question an answer steers.
/// </summary>
internal static class MadeUpStudy
{
    private static readonly string[] s_options = ["a", "b", "c"];

    public static string Id(int question) => $"q{question}";

    /// <summary>What respondent number so-and-so answers: an option, a point, or words.</summary>
    public static object Answer(int question, int respondent) => (question % 4) switch
    {
        0 => s_options[(question + respondent) % 3],
        3 => "It went on as it had always done",
        _ => 1 + ((question + respondent) % 5),
    };

    public static StudyFiles Files(int questions) => new("generated", "generated", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["study.json"] = Json(new
        {
            id = "generated",
            title = "A made-up study",
            project = "PyPI",
            language = "en",
            sides = new { upstream = "people who make it", downstream = "people who use it" },
            team = new { names = new[] { "A team" }, contact = "a@example.org", ethics = "none", positions = "We use it." },
            default_flow = "survey",
            tensions = Array.Empty<object>(),
        }),
        ["codebook.json"] = Json(new { id = "generated", version = 1, codes = new[] { new { id = "burnout", label = "Burnout", brief = "Exhaustion." } } }),
        ["flows/survey.json"] = Json(new
        {
            id = "survey",
            version = 1,
            language = "en",
            title = "About {project}",
            minutes = 5,
            consent = new
            {
                text = "Who asks: the team. Why: to learn what people count on. It takes 5 minutes and is voluntary. Kept until {retention_date}; withdraw with /voices withdraw. What cannot be undone: figures already posted. Who reads your words: the team. Ethics: no board. Ask: a@example.org",
                agree = "Yes",
                decline = "No",
            },
            scales = new { five = new { points = new[] { "none", "little", "some", "much", "all" }, agree_from = 4 } },
            items = Enumerable.Range(0, questions).Select(Item),
            end = "Thank you.",
        }),
    }.ToImmutableSortedDictionary(f => f.Key, f => (StudyFile)new StudyFile.Content([.. Encoding.UTF8.GetBytes(f.Value)]), StringComparer.Ordinal));

    /// <summary>The same questions for SurveyJS.</summary>
    public static string ForSurveyJs(int questions) => Json(new
    {
        questionsOnPageMode = "questionPerPage",
        elements = Enumerable.Range(0, questions).Select(i => (object)((i % 4) switch
        {
            0 => new { type = "radiogroup", name = Id(i), title = Ask(i), choices = s_options.Select(o => new { value = o, text = $"Option {o}" }) },
            1 => new { type = "rating", name = Id(i), title = Ask(i), rateMin = 1, rateMax = 5 },
            2 => new { type = "rating", name = Id(i), title = Ask(i), rateMin = 1, rateMax = 5, visibleIf = $"{{{Id(i - 2)}}} = 'a' or {{{Id(i - 2)}}} = 'b'" },
            _ => new { type = "comment", name = Id(i), title = Ask(i) },
        })),
    });

    private static object Item(int i) => (i % 4) switch
    {
        0 => new { id = Id(i), type = "choice", ask = Ask(i), options = s_options.ToDictionary(o => o, o => $"Option {o}") },
        1 => new { id = Id(i), type = "scale", scale = "five", ask = Ask(i) },
        2 => new Dictionary<string, object> { ["id"] = Id(i), ["type"] = "scale", ["scale"] = "five", ["ask"] = Ask(i), ["if"] = new Dictionary<string, object> { [Id(i - 2)] = new[] { "a", "b" } } },
        _ => new { id = Id(i), type = "text", ask = Ask(i) },
    };

    private static string Ask(int i) => $"How far should people count on thing number {i}?";

    private static string Json(object document) => JsonSerializer.Serialize(document);
}
