using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Reports;
using FossVoices.Teams.Cards;
using FossVoices.Tests.Reports;

namespace FossVoices.Tests.Teams;

public sealed class ReportCardTests
{
    private static readonly GapReport s_gaps = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.WithGaps()));

    private static readonly Post.Report s_report = new(
        "pypi-expectations", "en", 3, "", TeamsCard.Of(s_gaps), [1, 2, 3], AltText.Of(s_gaps))
    {
        Wave = "2026-1",
    };

    [Fact]
    public void The_picture_is_the_last_thing_on_the_card_with_words_for_it()
    {
        var card = Json(ReportCard.Of(s_report, new Uri("https://voices.example.org/chat/")));

        Assert.Empty(CardCheck.Create().Faults(card));
        var last = card["body"]!.AsArray()[^1]!;
        Assert.Equal(
            ("Image", "https://voices.example.org/chat/r/pypi-expectations/3.png?wave=2026-1", s_report.Alternative),
            ((string)last["type"]!, (string)last["url"]!, (string)last["altText"]!));
    }

    [Fact]
    public void Without_an_address_there_is_no_picture_and_all_the_same_figures()
    {
        var (bare, whole) = (Json(ReportCard.Of(s_report, site: null)), Json(ReportCard.Of(s_report, new Uri("https://voices.example.org/"))));
        whole["body"]!.AsArray().RemoveAt(whole["body"]!.AsArray().Count - 1);

        Assert.True(JsonNode.DeepEquals(bare, whole));
    }

    [Fact]
    public void A_picture_that_would_make_the_card_too_large_is_left_out()
    {
        var card = JsonNode.Parse(s_report.Card)!.AsObject();
        card["body"]!.AsArray().Add(CardElement.Text(new string('x', TeamsCard.Limit - System.Text.Encoding.UTF8.GetByteCount(s_report.Card) - 500)));

        var body = Json(ReportCard.Of(s_report with { Card = card.ToJsonString() }, new Uri("https://voices.example.org/")))["body"]!.AsArray();

        Assert.DoesNotContain(body, element => (string?)element!["type"] == "Image");
    }

    [Fact]
    public void Older_clients_have_their_say_as_well()
    {
        var say = Json(ReportCard.Of(s_report, site: null))["actions"]!.AsArray().Single(action => (string?)action!["verb"] == "voices.start")!;

        Assert.Equal(("Action.Submit", "start"), ((string)say["fallback"]!["type"]!, (string)say["fallback"]!["data"]!["act"]!));
        Assert.Equal((string)say["data"]!["study"]!, (string)say["fallback"]!["data"]!["study"]!);
    }

    private static JsonObject Json(Card card) => JsonNode.Parse(card.Json)!.AsObject();
}
