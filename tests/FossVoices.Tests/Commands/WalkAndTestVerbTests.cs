using System.Text.Json;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Commands;

public sealed class WalkAndTestVerbTests : IDisposable
{
    private readonly Fossvoices _fossvoices = new();

    public void Dispose() => _fossvoices.Dispose();

    [Fact]
    public async Task A_walk_says_what_a_flow_costs_and_that_everything_is_come_to()
    {
        var said = await _fossvoices.SayAsync("walk", "pypi-expectations", "survey", "--random", "150", "--seed", "3");

        Assert.Equal(ExitCode.Fine, said.ExitCode);
        Assert.Contains("survey: 150 people who answer at random (seed 3)", said.Out, StringComparison.Ordinal);
        Assert.Contains("Everything is asked of somebody.", said.Out, StringComparison.Ordinal);
        Assert.Contains("There is no dead end.", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_walk_prints_one_JSON_document_and_the_same_for_the_same_seed()
    {
        var (one, two) = (await _fossvoices.SayAsync("walk", "pypi-expectations", "--random", "20", "--json"), await _fossvoices.SayAsync("walk", "pypi-expectations", "--random", "20", "--json"));

        using var document = JsonDocument.Parse(one.Out);
        Assert.Equal(["interview", "survey"], document.RootElement.GetProperty("walks").EnumerateArray().Select(w => w.GetProperty("flow").GetString()));
        Assert.InRange(document.RootElement.GetProperty("walks")[1].GetProperty("coreTaps").GetProperty("most").GetDouble(), 8, 12);
        Assert.Equal(one.Out, two.Out);
    }

    [Theory]
    [InlineData("walk", "pypi-expectations", "survy")]
    [InlineData("walk", "pypi-expectations", "--random", "0")]
    public async Task A_walk_of_what_is_not_there_is_wrong_usage(params string[] words) =>
        Assert.Equal(ExitCode.WrongUsage, (await _fossvoices.SayAsync(words)).ExitCode);

    [Fact]
    public async Task The_bundled_cases_hold()
    {
        var said = await _fossvoices.SayAsync("test", "pypi-expectations");

        Assert.Equal(ExitCode.Fine, said.ExitCode);
        Assert.EndsWith("all hold.", said.Out.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_does_not_hold_is_shown_with_its_place_and_what_was_asked()
    {
        var studies = Path.Combine(Path.GetDirectoryName(_fossvoices.Data)!, "studies");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Surveys, "pypi-expectations"), "*.json", SearchOption.AllDirectories))
            _fossvoices.File(Path.Combine("studies", Path.GetRelativePath(Repository.Surveys, file)), File.ReadAllText(file));
        _fossvoices.File(Path.Combine("studies", "pypi-expectations", "tests", "survey.json"), """
            { "flow": "survey@1", "tests": [
              { "name": "nobody is asked about weekends", "answers": { "more": "no" }, "expect": { "not_asked": ["weekend"] } } ] }
            """);

        var said = await _fossvoices.SayAsync("test", "pypi-expectations", "--studies", studies);

        Assert.Equal(ExitCode.ErrorsFound, said.ExitCode);
        Assert.Contains("tests/survey.json:2: nobody is asked about weekends\n  'weekend' was asked\n  asked were: role, follow,", said.Out.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("1 case, each with 20 draws: 1 does not hold.", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_can_be_tried_in_another_language()
    {
        var said = await _fossvoices.SayAsync("yes\nneuf\nstop\n", ["try", "pypi-expectations", "--language", "fr-CA"]);

        Assert.Contains("Qu’attendons-nous de PyPI", said.Out, StringComparison.Ordinal);
        Assert.Contains("Choisissez l’une des réponses proposées", said.Out, StringComparison.Ordinal);
        Assert.Contains("retour, passer, pause et arrêter fonctionnent à tout moment.", said.Out, StringComparison.Ordinal);
        Assert.Contains("[1 sur environ 11]", said.Out, StringComparison.Ordinal);
        Assert.EndsWith("Vous vous êtes arrêté·e ici.\n", said.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_switched_at_any_question_and_what_was_answered_stays()
    {
        var said = await _fossvoices.SayAsync("yes\n2\nlanguage fr\nlangue tlh\nretour\narrêter\n", ["try", "pypi-expectations"]);

        Assert.Contains("[2 of about 11]", said.Out, StringComparison.Ordinal);
        Assert.Contains("[2 sur environ 11]", said.Out, StringComparison.Ordinal);
        Assert.Contains("Il n’y a pas de traduction en « tlh ». Il y a en, fr.", said.Out, StringComparison.Ordinal);
        Assert.Contains("[1 sur environ 11]", said.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void The_terminal_says_every_sentence_in_every_language_with_the_same_places(string language)
    {
        var (original, translated) = (TerminalWalk.Wording.Sentences("en"), TerminalWalk.Wording.Sentences(language));

        Assert.Equal(original.Keys, translated.Keys);
        Assert.All(original, sentence => Assert.Equal(sentence.Value, translated[sentence.Key]));
    }
}
