using System.Text.Json;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Commands;

public sealed class VerbsTests : IDisposable
{
    private const string Talk = """
        ANA: How is it kept going?
        BEA: By two people, and I am burnt out, honestly. #busfactor
        ANA: And who pays?
        BEA: Nobody.
        """;

    private readonly Fossvoices _fossvoices = new();

    public void Dispose() => _fossvoices.Dispose();

    [Fact]
    public async Task A_transcript_is_imported_once_however_often_it_is_given()
    {
        var talk = _fossvoices.File("talk.md", Talk);

        var first = await Import(talk);
        var second = await Import(talk);

        Assert.Equal(ExitCode.Fine, first.ExitCode);
        Assert.Contains("talk.md: BEA: 2 answers added", first.Out, StringComparison.Ordinal);
        Assert.Contains("talk.md: BEA: nothing new (2 answers known already)", second.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await Status()).GetProperty("answers").GetInt32());
    }

    [Fact]
    public async Task One_narrator_of_two_files_is_one_person()
    {
        await Import(_fossvoices.File("one.md", Talk), _fossvoices.File("two.md", Talk.Replace("Nobody", "A foundation", StringComparison.Ordinal)));

        var status = await Status();

        Assert.Equal(1, status.GetProperty("persons").GetProperty("upstream").GetInt32());
        Assert.Equal(1, status.GetProperty("finished").GetInt32());
        Assert.Equal(2, status.GetProperty("sessions").GetInt32());
    }

    [Fact]
    public async Task Coding_reads_each_answer_once()
    {
        await Import(_fossvoices.File("talk.md", Talk));

        var first = await Json("code", "pypi-expectations");
        var second = await Json("code", "pypi-expectations");

        Assert.Equal(2, first.GetProperty("answers").GetInt32());
        Assert.True(first.GetProperty("assignments").GetInt32() >= 2);
        Assert.Equal(0, second.GetProperty("answers").GetInt32());
    }

    [Fact]
    public async Task An_empty_transcript_leaves_nothing_of_the_others_behind()
    {
        var said = await Import(_fossvoices.File("good.md", Talk), _fossvoices.File("empty.md", ""));

        Assert.Equal(ExitCode.ErrorsFound, said.ExitCode);
        Assert.StartsWith("empty.md has no line that begins with a speaker", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_fossvoices.Data));
    }

    [Theory]
    [InlineData(ExitCode.WrongUsage, "There is no study 'pypi' in", "import", "pypi", "x.md", "--side", "upstream")]
    [InlineData(ExitCode.WrongUsage, "'--side' is required", "import", "pypi-expectations", "x.md")]
    [InlineData(ExitCode.CouldNotRun, "can't be read", "import", "pypi-expectations", "nowhere.md", "--side", "upstream")]
    [InlineData(ExitCode.WrongUsage, "That is no receipt", "withdraw", "pypi-expectations", "--receipt", "12")]
    [InlineData(ExitCode.ErrorsFound, "Nothing is kept", "withdraw", "pypi-expectations", "--receipt", "0000-0000-0000-0000")]
    [InlineData(ExitCode.CouldNotRun, "There is no folder 'nowhere'", "check", "--studies", "nowhere")]
    [InlineData(ExitCode.WrongUsage, "It has no waves", "wave", "pypi-expectations", "open", "w1")]
    [InlineData(ExitCode.CouldNotRun, "can't be read", "evaluate", "pypi-expectations", "--gold", "nowhere.jsonl")]
    [InlineData(ExitCode.WrongUsage, "fossvoices --help", "fly")]
    public async Task What_goes_wrong_is_said_in_one_sentence(int exitCode, string sentence, params string[] words)
    {
        var said = await _fossvoices.SayAsync(words);

        Assert.Equal(exitCode, said.ExitCode);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_can_not_be_made_is_named()
    {
        _fossvoices.File("data", "a file stands where the folder should be");

        var said = await _fossvoices.SayAsync("status");

        Assert.Equal(ExitCode.CouldNotRun, said.ExitCode);
        Assert.Contains(_fossvoices.Data, said.Error, StringComparison.Ordinal);
        Assert.Single(said.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_closed_study_is_closed_until_it_is_opened()
    {
        Assert.Equal("pypi-expectations is closed.", (await _fossvoices.SayAsync("wave", "pypi-expectations", "close")).Out.Trim());
        Assert.Equal("pypi-expectations is open.", (await _fossvoices.SayAsync("wave", "pypi-expectations", "open")).Out.Trim());
    }

    [Fact]
    public async Task Trying_a_flow_walks_it_to_the_end_and_stores_nothing()
    {
        var typed = string.Join('\n', ["yes", "1", "2", .. Enumerable.Repeat("4", 8), "2"]) + "\n";

        var said = await _fossvoices.SayAsync(typed, ["try", "pypi-expectations"]);

        Assert.Equal(ExitCode.Fine, said.ExitCode);
        Assert.Contains("Your answers:", said.Out, StringComparison.Ordinal);
        Assert.EndsWith("Nothing of this was stored.", said.Out.Trim(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_fossvoices.Data));
    }

    [Fact]
    public async Task Gold_answers_with_an_error_are_pointed_at_by_line()
    {
        var gold = _fossvoices.File("gold.jsonl", """
            {"id":"1","text":"It just works.","codes":["magic"]}
            {"id":"2","text":"It just works.","codes":["magick"]}
            """);

        var said = await _fossvoices.SayAsync("evaluate", "pypi-expectations", "--gold", gold);

        Assert.Equal(ExitCode.ErrorsFound, said.ExitCode);
        Assert.Contains("gold.jsonl:2:", said.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'magic'?", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coders_learn_from_the_answers_given_first_and_the_pipeline_comes_last()
    {
        var line = """{"id":"ID","text":"TEXT","codes":[CODES],"speaker":"WHO"}""";
        var examples = Enumerable.Range(0, 32).Select(i => line
            .Replace("ID", $"{i}", StringComparison.Ordinal).Replace("WHO", $"{i / 2 % 4}", StringComparison.Ordinal)
            .Replace("TEXT", i % 2 == 0 ? "We bake bread at dawn." : "The oven is cold.", StringComparison.Ordinal)
            .Replace("CODES", i % 2 == 0 ? "\"magic\"" : "", StringComparison.Ordinal));
        var train = _fossvoices.File("train.jsonl", string.Join('\n', examples));
        var gold = _fossvoices.File("gold.jsonl", """{"id":"1","text":"They bake bread.","codes":["magic"]}""");

        var without = await Json("evaluate", "pypi-expectations", "--gold", gold);
        var with = await Json("evaluate", "pypi-expectations", "--gold", gold, "--train", train);

        Assert.Equal(["author", "lexicon", "linear", "combined"], with.GetProperty("coders").EnumerateArray().Select(coder => coder.GetProperty("coder").GetString()));
        Assert.Equal(0, without.GetProperty("coders")[3].GetProperty("recall").GetDouble());
        Assert.Equal(1, with.GetProperty("coders")[3].GetProperty("recall").GetDouble());
        Assert.Equal(JsonValueKind.Null, without.GetProperty("crossValidated").ValueKind);
        Assert.Equal(1, with.GetProperty("crossValidated")[3].GetProperty("microF1").GetDouble());
    }

    [Fact]
    public async Task Agreement_says_what_it_lacks_while_one_coder_has_read_the_answers()
    {
        var before = await _fossvoices.SayAsync("agreement", "pypi-expectations");
        await Import(_fossvoices.File("talk.md", Talk));
        await Json("code", "pypi-expectations");

        Assert.Contains("Nobody has coded an answer yet", before.Out, StringComparison.Ordinal);
        Assert.Contains("Only 'combined' has coded answers so far", (await _fossvoices.SayAsync("agreement", "pypi-expectations")).Out, StringComparison.Ordinal);
        var json = await Json("agreement", "pypi-expectations");
        Assert.Equal(2, json.GetProperty("coders")[0].GetProperty("answers").GetInt32());
        Assert.Equal(0, json.GetProperty("pairs").GetArrayLength());
    }

    private Task<Said> Import(params string[] files) =>
        _fossvoices.SayAsync(["import", "pypi-expectations", .. files, "--side", "upstream", "--interviewer", "ANA"]);

    private Task<JsonElement> Status() => Json("status", "pypi-expectations");

    private async Task<JsonElement> Json(params string[] words)
    {
        var said = await _fossvoices.SayAsync([.. words, "--json"]);
        Assert.Equal("", said.Error);
        return JsonDocument.Parse(said.Out).RootElement;
    }
}
