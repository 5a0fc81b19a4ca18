using System.Text;
using FossVoices.Codebooks;
using FossVoices.Definitions;

namespace FossVoices.Tests.Codebooks;

public sealed class CodebookFileTests
{
    [Fact]
    public void Every_key_of_a_code_is_read()
    {
        var codebook = Read("""
            { "$schema": "../schema/codebook.schema.json", "id": "test", "version": 3, "codes": [
              { "id": "doocracy", "label": "Do-ocracy", "brief": "b", "full": "f", "use_when": ["u"], "not_when": ["n"], "examples": ["e"], "counter_examples": ["c"],
                "aliases": ["do-ocracy"], "parent": "power", "status": "draft", "merged_into": null,
                "indicators": [
                  { "id": "d.1", "any": ["whoever does the work decides"], "near": null, "not": ["do the work of"] },
                  { "id": "d.2", "any": ["decide ... ourselves"], "near": { "any": ["work"], "within": 3 }, "confidence": 0.4 },
                  { "id": "d.3", "any": ["show|turn up"], "near": ["decide"] } ] },
              { "id": "power", "label": "Power", "category": true, "brief": "b" } ] }
            """).Codebook!;

        Assert.Equal(("test", 3), (codebook.Id, codebook.Version));
        var code = codebook.WithId("doocracy")!;
        Assert.Equal(("Do-ocracy", "b", "f", "power", CodeStatus.Draft, null), (code.Label, code.Brief, code.Full, code.Parent, code.Status, code.MergedInto));
        Assert.Equal(["u", "n", "e", "c", "do-ocracy"], [.. code.UseWhen, .. code.NotWhen, .. code.Examples, .. code.CounterExamples, .. code.Aliases]);
        Assert.Equal([(null, null), (3, 0.4), (8, null)], code.Indicators.Select(i => (i.Near?.Within, i.Confidence)));
        Assert.Equal(["do the work of"], code.Indicators[0].Not);
        Assert.True(codebook.WithId("power")!.IsCategory);
    }

    [Theory]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicaters":[]}""", "FV002: no key 'indicaters' (did you mean 'indicators'?)")]
    [InlineData("""{"id":"a","brief":"b"}""", "FV003: the key 'label' is missing")]
    [InlineData("""{"id":"Bad Id","label":"A","brief":"b"}""", "FV006: 'Bad Id' is no id")]
    [InlineData("""{"id":"a","label":"A","brief":"b","status":"gone"}""", "FV004: 'gone' is not one of 'active', 'draft', 'retired'")]
    [InlineData("""{"id":"a","label":"A","brief":"b"},{"id":"a","label":"A","brief":"b"}""", "FV040: the code 'a' stands here a second time")]
    [InlineData("""{"id":"a","label":"A","brief":"b"},{"id":"b","label":"B","brief":"b","aliases":["A"]}""", "FV041: 'A' already means the code 'a'")]
    [InlineData("""{"id":"a","label":"A","brief":"b","aliases":["-"]}""", "FV041: an empty spelling means no code")]
    [InlineData("""{"id":"apple","label":"A","brief":"b","parent":"aple"}""", "FV042: no code 'aple' (did you mean 'apple'?)")]
    [InlineData("""{"id":"a","label":"A","brief":"b","merged_into":"z"}""", "FV042: no code 'z'")]
    [InlineData("""{"id":"a","label":"A","brief":"b","merged_into":"a"}""", "FV043: following 'merged_into' from here leads back here")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":[]}]}""", "FV004: this list needs at least 1 entry")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":[" "]}]}""", "FV009: this text is empty")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":["... b"]}]}""", "FV044: the phrase '... b' can't be heard: a gap needs a word before it")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":["a ..."]}]}""", "FV044: the phrase 'a ...' can't be heard: a gap needs a word after it")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":["a|"]}]}""", "FV044: the phrase 'a|' can't be heard: every word needs a letter or a digit")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":["a"],"near":{"any":["!"]}}]}""", "FV044: the phrase '!' can't be heard")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":["a"]},{"id":"a.1","any":["b"]}]}""", "FV040: the indicator 'a.1' stands here twice")]
    [InlineData("""{"id":"a","label":"A","brief":"b","indicators":[{"id":"a.1","any":["a"],"confidence":1.5}]}""", "FV004: 1.5 is not a number from 0.01 to 1")]
    public void A_slip_is_one_error_with_its_place(string codes, string problem)
    {
        var (codebook, problems) = Read($$"""{"id":"test","version":1,"codes":[{{codes}}]}""");

        Assert.Null(codebook);
        Assert.StartsWith(problem, Assert.Single(problems)["codebook.json:1:".Length..].Split(" error ", 2)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_phrase_with_too_many_ways_to_be_said_is_refused()
    {
        var (phrase, wrong) = Phrase.Read("a|b|c|d|e|f|g a|b|c|d|e|f|g a|b|c|d|e|f|g a|b|c|d|e|f|g");

        Assert.Null(phrase);
        Assert.Equal("this can be said in more than 2000 ways", wrong);
    }

    private static (Codebook? Codebook, string[] Problems) Read(string json)
    {
        var problems = new Problems("codebook.json");
        var root = JsonFile.Read(Encoding.UTF8.GetBytes(json), problems);
        var codebook = root is null ? null : CodebookFile.Compile(root, problems);
        return (codebook, [.. problems.InOrder().Select(problem => problem.ToString())]);
    }
}
