using System.Text;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

public sealed class TranslationTests
{
    private const string French = """
        "texts": {
          "title": { "was": "About {project}", "text": "À propos de {project}" },
          "focus.ask": { "was": "How far may people keep to their work?", "text": "Jusqu'où ?" },
          "scales.five.points.1": { "was": "none", "text": "rien" },
          "story.probes.short.ask": { "was": "A little more?", "text": "Un peu plus ?" } }
        """;

    private static readonly Facts s_facts = new("1 mai 2030", 10);

    [Fact]
    public void A_flow_is_asked_in_the_language_of_whoever_answers_and_in_its_own_where_a_text_is_missing()
    {
        var study = SmallStudy.With("i18n/survey.fr.json", French).Study!;
        var (english, french) = (study.FindFlow("survey")!, study.In("fr").FindFlow("survey")!);

        Assert.Equal("À propos de PyPI", Prompting.Title(french, s_facts));
        Assert.Equal("Jusqu'où ?", Prompting.Standing(french, Progress.Begin(french, 1), s_facts)!.Ask);
        Assert.Equal("Thank you.", Assert.Single(Prompting.End(french, Progress.Begin(french, 1), s_facts)));
        Assert.Equal(("en", "fr"), (english.Language, french.Language));
    }

    [Fact]
    public void A_session_changes_language_at_any_time_and_keeps_what_was_answered()
    {
        var study = SmallStudy.With("i18n/survey.fr.json", French).Study!;
        var (english, french) = (study.FindFlow("survey")!, study.In("fr").FindFlow("survey")!);

        var progress = FlowEngine.Take(english, Progress.Begin(english, 1), new Reply.Said("none"), null, DateTimeOffset.UnixEpoch).Progress;
        progress = FlowEngine.Take(french, progress, new Reply.Said("Voilà."), null, DateTimeOffset.UnixEpoch).Progress;

        Assert.Equal("Un peu plus ?", Prompting.Standing(french, progress, s_facts)!.Ask);
        Assert.Equal("A little more?", Prompting.Standing(english, progress, s_facts)!.Ask);
        Assert.Equal(["rien", "Voilà."], Prompting.ReadBack(french, progress, s_facts).Select(r => r.Answer));
    }

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr-CA", "fr")]
    [InlineData("FR", "fr")]
    [InlineData("de", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void The_nearest_language_is_found(string? wanted, string found) =>
        Assert.Equal(found, SmallStudy.With("i18n/survey.fr.json", French).Study!.In(wanted).FindFlow("survey")!.Language);

    [Fact]
    public void A_flow_is_pinned_with_its_translations_and_its_codebook()
    {
        var hashes = new[]
        {
            SmallStudy.With(), SmallStudy.With("i18n/survey.fr.json", French), SmallStudy.With("i18n/survey.fr.json", French.Replace("rien", "point", StringComparison.Ordinal)),
            SmallStudy.With("codebook.json", """ "codes": [ { "id": "burnout", "label": "Burnout", "brief": "Exhaustion.", "aliases": ["tired"] } ] """.Trim()),
            SmallStudy.With("flows/survey.json", "\"end\": \"Thanks.\""), SmallStudy.With("study.json", "\"project\": \"CPAN\""),
        }.Select(s => s.Study!.FindFlow(null)!.Hash).ToArray();

        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
        Assert.Equal(hashes[1], SmallStudy.With("i18n/survey.fr.json", French).Study!.In("fr").FindFlow(null)!.Hash);
    }

    [Fact]
    public void The_hash_looks_at_what_is_said_and_not_at_the_layout()
    {
        var folder = Path.Combine(Repository.Surveys, "pypi-expectations");
        var files = StudyFolder.Read(folder);
        var flow = ((StudyFile.Content)files.Files["flows/survey.json"]).Bytes;
        var spread = Encoding.UTF8.GetString(flow.AsSpan()).ReplaceLineEndings("\r\n").Replace("  ", "\t", StringComparison.Ordinal);

        var anew = StudyCompiler.Compile(files with { Files = files.Files.SetItem("flows/survey.json", new StudyFile.Content([.. Encoding.UTF8.GetBytes(spread)])) });

        Assert.Equal(StudyFolder.Load(folder).Study!.FindFlow("survey")!.Hash, anew.Study!.FindFlow("survey")!.Hash);
    }

    [Fact]
    public void A_wrong_place_in_a_translation_is_pointed_at_in_the_translations_own_file()
    {
        var loaded = SmallStudy.With("i18n/survey.fr.json", "\"texts\": {\n  \"end\": { \"was\": \"Thank you.\", \"text\": \"Merci, {projet}.\" } }");

        var problem = Assert.Single(loaded.Problems, p => p.Code == "FV018");
        Assert.Equal(("i18n/survey.fr.json", 5, "no place 'projet'", "did you mean 'project'?"), (problem.File, problem.Line, problem.Message, problem.Suggestion));
        Assert.Null(loaded.Study);
    }

    [Fact]
    public void A_translation_that_is_too_long_for_its_place_is_an_error_and_not_a_silence()
    {
        var loaded = SmallStudy.With("i18n/survey.fr.json", $$"""
            "texts": { "scales.five.points.1": { "was": "none", "text": "{{new string('x', 300)}}" } }
            """);

        Assert.Contains(loaded.Problems, p => p is { File: "i18n/survey.fr.json", Code: "FV008" });
    }

    [Theory]
    [InlineData("Dans quelle mesure faudrait-il que les réponses soient rapides et aimables ?", "FV035")]
    [InlineData("À quel point devrait-on et est-on libre de son travail, ou faudrait-il et sera-t-on libre ?", "FV034")]
    [InlineData("À quel point chacun devrait-il rester à son travail ?", null)]
    public void What_is_found_by_words_is_looked_for_in_French_as_well_and_pointed_at_in_the_translation(string text, string? code)
    {
        var loaded = SmallStudy.With("i18n/survey.fr.json", $$"""
            "texts": { "focus.ask": { "was": "How far may people keep to their work?", "text": "{{text}}" } }
            """);

        var found = loaded.Problems.Where(p => p.Code is "FV034" or "FV035").ToArray();
        Assert.Equal(code is null ? [] : [code], found.Select(p => p.Code));
        Assert.All(found, p => Assert.EndsWith("i18n/survey.fr.json", p.File, StringComparison.Ordinal));
    }

    [Fact]
    public void A_consent_text_in_French_is_looked_through_for_its_parts()
    {
        var original = "Who asks: the team. Why: to learn what people count on. It takes 3 minutes and is voluntary. Answers are kept until {retention_date}; withdraw with /voices withdraw. What cannot be undone: figures already posted. Who reads your words: the team. Ethics: no board has reviewed it. Ask: a@example.org";
        var whole = "Qui pose ces questions : l'équipe. Pourquoi : pour savoir. 3 minutes, volontaire. Gardé jusqu'au {retention_date} ; /voices withdraw. Ce qui ne peut être annulé : les chiffres déjà publiés. Qui lit vos mots : l'équipe. Éthique : aucun comité. a@example.org";

        Assert.Empty(Missing(whole));
        Assert.Equal("the consent text does not seem to say who reads the words", Assert.Single(Missing(whole.Replace("Qui lit vos mots : l'équipe.", "", StringComparison.Ordinal))).Message);

        FossVoices.Definitions.Problem[] Missing(string french) => [.. SmallStudy.With("i18n/survey.fr.json", $$"""
            "texts": { "consent.text": { "was": "{{original}}", "text": "{{french}}" } }
            """).Problems.Where(p => p.Code == "FV024")];
    }

    [Fact]
    public void The_studys_own_texts_are_translated_with_it()
    {
        var study = SmallStudy.With(("i18n/study.fr.json", """
            "texts": { "title": { "was": "A small study", "text": "Une petite étude" }, "sides.downstream": { "was": "people who use it", "text": "les gens qui l'utilisent" } }
            """), ("i18n/survey.fr.json", French)).Study!;

        Assert.Equal("Une petite étude", study.In("fr").Title);
        Assert.Equal("les gens qui l'utilisent", study.In("fr").FindFlow(null)!.Setting.Sides["downstream"]);
        Assert.Equal("people who use it", study.FindFlow(null)!.Setting.Sides["downstream"]);
    }

    [Fact]
    public void The_bundled_study_is_in_French_whole()
    {
        var study = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!.In("fr");

        Assert.All(study.Flows.Values, flow => Assert.Equal("fr", flow.Language));
        Assert.Equal("Parlez-nous de PyPI, avec vos propres mots", Prompting.Title(study.Flows["interview"], s_facts));
    }
}
