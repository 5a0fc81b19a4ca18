using FossVoices.Flows;
using FossVoices.Host.Commands;
using FossVoices.Studies;
using FossVoices.Tests.Commands;
using FossVoices.Tests.Web;

namespace FossVoices.Tests.Studies;

public sealed class SinceBegunTests : IDisposable
{
    private const string WithoutTheStory = """
        "version": 2,
        "items": [
         { "id": "focus", "type": "scale", "scale": "five", "ask": "How far may people keep to their work?" },
         { "id": "aware", "type": "scale", "scale": "five", "ask": "How far should people know?" } ]
        """;

    private readonly Fossvoices _fossvoices = new();
    private readonly Folder _folder = new();
    private readonly string _flow;

    public SinceBegunTests() => _flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));

    public void Dispose()
    {
        _fossvoices.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("be open at night?", "be open after dark?", "visit: a change of text", false)]
    [InlineData("\"light\": \"A light\" }", "\"light\": \"A light\", \"roof\": \"A roof\" }", "visit: an addition", false)]
    [InlineData("\"most\": 168", "\"most\": 100", "visit: a breaking change", true)]
    public async Task A_change_is_classified_against_what_people_began(string before, string after, string says, bool warned)
    {
        await CheckAsync();
        Assert.False(Directory.Exists(_fossvoices.Data)); // Looking makes nothing.
        await _fossvoices.SayAsync("wave", "garden", "open", "--studies", _folder.Path);
        Assert.DoesNotContain("visit:", (await CheckAsync()).Out, StringComparison.Ordinal);

        var written = await File.ReadAllTextAsync(_flow, TestContext.Current.CancellationToken);
        Assert.Contains(before, written, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_flow, written.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var said = await CheckAsync();

        Assert.Equal(ExitCode.Fine, said.ExitCode);
        Assert.Contains(says, said.Out, StringComparison.Ordinal);
        Assert.Equal(warned, said.Out.Contains("flows/visit.json:1:1: warning FV046", StringComparison.Ordinal));
    }

    [Fact]
    public void A_flow_that_is_gone_is_named_and_a_raised_version_is_no_problem()
    {
        var study = SmallStudy.With().Study!;
        var kept = Bundle.Of(study, study.Flows["survey"]);
        var raised = SmallStudy.With("flows/survey.json", WithoutTheStory).Study!;

        var change = Assert.Single(SinceBegun.Of(raised, [kept]));
        var gone = Assert.Single(SinceBegun.Of(study with { Flows = study.Flows.Clear() }, [kept]));

        Assert.Equal((ChangeKind.Breaking, true), (change.Kind, change.Raised));
        Assert.Null(change.ToProblem(raised));
        Assert.StartsWith("'survey' is gone", Assert.Single(gone.Changes).Says, StringComparison.Ordinal);
        Assert.Empty(SinceBegun.Of(study, [kept]));
    }

    private Task<Said> CheckAsync() => _fossvoices.SayAsync("check", "--studies", _folder.Path);
}
