using FossVoices.Flows;

namespace FossVoices.Tests.Studies;

public sealed class ScriptedTestsTests
{
    [Fact]
    public void A_case_that_fails_says_what_it_expected_and_what_came()
    {
        var study = SmallStudy.With("tests/survey.json", """
            "tests": [ { "name": "everything is wrong", "answers": { "focus": 4, "story": "Too short.", "story#short": "More." },
              "expect": { "asked": ["aware"], "not_asked": ["story"], "probes": [], "text": { "focus": "What?" } } } ]
            """).Study!;

        var play = Assert.Single(study.Tests["survey"]).Play(study.FindFlow(null)!, 1, new Facts("1 May 2030", 10));

        Assert.Equal(["focus", "story", "story#short", "aware"], play.Asked);
        Assert.Equal(
            ["'story' was asked", "the probes were 'short', and not none", "'focus' says “How far may people keep to their work?”, and not “What?”"], play.Wrong);
    }

    [Fact]
    public void An_answer_that_nobody_asks_for_is_a_slip_in_the_script()
    {
        var study = SmallStudy.With("tests/survey.json", """
            "tests": [ { "name": "a slip", "answers": { "story": "It is long enough to need no probe.", "story#short": "More." }, "expect": { } } ]
            """).Study!;

        Assert.Equal(["'story#short' is answered in this case, and was not asked"], study.Tests["survey"][0].Play(study.FindFlow(null)!, 1, new Facts("", 10)).Wrong);
    }

    [Theory]
    [InlineData("""{ "name": "a", "answers": { "fokus": 4 }, "expect": { } }""", "FV012")]
    [InlineData("""{ "name": "a", "answers": { "focus": 6 }, "expect": { } }""", "FV013")]
    [InlineData("""{ "name": "a", "answers": { }, "coded": { "story": ["burnot"] }, "expect": { } }""", "FV014")]
    [InlineData("""{ "name": "a", "answers": { }, "expect": { "probes": ["long"] } }""", "FV012")]
    [InlineData("""{ "name": "a", "answers": { }, "expect": { "askd": [] } }""", "FV002")]
    [InlineData("""{ "name": "a", "answers": { }, "expect": { } }, { "name": "a", "answers": { }, "expect": { } }""", "FV007")]
    public void A_slip_in_a_script_is_pointed_at(string cases, string code) =>
        Assert.Equal([code], SmallStudy.With("tests/survey.json", $"\"tests\": [ {cases} ]").Problems.Select(p => p.Code));
}
