namespace FossVoices.Tests.Web;

/// <summary>The files change while people answer in the web, and the program is started again.</summary>
public sealed class VersionPagesTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_began_is_asked_on_as_it_was_and_who_comes_later_as_it_is()
    {
        var flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));
        await using var served = await Served.StartAsync(_folder.Path);
        using var before = new Reader(served);
        using var after = new Reader(served);
        await before.AtTheHoursAsync();

        Change(flow, "How many hours", "For how many hours");
        await served.RestartAsync();
        before.Follow(served);
        after.Follow(served);

        Assert.StartsWith("How many hours", (await before.OpenAsync("/s/garden")).Heading, StringComparison.Ordinal);
        Assert.Equal("/s/garden?q=story", (await before.SendAsync(("number", "12"), ("do", "next"))).Path);
        await after.AtTheHoursAsync();
        Assert.StartsWith("For how many hours", after.Page.Heading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_whose_file_is_gone_is_finished_by_whoever_began_it_and_begun_by_nobody()
    {
        var flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));
        await using var served = await Served.StartAsync(_folder.Path);
        using var reader = new Reader(served);
        await reader.AtTheHoursAsync();

        File.Delete(flow);
        Change(_folder.File("garden/study.json"), "\"default_flow\": \"visit\"", "\"default_flow\": \"talk\"");
        await served.RestartAsync();
        reader.Follow(served);

        Assert.StartsWith("How many hours", (await reader.OpenAsync("/s/garden/visit")).Heading, StringComparison.Ordinal);
        await reader.SendAsync(("number", "12"), ("do", "next"));
        await reader.SendAsync(("text", "We sat there until the lamps went out."), ("do", "next"));
        await reader.SendAsync(("choice", "no"));
        Assert.Equal("That was all", reader.Page.Heading);
        Assert.Contains("until the lamps went out", (await reader.OpenAsync("/mine/garden/visit")).Text, StringComparison.Ordinal);
        using var stranger = new Reader(served);
        Assert.DoesNotContain("<form", (await stranger.OpenAsync("/s/garden/visit")).Html, StringComparison.Ordinal);
        Assert.Contains("<form", (await stranger.OpenAsync("/s/garden")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_begun_in_French_goes_on_in_the_French_it_was_begun_in()
    {
        var flow = _folder.Copy(Path.Combine(Repository.Surveys, "pypi-expectations"), Path.Combine("flows", "survey.json"));
        await using var served = await Served.StartAsync(_folder.Path);
        using var reader = new Reader(served) { Prefers = "fr" };
        var asked = (await reader.AgreeAsync("/s/pypi-expectations")).Heading;

        var (english, french) = ("Which is closer to you?", asked.Split('?')[0]);
        Change(flow, english, "Which of these is nearer to you?");
        var texts = _folder.File("pypi-expectations/i18n/survey.fr.json");
        Change(texts, french, "Et vous");
        Change(texts, english, "Which of these is nearer to you?");
        await served.RestartAsync();
        reader.Follow(served);

        Assert.Equal(asked, (await reader.OpenAsync("/s/pypi-expectations")).Heading);
        Assert.StartsWith(english, (await reader.OpenAsync("/s/pypi-expectations?lang=en")).Heading, StringComparison.Ordinal);
        using var stranger = new Reader(served) { Prefers = "fr" };
        Assert.StartsWith("Et vous", (await stranger.AgreeAsync("/s/pypi-expectations")).Heading, StringComparison.Ordinal);
    }

    private static void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
    }
}
