using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class DistressTests
{
    private readonly Distress _distress = new();

    [Theory]
    [InlineData("Some nights I wanted to kill myself over that tracker.")]
    [InlineData("I dont want to live anymore")]
    [InlineData("There were times when I was suicidal, honestly.")]
    [InlineData("I can’t go on like this.")]
    [InlineData("they would be better off without me")]
    [InlineData("I had a nervous breakdown after the release")]
    [InlineData("I feel worthless when nobody replies")]
    [InlineData("I cried myself to sleep that week")]
    [InlineData("I keep hurting myself")]
    public void Words_of_somebody_in_a_crisis_are_heard(string answer) => Assert.True(_distress.IsHeardIn(answer));

    [Theory]
    [InlineData("")]
    [InlineData("I was exhausted and stepped back for a year.")]
    [InlineData("The scheduler kills the process and restarts it.")]
    [InlineData("The project died when the founder left.")]
    [InlineData("Relicensing would be commercial suicide.")]
    [InlineData("Here is a breakdown of the costs.")]
    [InlineData("It makes me angry, but I can live with it.")]
    [InlineData("I hate the tracker.")]
    [InlineData("I killed my server by accident.")]
    [InlineData("It was a death march of a release.")]
    public void Ordinary_strain_and_talk_of_software_are_not(string answer) => Assert.False(_distress.IsHeardIn(answer));
}
