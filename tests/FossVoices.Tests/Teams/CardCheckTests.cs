using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>The judge of cards finds what it is there to find.</summary>
public sealed class CardCheckTests
{
    private const string Good = """
        { "type": "AdaptiveCard", "version": "1.5", "lang": "en",
          "body": [
            { "type": "TextBlock", "text": "How far?", "wrap": true, "style": "heading" },
            { "type": "Chart.HorizontalBar", "data": [], "fallback": { "type": "TextBlock", "text": "4 of 5", "wrap": true } },
            { "type": "Input.ChoiceSet", "id": "answer", "label": "Answer", "style": "expanded", "wrap": true, "isRequired": true, "errorMessage": "Choose one", "choices": [{ "title": "A", "value": "0" }] } ],
          "actions": [{ "type": "Action.Execute", "title": "Next", "verb": "answer", "data": { "a": "x" } }] }
        """;

    [Fact]
    public void A_good_card_is_good() => Assert.Empty(CardCheck.Create().Faults(JsonNode.Parse(Good)!.AsObject()));

    [Theory]
    [InlineData("\"version\": \"1.5\"", "\"version\": \"1.6\"", "version")]
    [InlineData("\"lang\": \"en\",", "", "lang")]
    [InlineData("\"label\": \"Answer\",", "", "no label")]
    [InlineData(", \"errorMessage\": \"Choose one\"", "", "no errorMessage")]
    [InlineData("[{ \"title\": \"A\", \"value\": \"0\" }]", "[]", "no choices")]
    [InlineData("[{ \"title\": \"A\", \"value\": \"0\" }]", "[{ \"title\": \"A\", \"value\": \"0\" }, { \"title\": \"B\", \"value\": \"0\" }]", "twice")]
    [InlineData("\"title\": \"Next\",", "", "without a title")]
    [InlineData("\"text\": \"How far?\", \"wrap\": true,", "\"text\": \"How far?\",", "does not wrap")]
    [InlineData("\"data\": [], \"fallback\": {", "\"data\": [], \"other\": {", "without a fallback")]
    [InlineData("\"id\": \"answer\", \"label\"", "\"id\": \"answer\", \"isMultiSelect\": true, \"label\"", null)]
    public void A_fault_that_the_schema_forgets_is_told(string part, string instead, string? fault)
    {
        var card = Good.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, card);

        var faults = new CardCheck(schema: null).Faults(JsonNode.Parse(card)!.AsObject());

        if (fault is null)
            Assert.Empty(faults);
        else
            Assert.Contains(faults, found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"type\": \"TextBlock\", \"text\": \"How far?\"", "\"type\": \"TextBlok\", \"text\": \"How far?\"", "TextBlok")]
    [InlineData("\"text\": \"How far?\",", "", "lacks 'text'")]
    [InlineData("\"id\": \"answer\",", "", "lacks 'id'")]
    [InlineData("\"verb\": \"answer\"", "\"vreb\": \"answer\"", "vreb")]
    [InlineData("\"style\": \"heading\"", "\"style\": \"headline\"", "headline")]
    [InlineData("\"type\": \"Action.Execute\"", "\"type\": \"Action.OpenUrl\"", "lacks 'url'")]
    public void A_fault_that_the_schema_knows_is_told_where_it_is(string part, string instead, string fault)
    {
        Repository.Shared("reference", "adaptive-card-1.5.schema.json");
        var card = Good.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, card);

        Assert.Contains(CardCheck.Create().Faults(JsonNode.Parse(card)!.AsObject()), found => found.Contains(fault, StringComparison.Ordinal) || found.Contains("/style", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_many_actions_users_and_letters_are_told()
    {
        var card = JsonNode.Parse(Good)!.AsObject();
        card["actions"] = new JsonArray([.. Enumerable.Range(0, 7).Select(i => JsonNode.Parse($$"""{ "type": "Action.Submit", "title": "{{i}}" }"""))]);
        card["refresh"] = new JsonObject { ["userIds"] = new JsonArray([.. Enumerable.Range(0, 61).Select(i => (JsonNode)$"29:{i}")]) };
        card["fallbackText"] = new string('x', 30_000);

        var faults = new CardCheck(schema: null).Faults(card);

        Assert.Equal(3, faults.Length);
    }
}
