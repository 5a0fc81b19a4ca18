using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;

namespace FossVoices.Tests.Coding;

public sealed class EvaluationTests
{
    private static readonly Codebook Codebook = new("c", 1,
    [
        Hearing.Code("a") with { Aliases = ["alpha"] },
        Hearing.Code("b"),
        Hearing.Code("never"),
        Hearing.Code("old") with { MergedInto = "b" },
    ]);

    [Fact]
    public void Figures_are_counted_over_all_undisputed_cells()
    {
        // a: right, missed, disputed. b: right, wrong. never: nothing.
        var gold = Read("""
            {"id":"1","text":"x","codes":["a","b"]}
            {"id":"2","text":"y","codes":["#Alpha"]}
            {"id":"3","text":"z","codes":[],"disputed":["a"]}
            """);
        var given = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["1"] = ["a", "b"], ["2"] = ["b"], ["3"] = ["a"] };

        var score = CoderScore.Of("test", Codebook, gold, answer => given[answer.Id]);

        Assert.Equal(2.0 / 3, score.Precision!.Value, 1e-12);
        Assert.Equal(2.0 / 3, score.Recall!.Value, 1e-12);
        Assert.Equal(2.0 / 3, score.MicroF1!.Value, 1e-12);
        Assert.Equal(2.0 / 3, score.MacroF1!.Value, 1e-12); // (2/3 + 2/3) / 2: "never" has no support.
        Assert.Equal(["a", "b", "never"], score.PerCode.Select(code => code.Code));
        Assert.Equal([2, 1, 0], score.PerCode.Select(code => code.Support));
        Assert.Equal(1.0, score.PerCode[0].Precision);
        Assert.Equal(0.5, score.PerCode[0].Recall);
        Assert.Null(score.PerCode[2].F1);
        Assert.Null(score.PerCode[2].Alpha);

        // 8 cells: 2 both, 1 coder alone, 1 gold alone, 4 neither; alpha = 1 − 15·4 / (2·6·10).
        Assert.Equal(0.5, score.Alpha!.Value, 1e-12);
    }

    [Fact]
    public void Without_answers_every_figure_is_undefined()
    {
        var score = CoderScore.Of("test", Codebook, [], _ => []);

        Assert.Equal(new double?[5], [score.MicroF1, score.MacroF1, score.Precision, score.Recall, score.Alpha]);
    }

    [Fact]
    public void A_code_that_was_merged_is_scored_as_the_other() => Assert.Equal(["b"], Assert.Single(Read("""{"id":"1","text":"x","codes":["old"]}""")).Codes);

    [Theory]
    [InlineData("""{"id":"1","text":"x","codes":["a"]""", "gold.jsonl:3:35: error FV001: the file ends")]
    [InlineData("""[1]""", "gold.jsonl:3:1: error FV050: a list stands where an answer is wanted")]
    [InlineData("""{"text":"x","codes":[]}""", "gold.jsonl:3:1: error FV050: the key 'id' is missing or no text")]
    [InlineData("""{"id":"1","text":7,"codes":[]}""", "gold.jsonl:3:18: error FV050: the key 'text' is missing or no text")]
    [InlineData("""{"id":"1","text":"x"}""", "gold.jsonl:3:1: error FV050: the key 'codes' is missing or no list")]
    [InlineData("""{"id":"1","text":"x","codes":["nevr"]}""", "gold.jsonl:3:31: error FV042: no code 'nevr' (did you mean 'never'?)")]
    [InlineData("""{"id":"1","text":"x","codes":[3]}""", "gold.jsonl:3:31: error FV050: a number stands where the id of a code is wanted")]
    public void A_malformed_line_is_reported_with_its_place_and_the_others_are_read(string line, string problem)
    {
        var problems = new Problems("gold.jsonl");
        using var reader = new StringReader("""{"id":"0","text":"x","codes":["a"]}""" + "\n\n" + line);

        Assert.Single(GoldFile.Read(reader, Codebook, problems));
        Assert.StartsWith(problem, Assert.Single(problems.InOrder()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_an_error()
    {
        var problems = new Problems("gold.jsonl");
        using var reader = new StringReader("\n");

        Assert.Empty(GoldFile.Read(reader, Codebook, problems));
        Assert.Contains("the file holds no answers", Assert.Single(problems.InOrder()).ToString(), StringComparison.Ordinal);
    }

    private static ImmutableArray<GoldAnswer> Read(string lines)
    {
        var problems = new Problems("gold.jsonl");
        using var reader = new StringReader(lines);
        var gold = GoldFile.Read(reader, Codebook, problems);
        Assert.Empty(problems.InOrder());
        return gold;
    }
}
