using System.Text.RegularExpressions;
using FossVoices.Flows;
using FossVoices.Host.Web;

namespace FossVoices.Tests.Web;

/// <summary>The bundled study in English and French, and the web chat's own sentences in both.</summary>
public sealed class LanguageTests
{
    private const string Survey = "/s/pypi-expectations";

    public static TheoryData<string> Languages { get; } = [.. Speech.Wording.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_of_the_web_chat_says_every_sentence_with_the_same_places(string language) => Alike(Speech.Wording, language);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_of_the_conversation_says_every_sentence_with_the_same_places(string language) => Alike(FossVoices.Fieldwork.Sentences.Wording, language);

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr-CA, en;q=0.8", "fr")]
    [InlineData("en;q=0.5, fr;q=0.9", "fr")]
    [InlineData("de, fr;q=0.4, en;q=0.2", "fr")]
    [InlineData("fr;q=0, de", "en")]
    [InlineData("de", "en")]
    [InlineData("*", "en")]
    [InlineData(";;;,q=,fr;q=x", "en")]
    [InlineData("", "en")]
    public async Task The_page_comes_in_the_language_that_the_browser_prefers_among_those_of_the_study(string preferred, string language)
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var reader = new Reader(served) { Prefers = preferred };

        Assert.All(
            [await reader.OpenAsync(Survey), await reader.OpenAsync("/"), await reader.OpenAsync("/receipt"), await reader.OpenAsync("/nowhere"), await reader.OpenAsync("/mine/pypi-expectations")],
            page => Assert.StartsWith($"<!DOCTYPE html>\n<html lang=\"{language}\">", page.Html.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_language_is_switched_at_any_question_keeps_the_place_and_is_remembered()
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var reader = new Reader(served) { Prefers = "en" };
        var english = await reader.AgreeAsync(Survey);
        Assert.Contains("Question 1 of about", english.Text, StringComparison.Ordinal);

        var french = await reader.OpenAsync(english.Path + "&lang=fr");

        Assert.Equal(english.Path, french.Path);
        Assert.Contains("Question 1 sur", french.Text, StringComparison.Ordinal);
        Assert.NotEqual(english.Heading, french.Heading);
        Assert.Contains("<span lang=\"fr\" aria-current=\"true\">Français</span>", System.Net.WebUtility.HtmlDecode(french.Html), StringComparison.Ordinal);
        Assert.Matches("<a href=\"\\?q=[a-z_-]+&amp;lang=en\" lang=\"en\" hreflang=\"en\">English</a>", french.Html);
        Assert.Contains("<html lang=\"fr\">", (await reader.OpenAsync("/receipt")).Html, StringComparison.Ordinal);
        Assert.Equal(english.Heading, (await reader.OpenAsync(french.Path + "&lang=en-GB")).Heading);
    }

    [Fact]
    public async Task An_answer_given_in_one_language_reads_back_in_the_other()
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var reader = new Reader(served);
        var asked = await reader.AgreeAsync(Survey);
        var label = FirstChoice(asked);
        await reader.SendAsync(("choice", label.Id));

        var english = await reader.OpenAsync("/mine/pypi-expectations");
        var french = await reader.OpenAsync("/mine/pypi-expectations?lang=fr");
        var again = FirstChoice(await reader.OpenAsync(asked.Path));

        Assert.Equal(label.Id, again.Id);
        Assert.NotEqual(label.Label, again.Label);
        Assert.Equal(label.Label, Said(english));
        Assert.Equal(again.Label, Said(french));
    }

    [Fact]
    public async Task A_refusal_and_a_late_answer_are_told_in_the_language_of_the_page()
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var reader = new Reader(served) { Prefers = "fr" };
        var first = await reader.AgreeAsync(Survey);
        await reader.SendAsync(("choice", FirstChoice(first).Id));

        var refused = await reader.SendAsync(("choice", "no-such-thing"));
        Assert.Equal((422, "Choisissez l’une des réponses proposées, ou passez la question."), (refused.Status, refused.Note));
        var late = await reader.SendAsync(first, ("choice", FirstChoice(first).Id), ("delivery", "another"));
        Assert.Equal(409, late.Status);
        Assert.StartsWith("Vous aviez déjà dépassé cette question", late.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//example.org/?lang=fr")]
    [InlineData("///example.org/a?lang=fr")]
    [InlineData("/%5Cexample.org?lang=fr")]
    public async Task A_switch_never_leads_to_another_site(string path)
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var response = await client.GetAsync(new Uri(served.Home.ToString().TrimEnd('/') + path), TestContext.Current.CancellationToken);

        Assert.Equal(303, (int)response.StatusCode);
        Assert.Matches(@"^/([^/\\]|$)", response.Headers.GetValues("Location").Single());
    }

    [Fact]
    public async Task A_language_that_the_page_does_not_have_changes_nothing()
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var reader = new Reader(served) { Prefers = "fr" };

        var page = await reader.OpenAsync(Survey + "?lang=tlh");

        Assert.Contains("<html lang=\"fr\">", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Speech.Cookie, page.Cookies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_French_no_page_says_a_sentence_of_ours_in_English()
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        using var reader = new Reader(served) { Prefers = "fr" };
        var pages = new List<Page> { await reader.OpenAsync("/"), await reader.OpenAsync("/no-thanks/pypi-expectations"), await reader.OpenAsync(Survey), await reader.SendAsync(("quotes", "no"), ("do", "agree")) };
        var receipt = Regex.Match(pages[^1].Html, "<strong class=\"code\">(?<it>[^<]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value;
        pages.Add(await reader.SendAsync(("choice", "no-such-thing")));
        await reader.OpenAsync(Survey);
        pages.Add(await reader.SendAsync(("do", "pause")));
        pages.Add(await reader.SendAsync(("do", "resume")));
        // Forms have an action of their own; where there is none, the survey is at its end.
        for (var i = 0; i < 60 && reader.Page.Html.Contains("id=\"ask\"", StringComparison.Ordinal); i++)
            pages.Add(await AnswerAsync(reader));
        Assert.Equal("C’est terminé", reader.Page.Heading);

        foreach (var path in new[] { "/mine/pypi-expectations", "/withdraw/pypi-expectations", "/receipt", "/nowhere", "/s/nowhere", "/resume/pypi-expectations/zzzz" })
            pages.Add(await reader.OpenAsync(path));
        await reader.OpenAsync("/receipt");
        pages.Add(await reader.SendAsync(("receipt", "zzz")));
        using var stranger = new Reader(served) { Prefers = "fr" };
        pages.Add(await stranger.OpenAsync("/mine/pypi-expectations"));
        pages.Add(await stranger.OpenAsync($"/resume/pypi-expectations/{receipt}"));
        using var nothing = new StringContent("{}");
        pages.Add(await stranger.SendAsync(Survey, nothing));
        await reader.OpenAsync("/withdraw/pypi-expectations");
        pages.Add(await reader.SendAsync());
        Assert.Equal("Vos réponses sont supprimées", pages[^1].Heading);

        var english = Speech.Wording.Sentences(Wording.Original).Keys.Where(key => Text(key, "en") != Text(key, "fr")).Select(key => (Key: key, Pattern: Whole(key))).ToArray();
        Assert.True(english.Length > 90);
        Assert.All(pages, page =>
        {
            Assert.Contains("<html lang=\"fr\">", page.Html, StringComparison.Ordinal);
            var text = System.Net.WebUtility.HtmlDecode(page.Html);
            var said = english.Where(sentence => sentence.Pattern.IsMatch(text)).Select(sentence => sentence.Key);
            Assert.True(!said.Any(), $"{page.Path} says in English: {string.Join(", ", said)}");
        });
        // The same look finds them where they are.
        using var other = new Reader(served);
        var seen = System.Net.WebUtility.HtmlDecode((await other.OpenAsync("/receipt")).Html);
        Assert.Equal(["nav", "nav_all", "nav_language", "nav_receipt", "receipt", "receipt_hint", "receipt_open"], english.Where(sentence => sentence.Pattern.IsMatch(seen)).Select(s => s.Key).Order(StringComparer.Ordinal));
    }

    private static void Alike(Wording wording, string language)
    {
        var (original, translated) = (wording.Sentences(Wording.Original), wording.Sentences(language));
        Assert.Equal(original.Keys, translated.Keys);
        Assert.All(original, sentence => Assert.Equal(sentence.Value, translated[sentence.Key]));
    }

    private static string Text(string key, string language) => Speech.Wording.Say(language, key);

    /// <summary>Finds a sentence between tags or quotes, whatever fills its places.</summary>
    private static Regex Whole(string key)
    {
        var sentence = Regex.Escape(Speech.Wording.Say("en", key, [.. Speech.Wording.Sentences("en")[key].Select(place => (place, "\u0001"))])).Replace("\u0001", "[^<>]*", StringComparison.Ordinal);
        return new Regex($"[>\"]\\s*{sentence}\\s*[<\"]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    }

    /// <summary>Takes the first choice, a few words, or the lowest number: whatever the page asks for.</summary>
    private static Task<Page> AnswerAsync(Reader reader)
    {
        var html = reader.Page.Html;
        if (html.Contains("<textarea", StringComparison.Ordinal))
            return reader.SendAsync(("text", "Voici quelques mots de plus, assez pour une vraie réponse."), ("do", "next"));
        if (html.Contains("name=\"number\"", StringComparison.Ordinal) || html.Contains("name=\"place1\"", StringComparison.Ordinal))
            return reader.SendAsync(("do", "skip"));
        return html.Contains("type=\"checkbox\"", StringComparison.Ordinal)
            ? reader.SendAsync(("choice", FirstChoice(reader.Page).Id), ("do", "next"))
            : reader.SendAsync(("choice", FirstChoice(reader.Page).Id));
    }

    private static (string Id, string Label) FirstChoice(Page page)
    {
        var found = Regex.Match(page.Html, "name=\"choice\" value=\"(?<id>[^\"]*)\"[^>]*>(?<label>[^<]*)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        return (found.Groups["id"].Value, System.Net.WebUtility.HtmlDecode(found.Groups["label"].Value));
    }

    private static string Said(Page page) => System.Net.WebUtility.HtmlDecode(Regex.Match(page.Html, "<span class=\"said\" dir=\"auto\">(?<it>[^<]*)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value);
}
