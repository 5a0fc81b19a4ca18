using System.Collections.Immutable;
using System.Text;
using FossVoices.Definitions;

namespace FossVoices.Tests.Definitions;

public sealed class ShapeCheckTests
{
    private static readonly Shape s_thing = new Shape.Object("A thing.",
    [
        new("id", new Shape.Text("Its id.", Id: true), Required: true),
        new("note", new Shape.Text("A note.", 10)),
        new("size", new Shape.Whole("Its size.", 1, 9)),
        new("share", new Shape.Number("A share.", 0, 1)),
        new("kind", new Shape.Word("Its kind.", ["small", "large"])),
        new("tags", new Shape.List("Tags.", new Shape.Text("A tag."), Least: 1, Most: 3)),
        new("labels", new Shape.Map("Labels.", new Shape.Text("A label."), Least: 2, Most: 3)),
        new("maybe", new Shape.Either("A number, or null.", [new Shape.Whole("A number.", 1, 9), new Shape.Null()])),
        new("part", new Shape.Variants("A part.", "type", new Dictionary<string, Shape.Object>(StringComparer.Ordinal)
        {
            ["wheel"] = new("A wheel.", [new("type", new Shape.Text("What it is."), Required: true), new("spokes", new Shape.Whole("How many.", 1, 99), Required: true)]),
        }.ToImmutableDictionary(StringComparer.Ordinal))),
    ]);

    [Theory]
    [InlineData("""{ "id": "a", "nota": "x" }""", "f:1:14: error FV002: no key 'nota' (did you mean 'note'?)")]
    [InlineData("""{ "note": "x" }""", "f:1:1: error FV003: the key 'id' is missing (Its id.)")]
    [InlineData("""{ "id": 5 }""", "f:1:9: error FV004: a number stands where an id is wanted (Its id.)")]
    [InlineData("""{ "id": "Näh" }""", "f:1:9: error FV006: 'Näh' is no id (use small letters, digits and _, beginning with a letter)")]
    [InlineData("""{ "id": "a", "note": "12345678901" }""", "f:1:22: error FV008: this text has 11 characters; 10 is the most (shorten it)")]
    [InlineData("""{ "id": "a", "note": " " }""", "f:1:22: error FV009: this text is empty (A note.)")]
    [InlineData("""{ "id": "a", "size": 10 }""", "f:1:22: error FV004: 10 is not a whole number from 1 to 9 (Its size.)")]
    [InlineData("""{ "id": "a", "size": 1.5 }""", "f:1:22: error FV004: 1.5 is not a whole number from 1 to 9 (Its size.)")]
    [InlineData("""{ "id": "a", "size": "1" }""", "f:1:22: error FV004: a text stands where a whole number is wanted (Its size.)")]
    [InlineData("""{ "id": "a", "share": 1e999 }""", "f:1:23: error FV004: 1e999 is not a number from 0 to 1 (A share.)")]
    [InlineData("""{ "id": "a", "kind": "smal" }""", "f:1:22: error FV004: 'smal' is not one of 'small', 'large' (did you mean 'small'?)")]
    [InlineData("""{ "id": "a", "tags": [] }""", "f:1:22: error FV004: this list needs at least 1 entry (Tags.)")]
    [InlineData("""{ "id": "a", "tags": ["a","b","c","d"] }""", "f:1:22: error FV008: this list has 4 entries; 3 is the most (shorten it)")]
    [InlineData("""{ "id": "a", "labels": { "x": "X" } }""", "f:1:24: error FV004: this needs at least 2 entries (Labels.)")]
    [InlineData("""{ "id": "a", "labels": { "X": "X", "y": "Y" } }""", "f:1:26: error FV006: 'X' is no id (use small letters, digits and _, beginning with a letter)")]
    [InlineData("""{ "id": "a", "maybe": "x" }""", "f:1:23: error FV004: a text can't stand here (A number, or null.)")]
    [InlineData("""{ "id": "a", "maybe": 12 }""", "f:1:23: error FV004: 12 is not a whole number from 1 to 9 (A number.)")]
    [InlineData("""{ "id": "a", "part": { } }""", "f:1:22: error FV003: the key 'type' is missing (one of 'wheel')")]
    [InlineData("""{ "id": "a", "part": { "type": 1 } }""", "f:1:32: error FV004: a number stands where a text is wanted (one of 'wheel')")]
    [InlineData("""{ "id": "a", "part": { "type": "whel" } }""", "f:1:32: error FV011: no type 'whel' (did you mean 'wheel'?)")]
    [InlineData("[]", "f:1:1: error FV004: a list stands where an object { } is wanted (A thing.)")]
    public void A_slip_is_pointed_at_with_what_was_probably_meant(string json, string problem) => Assert.Equal([problem], Check(json));

    [Fact]
    public void Everything_wrong_is_said_at_once() => Assert.Equal(3, Check("""{ "nota": "x", "size": 0 }""").Length);

    [Fact]
    public void A_faultless_file_has_no_problem() =>
        Assert.Empty(Check("""{ "id": "a", "note": "x", "size": 1, "share": 0.5, "kind": "large", "tags": ["t"], "labels": { "x": "X", "y": "Y" }, "maybe": null, "part": { "type": "wheel", "spokes": 3 } }"""));

    [Fact]
    public void A_hundred_thousand_slips_are_answered_with_the_first_two_hundred()
    {
        var file = $"{{ \"id\": \"a\"{string.Concat(Enumerable.Range(0, 100_000).Select(i => $", \"k{i}\": 0"))} }}";

        Assert.Equal(200, Check(file).Length);
    }

    [Fact]
    public void An_error_is_never_lost_behind_many_warnings()
    {
        var problems = new Problems("f");
        for (var i = 0; i < 1000; i++)
            problems.Warning("FV019", Position.Start, "a warning");
        problems.Error("FV002", Position.Start, "an error");

        Assert.True(problems.AnyError);
        Assert.Equal(201, problems.InOrder().Length);
        Assert.False(problems.Hopeless);
    }

    [Theory]
    [InlineData("hlep", "help")]
    [InlineData("hel", "help")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_one_that_a_slip_of_the_finger_makes(string name, string? nearest) =>
        Assert.Equal(nearest, Nearest.To(name, ["help", "story"]));

    private static string[] Check(string json)
    {
        var problems = new Problems("f");
        ShapeCheck.Check(s_thing, JsonFile.Read(Encoding.UTF8.GetBytes(json), problems)!, problems);
        return [.. problems.InOrder().Select(p => p.ToString())];
    }
}
