using System.Text.RegularExpressions;

namespace FossVoices.Tests.Web;

/// <summary>The pages for whoever writes a study.</summary>
public sealed class TryPagesTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly string _flow;

    public TryPagesTests() => _flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_the_operator_has_not_allowed_it_there_is_no_such_page()
    {
        await using var served = await Served.StartAsync(_folder.Path);
        using var reader = new Reader(served);

        Assert.Equal(404, (await reader.OpenAsync("/try/garden")).Status);
        Assert.Equal(404, (await reader.OpenAsync("/try-changed/garden")).Status);
    }

    [Fact]
    public async Task A_study_is_walked_to_its_end_and_nothing_of_it_is_stored()
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);
        await AtTheHoursAsync(reader);
        var refused = await reader.SendAsync(("number", "500"), ("do", "next"));
        Assert.Equal((422, "Please answer with a number from 0 to 168."), (refused.Status, refused.Note));
        await reader.SendAsync(("number", "12"), ("do", "next"));
        await reader.SendAsync(("text", "The rain came down on all of us that evening."), ("do", "next"));
        await reader.SendAsync(("choice", "no"));

        Assert.Equal("That was all", reader.Page.Heading);
        Assert.Contains("The rain came down", reader.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Your receipt", reader.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/withdraw/", reader.Page.Html, StringComparison.Ordinal);
        Assert.Empty(await Rows.AllAsync(served, "select study from session"));
        Assert.Empty(await Rows.AllAsync(served, "select hash from bundle"));
    }

    [Fact]
    public async Task A_saved_change_shows_at_once_and_the_walk_stays_where_it_is()
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);
        await AtTheHoursAsync(reader);
        var stands = reader.Page;

        Save(text => text.Replace("How many hours", "For how many hours", StringComparison.Ordinal));
        await reader.OpenAsync(stands.Path);

        Assert.StartsWith("For how many hours", reader.Page.Heading, StringComparison.Ordinal);
        await reader.SendAsync(("do", "back"));
        Assert.Matches("value=\"tap\"[^>]*checked", reader.Page.Html);
    }

    [Fact]
    public async Task What_is_to_be_mended_stands_beside_the_page_with_its_place()
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);
        Assert.Contains("flows/talk.json:20:5: warning FV027", (await reader.OpenAsync("/try/garden")).Text, StringComparison.Ordinal);

        Save(text => text.Replace("\"scale\": \"how_far\"", "\"scale\": \"how_fra\"", StringComparison.Ordinal));
        var broken = await reader.OpenAsync("/try/garden");

        Assert.Equal("This can't be shown yet", broken.Heading);
        Assert.Matches(@"garden/flows/visit\.json:\d+:\d+: error FV010: no scale 'how_fra' \(did you mean 'how_far'\?\)", broken.Text);
        Save(text => text.Replace("how_fra", "how_far", StringComparison.Ordinal));
        Assert.Equal("Before we start", (await reader.OpenAsync("/try/garden")).Heading);
    }

    [Fact]
    public async Task A_page_that_asks_whether_something_changed_is_told_as_soon_as_a_file_is_saved()
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);
        var changed = Regex.Match((await reader.OpenAsync("/try/garden")).Html, "data-changed=\"(?<it>[^\"]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value;

        using var client = new HttpClient { BaseAddress = served.Home };
        var waiting = client.GetStringAsync(changed, Cancellation);
        await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, Cancellation);
        Assert.False(waiting.IsCompleted);
        Save(text => text + "\n");

        Assert.Equal("changed", await waiting);
    }

    [Fact]
    public async Task Only_these_pages_may_run_a_script_and_only_our_own()
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);

        Assert.Contains("script-src 'self'", (await reader.OpenAsync("/try/garden")).Headers, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", (await reader.OpenAsync("/s/garden")).Headers, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", reader.Page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/try/nowhere")]
    [InlineData("/try/garden/nowhere")]
    [InlineData("/try/..%2Fgarden")]
    public async Task What_is_not_there_is_said_so(string path)
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);

        Assert.Equal(404, (await reader.OpenAsync(path)).Status);
    }

    [Fact]
    public async Task A_walk_that_is_not_remembered_begins_again_and_a_form_of_it_does_no_harm()
    {
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        using var reader = new Reader(served);
        await AtTheHoursAsync(reader);

        await served.RestartAsync();
        reader.Follow(served);
        await reader.SendAsync(("number", "12"), ("do", "next"));

        Assert.Equal("Before we start", reader.Page.Heading);
    }

    private static async Task AtTheHoursAsync(Reader reader)
    {
        await reader.OpenAsync("/try/garden");
        await reader.SendAsync(("quotes", "no"), ("do", "agree"));
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("choice", "4"));
        await reader.SendAsync(("choice", "tap"), ("do", "next"));
        Assert.EndsWith("&q=hours", reader.Page.Path, StringComparison.Ordinal);
    }

    private void Save(Func<string, string> change) => File.WriteAllText(_flow, change(File.ReadAllText(_flow)));
}
