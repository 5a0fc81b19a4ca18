using FossVoices.Host.Commands;
using FossVoices.Host.Web;

namespace FossVoices.Tests.Web;

/// <summary>The demo: simulated people, marked wherever they show, and in nobody else's data.</summary>
public sealed class DemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulated_people_answer_a_study_of_their_own_and_everything_says_so()
    {
        var data = Directory.CreateTempSubdirectory("voices-").FullName;
        await using (var site = await Site.StartAsync(data, Repository.Surveys, "http://127.0.0.1:0", Terminal, Cancellation, demoPeople: 120))
        {
            using var browser = new HttpClient { BaseAddress = new Uri(site.Addresses[0]) };
            var front = await browser.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);
            var page = await browser.GetStringAsync(new Uri("/r/demo", UriKind.Relative), Cancellation);
            using var picture = await browser.GetAsync(new Uri("/r/demo/dark.png", UriKind.Relative), Cancellation);
            using var real = await browser.GetAsync(new Uri("/r/pypi-expectations", UriKind.Relative), Cancellation);

            Assert.Contains("Demo with simulated people: ", front, StringComparison.Ordinal);
            Assert.Contains("MADE-UP NUMBERS: the people in this report are simulated.", page, StringComparison.Ordinal);
            Assert.Contains("Made-up numbers.", page, StringComparison.Ordinal); // What the picture says to whoever cannot see it.
            Assert.Contains("about 30", page, StringComparison.Ordinal);
            Assert.Contains("gap", page, StringComparison.Ordinal);
            Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
            Assert.Equal(404, (int)real.StatusCode);
        }

        await using var station = await Station.OpenAsync(data, TimeProvider.System, Cancellation);
        Assert.Empty(await station.Turns.StudiesAsync(Cancellation));
        await station.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public void The_same_people_say_the_same_every_time()
    {
        FossVoices.Flows.Control scale = new FossVoices.Flows.Control.OneOf(
            [.. Enumerable.Range(1, 5).Select(point => new FossVoices.Flows.Option($"{point}", $"{point}"))], Apart: null, IsScale: true);
        Assert.Equal(
            Enumerable.Range(0, 40).Select(i => new SimulatedPerson(i).Reply("works.own", scale).ToString()),
            Enumerable.Range(0, 40).Select(i => new SimulatedPerson(i).Reply("works.own", scale).ToString()));
    }

    private static Terminal Terminal => new(TextReader.Null, TextWriter.Null, TextWriter.Null, TimeProvider.System);
}
