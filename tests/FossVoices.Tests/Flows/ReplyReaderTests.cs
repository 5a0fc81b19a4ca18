using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

public sealed class ReplyReaderTests
{
    private const string Ratings = """{ "id": "a", "type": "scale", "scale": "five", "ask": "A?" }""";
    private const string Choice = """{ "id": "a", "type": "choice", "ask": "A?", "options": { "few": "1", "more": "2 to 5", "many": "Many, I'd say" } }""";
    private const string Pick = """{ "id": "a", "type": "pick", "least": 2, "most": 3, "ask": "A?", "options": { "x": "Ex", "y": "Why", "z": "Zed", "w": "Double u" } }""";

    [Theory]
    [InlineData("4", 4)]
    [InlineData(" Much! ", 4)]
    [InlineData("ALL.", 5)]
    public void A_scale_understands_numbers_and_labels(string said, int point) => Assert.Equal(new Value.Point(point), Answer(Ratings, said));

    [Theory]
    [InlineData("I don't know")]
    [InlineData("i don’t know.")]
    [InlineData("6")]
    [InlineData("dont_know")]
    public void Not_knowing_is_an_answer_and_no_point(string said) => Assert.Equal(new Value.DontKnow(), Answer(Ratings, said));

    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("4.5")]
    [InlineData("99999999999999999999")]
    [InlineData("much, little")]
    [InlineData("much too much")]
    public void A_scale_refuses_what_names_no_point(string said) => Assert.Equal(new Refusal.NoOption(), Refused(Ratings, said));

    [Theory]
    [InlineData("1", "few")]
    [InlineData("2", "more")]
    [InlineData("2 TO 5", "more")]
    [InlineData("many, i’d say", "many")]
    [InlineData("many", "many")]
    public void A_label_counts_before_a_place_in_the_list_and_may_hold_a_comma(string said, string id) => Assert.Equal(new Value.Option(id), Answer(Choice, said));

    [Theory]
    [InlineData("x, y", "x y")]
    [InlineData("zed; EX", "x z")]
    [InlineData("3 1 3", "x z")]
    [InlineData("1,2,4", "x y w")]
    public void Several_are_kept_once_each_in_the_order_of_the_flow(string said, string ids) =>
        Assert.Equal(new Value.Options([.. ids.Split(' ')]), Answer(Pick, said));

    [Fact]
    public void Too_few_too_many_and_unknown_ones_are_told_apart()
    {
        Assert.Equal(new Refusal.TooFew(2), Refused(Pick, "x"));
        Assert.Equal(new Refusal.TooMany(3), Refused(Pick, "1 2 3 4"));
        Assert.Equal(new Refusal.NoOption(), Refused(Pick, "x, q"));
        Assert.Equal(new Refusal.NoOption(), Refused(Pick, new string('x', 2000)));
        Assert.Equal(new Refusal.TooFew(2), Refused(Pick, ""));
    }

    [Fact]
    public void None_of_these_is_an_answer_where_none_need_be_picked()
    {
        var interview = Interview.Of("""{ "id": "a", "type": "pick", "least": 0, "ask": "A?", "options": { "x": "Ex", "y": "Why" } }""").Chooses();

        Assert.Equal(new Value.Options([]), interview.Path.Value("a"));
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3,5", 3.5)]
    [InlineData("0.125", 0.125)]
    [InlineData(" 12 years ", 12)]
    [InlineData("1 year", 1)]
    [InlineData("7y.", 7)]
    [InlineData("٣٫٥", 3.5)]
    [InlineData("−2", -2)]
    public void A_number_is_read_as_people_write_it(string said, double number) =>
        Assert.Equal(new Value.Quantity(number), Answer("""{ "id": "a", "type": "number", "ask": "A?", "least": -5, "most": 60, "unit": "years" }""", said));

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("1e3")]
    [InlineData("3 or 4")]
    [InlineData("1,000")]
    [InlineData("three")]
    [InlineData("3 days")]
    [InlineData("0x10")]
    public void A_number_that_is_none_or_could_be_two_is_asked_again(string said) =>
        Assert.Equal(new Refusal.NoNumber(), Refused("""{ "id": "a", "type": "number", "ask": "A?", "least": -5, "most": 60, "unit": "years" }""", said));

    [Fact]
    public void A_number_out_of_range_is_told_the_range() =>
        Interview.Of("""{ "id": "a", "type": "number", "ask": "A?", "least": 0, "most": 60 }""").Says("61").Hears("Please answer with a number from 0 to 60.");

    [Fact]
    public void A_choice_by_an_id_that_is_not_offered_is_refused() =>
        Assert.Equal(new Refusal.NoOption(), Assert.IsType<Turn.Refused>(Interview.Of(Ratings).Chooses("9").Last).Why);

    [Theory]
    [InlineData(Ratings, new[] { 3 }, new[] { "4" })]
    [InlineData(Ratings, new[] { 5 }, new[] { Reply.DontKnow })]
    [InlineData(Choice, new[] { 1 }, new[] { "more" })]
    [InlineData(Pick, new[] { 2, 0 }, new[] { "z", "x" })]
    public void A_choice_by_places_is_the_choice_of_what_stands_there(string item, int[] places, string[] ids) =>
        Assert.Equal(Interview.Of(item).Chooses([.. ids]).Path.Value("a"), Interview.Of(item).Does(new Reply.Placed([.. places])).Path.Value("a"));

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void A_place_at_which_nothing_stands_is_refused_rather_than_guessed(int place) =>
        Assert.Equal(new Refusal.NoOption(), Assert.IsType<Turn.Refused>(Interview.Of(Ratings).Does(new Reply.Placed([place])).Last).Why);

    private static Value? Answer(string item, string said) => Interview.Of(item).Says(said).Path.Value("a");

    private static Refusal Refused(string item, string said) => Assert.IsType<Turn.Refused>(Interview.Of(item).Says(said).Last).Why;
}
