using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

public sealed class FlowChangeTests
{
    private const string Choice = """{ "id": "use", "type": "choice", "ask": "For what?", "options": { "work": "Work", "fun": "Fun" } }""";
    private const string Rating = """{ "id": "works", "type": "scale", "scale": "five", "reading": "owed", "ask": "How far?" }""";
    private const string Story = """{ "id": "story", "type": "text", "if": { "use": "work" }, "ask": "What?", "probes": [ { "id": "short", "if": { "words": { "lt": 5 } }, "ask": "More?" } ] }""";
    private const string Group = $$"""{ "id": "g", "type": "group", "order": "random", "items": [ {{Rating}} ] }""";

    [Fact]
    public void A_flow_compiled_twice_has_not_changed() => Assert.Empty(FlowChange.Between(Flow(Choice, Group, Story), Flow(Choice, Group, Story)));

    [Theory]
    [InlineData("How far?", "How far, then?", "works: the wording of 'works' differs; if it asks for something else now, give it a new id")]
    [InlineData("\"Work\"", "\"Paid work\"", "use: the wording of 'use' differs; if it asks for something else now, give it a new id")]
    [InlineData("More?", "Go on?", "story#short: the probe 'short' of 'story' is worded otherwise")]
    public void Other_words_are_a_change_of_text(string old, string now, string change) => Is(ChangeKind.Text, change, old, now);

    [Theory]
    [InlineData("\"fun\": \"Fun\"", "\"fun\": \"Fun\", \"other\": \"Other\"", "use.options.other: 'use' offers 'other' as well; whoever answered before had no such choice")]
    [InlineData("] }|", "] }, { \"id\": \"new\", \"type\": \"text\", \"ask\": \"And?\" }|", "new: 'new' is new")]
    public void Something_more_is_an_addition(string old, string now, string change) => Is(ChangeKind.Additive, change, old, now);

    [Theory]
    [InlineData("\"work\": \"Work\", \"fun\": \"Fun\"", "\"work\": \"Work\", \"hobby\": \"Fun\"", "use.options.fun: 'use' no longer offers 'fun'")]
    [InlineData("\"work\": \"Work\", \"fun\": \"Fun\"", "\"fun\": \"Fun\", \"work\": \"Work\"", "use.options: the options of 'use' stand in another order")]
    [InlineData("\"reading\": \"owed\"", "\"reading\": \"kept\"", "works.reading: 'works' asks for another meaning of 'expect'")]
    [InlineData("\"order\": \"random\"", "\"order\": \"fixed\"", "g: the group 'g' is shown in another way")]
    [InlineData("{ \"use\": \"work\" }", "{ \"use\": \"fun\" }", "story.if: 'story' is asked of other people")]
    [InlineData("\"lt\": 5", "\"lt\": 9", "story#short: the probe 'short' of 'story' fires at other times")]
    [InlineData("\"id\": \"works\"", "\"id\": \"working\"", "works: 'works' is gone, and its answers with it")]
    public void What_keeps_answers_from_being_compared_is_breaking(string old, string now, string change) => Is(ChangeKind.Breaking, change, old, now);

    [Fact]
    public void Another_order_is_breaking() =>
        Assert.Contains(FlowChange.Between(Flow(Choice, Rating), Flow(Rating, Choice)), c => c is { Kind: ChangeKind.Breaking, Address: "items" });

    private static void Is(ChangeKind kind, string change, string old, string now)
    {
        var written = string.Join(", ", Choice, Group, Story) + "|";
        var changes = FlowChange.Between(Written.Flow(written.TrimEnd('|')), Written.Flow(written.Replace(old, now, StringComparison.Ordinal).TrimEnd('|')));

        Assert.Contains((kind, change), changes.Select(c => (c.Kind, $"{c.Address}: {c.Says}")));
        Assert.Equal(kind, changes.Max(c => c.Kind));
    }

    private static Flow Flow(params string[] items) => Written.Flow(string.Join(", ", items));
}
