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

    /// <summary>A study to begin from, not served by itself.</summary>
    [Fact]
    public void The_sample_for_small_groups_loads_without_an_error_or_a_warning_and_its_scripted_cases_come_out()
    {
        var loaded = Assert.Single(StudyFolder.LoadAll(Path.Combine(Repository.Surveys, "samples")));

        Assert.Empty(loaded.Problems.Select(p => p.ToString()));
        var study = loaded.Study!;
        Assert.Equal(["en", "fr"], study.Languages);
        Assert.NotEmpty(study.Flows["answers"].Mirrors);
        Assert.NotNull(study.Release);
        var facts = new Facts("1 May 2030", study.MinimumGroup);
        Assert.All(
            study.Tests.SelectMany(its => its.Value, (its, played) => (Flow: study.Flows[its.Key], played)),
            its => Assert.Empty(Enumerable.Range(1, 8).SelectMany(seed => its.played.Play(its.Flow, seed, facts).Wrong)));
    }
}
