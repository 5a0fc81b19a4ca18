using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Teams.Cards;

namespace FossVoices.Tests.Teams;

public sealed class QuestionCardTests
{
    private static readonly Desk s_desk = new("pypi", "survey", "en");
    private static readonly Asked s_asked = new("5e55", "works.own", 3);
    private static readonly ImmutableArray<Option> s_points = [new("1", "not at all"), new("2", "a little"), new("3", "half"), new("4", "mostly"), new("5", "wholly")];
    private static readonly CardCheck s_check = CardCheck.Create();

    private static readonly string[] s_kinds = ["one", "some", "order", "long_order", "count", "write"];

    public static TheoryData<string> Kinds { get; } = [.. s_kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_question_makes_a_card_that_Teams_and_a_screen_reader_take(string kind) =>
        Assert.Empty(s_check.Faults(Json(QuestionCard.Of(s_desk, Question(ControlOf(kind), "How far should PyPI just work?")))));

    [Fact]
    public void A_question_reads_like_this()
    {
        var read = new StringBuilder();
        foreach (var kind in s_kinds)
        {
            var view = new CardView(Json(QuestionCard.Of(s_desk, Question(ControlOf(kind), "How far should PyPI just work?"))));
            read.Append(System.Globalization.CultureInfo.InvariantCulture, $"──── {kind}\n{view.Text}\n[{string.Join("] [", view.Buttons)}]\n");
        }

        Golden.Match(read.ToString());
    }

    [Fact]
    public void Texts_without_end_still_make_a_card_within_the_limit()
    {
        var options = Enumerable.Range(0, 100).Select(i => new Option($"o{i}", new string('é', 3000))).ToImmutableArray();
        var card = Json(QuestionCard.Of(s_desk, Question(new Control.SomeOf(options, 1, 100), new string('漢', 10_000))));

        Assert.Empty(s_check.Faults(card));
    }

    [Fact]
    public void What_people_wrote_is_read_and_never_acts()
    {
        const string Hostile = "<at>everyone</at> [click](https://evil.example) **loud** {{DATE(2026-01-01T00:00:00Z)}} \u202eback";
        var taken = new Taken("story", 3, 8, Hostile, Hostile);
        var card = Json(ReadBackCard.Of(s_desk, taken));

        Assert.Empty(s_check.Faults(card));
        var texts = Blocks(card).ToArray();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, block => (string?)block["type"] == "TextBlock");
        Assert.DoesNotContain('\u202e', JsonSerializer.Serialize(card));
    }

    [Fact]
    public void An_older_host_sends_the_same_as_a_newer_one()
    {
        var button = Json(QuestionCard.Of(s_desk, Question(ControlOf("one"), "How far?")))["actions"]![0]!.AsObject();

        Assert.Equal(("Action.Execute", "answer"), ((string?)button["type"], (string?)button["verb"]));
        Assert.Equal("Action.Submit", (string?)button["fallback"]!["type"]);
        Assert.True(JsonNode.DeepEquals(button["data"], button["fallback"]!["data"]));
        var given = FossVoices.Teams.Given.TryRead("", JsonSerializer.SerializeToElement(button["data"]));
        Assert.Equal((FossVoices.Teams.Act.Answer, "pypi", "survey", s_asked), (given!.Act, given.Study, given.Flow, given.Asked));
    }

    [Theory]
    [InlineData("""{"act":"fly","study":"x"}""")]
    [InlineData("""{"act":"7","study":"x"}""")]
    [InlineData("""["answer"]""")]
    [InlineData("\"answer\"")]
    [InlineData("{}")]
    public void What_no_card_of_ours_carries_is_none(string data) => Assert.Null(FossVoices.Teams.Given.TryRead("", JsonDocument.Parse(data).RootElement));

    [Fact]
    public void The_button_of_a_report_leads_to_the_private_chat()
    {
        var given = FossVoices.Teams.Given.TryRead("voices.start", JsonDocument.Parse("""{"study":"pypi","wave":"2026"}""").RootElement);

        Assert.Equal((FossVoices.Teams.Act.Join, "pypi"), (given!.Act, given.Study));
    }

    private static Outcome.Question Question(Control control, string ask) => new(
        "What do we expect?", s_asked, new Prompt("works.own", ["A line to read first."], ask, control, 3, 8, Earlier: null, CanGoBack: true), Note: null, Receipt: null);

    private static Control ControlOf(string kind) => kind switch
    {
        "one" => new Control.OneOf(s_points, new Option(Reply.DontKnow, "I don't know"), IsScale: true),
        "some" => new Control.SomeOf(s_points, 1, 3),
        "order" => new Control.Order(s_points, 3),
        "long_order" => new Control.Order([.. Enumerable.Range(1, 12).Select(i => new Option($"o{i}", $"Thing {i}"))], 8),
        "count" => new Control.Count(0, 168, "hours"),
        _ => new Control.Write("For example last week"),
    };

    private static IEnumerable<JsonObject> Blocks(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(p => Blocks(p.Value)).Concat(one["text"] is not null ? [one] : []),
        JsonArray many => many.SelectMany(Blocks),
        _ => [],
    };

    private static JsonObject Json(Card card) => JsonNode.Parse(card.Json)!.AsObject();
}
