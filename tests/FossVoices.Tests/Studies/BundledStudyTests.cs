using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

public sealed class BundledStudyTests
{
    [Fact]
    public void Every_bundled_study_loads_without_an_error_or_a_warning()
    {
        var loaded = StudyFolder.LoadAll(Repository.Surveys);

        Assert.NotEmpty(loaded);
        Assert.Empty(loaded.SelectMany(s => s.Problems).Select(p => p.ToString()));
        Assert.All(loaded, s => Assert.NotNull(s.Study));
    }

    [Fact]
    public void The_core_of_the_bundled_survey_takes_at_most_twelve_taps() =>
        Assert.InRange(Taps.ToCompleteCore(StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!.Flows["survey"]), 8, 12);
}
