using FossVoices.Teams;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;

namespace FossVoices.Tests.Teams;

public sealed class TypedTests
{
    [Theory]
    [InlineData("/voices mydata", Act.Mine, "")]
    [InlineData("voices MyData", Act.Mine, "")]
    [InlineData("voices withdraw yes", Act.Withdraw, "yes")]
    [InlineData("/voices language fr", Act.Language, "fr")]
    [InlineData("voices feedback It is too long.", Act.Feedback, "It is too long.")]
    [InlineData("voices code 7k2m-9x4d-p0qr-3hfw", Act.Code, "7k2m-9x4d-p0qr-3hfw")]
    [InlineData("/voices stop", Act.Forget, "")]
    [InlineData("/voices of reason", Act.Help, "")]
    [InlineData("voices", Act.Show, "")]
    [InlineData("Skip", Act.Skip, "")]
    [InlineData("stop.", Act.Pause, "")]
    [InlineData("/help", Act.Help, "")]
    [InlineData("my-answers", Act.Mine, "")]
    internal void A_command_is_understood_with_the_slash_and_without(string text, Act act, string rest)
    {
        var typed = Typed.Read(text, "en");

        Assert.Equal((act, rest), (typed?.Act, typed?.Rest));
    }

    [Theory]
    [InlineData("voices of users go unheard")]
    [InlineData("I would skip that")]
    [InlineData("stop the churn")]
    [InlineData("3")]
    [InlineData("")]
    public void Everything_else_is_an_answer(string text) => Assert.Null(Typed.Read(text, "en"));

    [Fact]
    public void Single_words_are_understood_in_the_persons_language_and_in_English()
    {
        Assert.Equal(Act.Skip, Typed.Read("passer", "fr")?.Act);
        Assert.Equal(Act.Skip, Typed.Read("skip", "fr")?.Act);
        Assert.Null(Typed.Read("passer", "en"));
    }

    [Theory]
    [InlineData("/voices-study open", "open", "", "")]
    [InlineData("voices-study status pypi-expectations", "status", "pypi-expectations", "")]
    [InlineData("Voices-Study schedule pypi 0 9 * * MON", "schedule", "pypi", "0 9 * * MON")]
    [InlineData("voices-study", "", "", "")]
    public void An_organiser_types_word_study_and_the_rest(string text, string word, string study, string rest) =>
        Assert.Equal(new OrganisersCommand(word, study, rest), OrganisersCommand.Read(text));

    [Fact]
    public void An_answer_about_studies_is_no_command() => Assert.Null(OrganisersCommand.Read("voices-studying is fun"));

    [Theory]
    [InlineData("<at>FossVoices</at> voices-study open", "voices-study open")]
    [InlineData("<at>FossVoices</at>&nbsp;open&amp;close ", "open&close")]
    [InlineData("<p>one</p><p>two<br/>three</p>", "one\ntwo\nthree")]
    [InlineData("1 &lt; 2", "1 < 2")]
    [InlineData("a <b>bold</b> word", "a <b>bold</b> word")]
    public void A_message_is_read_without_the_bots_mention_and_without_Teams_own_markup(string text, string said) =>
        Assert.Equal(said, Spoken.Of(text, ["<at>FossVoices</at>"]));

    [Fact]
    public void A_reference_is_read_as_it_was_written()
    {
        var reference = new Reference("https://smba.trafficmanager.net/teams/", "tenant", "19:x@thread.tacv2", "28:bot");

        Assert.Equal(reference, Reference.TryRead(reference.ToString()));
        Assert.Null(Reference.TryRead("19:x@thread.tacv2"));
        Assert.Null(Reference.TryRead("[1,2]"));
    }
}
