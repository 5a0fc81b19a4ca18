using CsCheck;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Studies;
using FossVoices.Tests.Studies;

namespace FossVoices.Tests.Reports;

public sealed class PlanTests
{
    private static readonly Study s_bundled = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!;

    [Fact]
    public void Assumed_answers_have_the_gap_and_the_agreement_they_are_made_for() =>
        Gen.Select(Gen.Int[2, 11], Gen.Double[0, 0.9], Gen.Double[0.1, 0.9]).Sample((points, delta, share) =>
        {
            var leaning = AssumedAnswers.Leaning(points);
            Assert.Equal(1, leaning.Sum(), 9);
            var lower = AssumedAnswers.Lower(leaning, Math.Min(delta, 0.5));
            Assert.Equal(Math.Min(delta, 0.5), WeightedDelta.Of(leaning, lower), 6);
            Assert.Equal(share, AssumedAnswers.Agreeing(leaning, points, share)[^1], 6);
        });

    [Fact]
    public void Five_points_lean_as_the_method_says() =>
        Assert.All(AssumedAnswers.Leaning(5).Zip(KnownAnswers.Leaning), pair => Assert.Equal(pair.Second, pair.First, 12));

    [Fact]
    public void A_group_shown_in_part_is_answered_by_fewer_and_what_is_behind_a_gate_too()
    {
        var plan = Of(s_bundled, up: 40, down: 40);
        var items = plan.Items.ToDictionary(item => item.Item);

        Assert.InRange(items["works"].Answering.Downstream, 35, 40);
        Assert.InRange(items["focus"].Answering.Upstream, 20, items["works"].Answering.Upstream - 3);
        Assert.True(items["bring_news"].Answering.Downstream < items["bring_news"].Answering.Upstream / 2);
        Assert.Equal("halves", items["bring_news"].ShownInPart);
        Assert.Null(items["works"].ShownInPart);
    }

    [Fact]
    public void A_side_below_the_minimum_group_reaches_no_verdict_and_the_advice_says_so()
    {
        var plan = Of(s_bundled, up: 8, down: 40);

        Assert.All(plan.Scenarios, scenario => Assert.Equal(1, scenario.All.NotShown));
        Assert.Contains("With 8 upstream no item can reach any verdict: a side is shown from 10 people on.", PlanAdvice.Of(plan, (null, null))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("8 upstream no item can reach any", PlanAdvice.Of(Of(s_bundled, up: 8, down: 40, Audience.Researcher), (null, null))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Larger_gaps_are_called_clear_more_often_and_no_gap_hardly_ever()
    {
        var plan = Of(SmallStudy.With().Study!, up: 60, down: 60, reports: 60);

        Assert.InRange(plan.Scenario("none").All.Clear, 0, 0.1);
        Assert.True(plan.Scenario("small").All.Clear < plan.Scenario("medium").All.Clear);
        Assert.InRange(plan.Scenario("large").All.Clear, 0.9, 1);
        Assert.InRange(plan.Scenario(Plan.Agreed).All.HeldByBoth, 0.9, 1);
        Assert.Equal("Medium gaps will mostly be found.", PlanAdvice.Of(plan, (60, 200))[0]);
    }

    [Fact]
    public void Where_nothing_is_called_clear_the_advice_says_so_and_how_many_people_it_would_take()
    {
        var nothing = new Simulation(NotShown: 0, Same: 0, CannotTell: 1, Probably: 0, Clear: 0, HeldByBoth: 0.3, AnyClear: 0);
        var plan = Of(s_bundled, up: 12, down: 12) with
        {
            Scenarios = [.. new[] { "none", "small", "medium", "large", Plan.Agreed }.Select(name => new PlannedScenario(name, 0.6, nothing, 0.02))],
        };

        var advice = PlanAdvice.Of(plan, (80, 200));

        Assert.Contains(advice, line => line.StartsWith("With 12 upstream and 12 downstream no item can reach \"clear\"", StringComparison.Ordinal));
        Assert.Contains(advice, line => line.EndsWith("That takes about 200 people a side.", StringComparison.Ordinal));
        Assert.Contains(advice, line => line.Contains("both hold it for 3 of 10 items", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_makes_the_same_plan() =>
        Assert.Equal(Of(s_bundled, 12, 12).Scenarios.AsEnumerable(), Of(s_bundled, 12, 12).Scenarios);

    private static Plan Of(Study study, int up, int down, Audience audience = Audience.Channel, int reports = 20) => Plan.Of(
        study, study.FindFlow(null)!, new(down, up), audience, reports, seed: 1, new Random(1), progress: null, TestContext.Current.CancellationToken);
}
