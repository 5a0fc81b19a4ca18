using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

public sealed class BundleTests
{
    private static readonly string s_folder = Path.Combine(Repository.Surveys, "pypi-expectations");

    [Theory]
    [InlineData("survey")]
    [InlineData("interview")]
    public void A_flow_kept_in_a_bundle_opens_as_it_was_in_every_language(string id)
    {
        var study = StudyFolder.Load(s_folder).Study!;
        var flow = study.Flows[id];

        var opened = Bundle.Of(study, flow).Open()!;

        Assert.Equal(flow.Hash, opened.Flows[id].Hash);
        Assert.Equal(flow.InFileOrder.Select(i => i.Id), opened.Flows[id].InFileOrder.Select(i => i.Id));
        Assert.Empty(FlowChange.Between(flow, opened.Flows[id]));
        Assert.Equal("fr", opened.In("fr").Flows[id].Language);
        Assert.Equal(study.Codebook.Hash, opened.Codebook.Hash);
    }

    [Fact]
    public void A_damaged_bundle_opens_to_nothing()
    {
        var study = StudyFolder.Load(s_folder).Study!;
        var bundle = Bundle.Of(study, study.Flows["survey"]);

        Assert.Null((bundle with { Text = bundle.Text[..^20] }).Open());
        Assert.Null((bundle with { Text = "{}" }).Open());
        Assert.Null((bundle with { Hash = new string('0', 64) }).Open());
        Assert.Null((bundle with { Text = bundle.Text.Replace("It should just work", "It should work", StringComparison.Ordinal) }).Open());
    }
}
