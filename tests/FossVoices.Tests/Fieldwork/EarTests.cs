using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Fieldwork;

public sealed class EarTests
{
    private readonly Ear _ear = new OpenStudy(StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!).Ear;

    [Fact]
    public void What_is_plainly_said_is_heard_surely()
    {
        var heard = _ear.Hear(new Reply.Said("I burned out after two years of this."));

        Assert.NotNull(heard);
        Assert.Contains(heard.Codes, c => c.Code == "burnout" && c.Confidence >= 0.95);
        Assert.False(heard.Distress);
    }

    [Fact]
    public void What_is_denied_is_heard_but_never_surely()
    {
        var heard = _ear.Hear(new Reply.Said("I have never burned out."));

        Assert.NotNull(heard);
        Assert.DoesNotContain(heard.Codes, c => c.Confidence > 0.5);
    }

    [Fact]
    public void Distress_is_heard_apart_from_any_code() =>
        Assert.True(_ear.Hear(new Reply.Said("I don't want to live any more."))?.Distress);

    [Fact]
    public void Taps_and_answers_of_absurd_length_are_not_listened_to()
    {
        Assert.Null(_ear.Hear(new Reply.Chose(["4"])));
        Assert.Null(_ear.Hear(new Reply.Said(new string('x', FlowEngine.LongestAnswer + 1))));
    }
}
