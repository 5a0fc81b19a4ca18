using System.Globalization;
using System.Net;
using FossVoices.Channels;
using FossVoices.Host.Commands;
using FossVoices.Host.Web;
using FossVoices.Sessions;
using FossVoices.Tests.Storage;
using FossVoices.Tests.Web;
using Microsoft.Extensions.Time.Testing;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>The web pages of a street, and those who look at them: anybody, whoever prepares a round, and each author with the own receipt.</summary>
internal sealed class Onlookers : IAsyncDisposable
{
    private readonly Site _site;
    private readonly Street _street;
    private readonly Reader _visitor;
    private readonly Reader _researcher;
    private readonly Dictionary<string, Reader> _authors = new(StringComparer.Ordinal);

    private Onlookers(Site site, Street street) =>
        (_site, _street, _visitor, _researcher) = (site, street, new Reader(new Uri(site.Addresses[0])), new Reader(new Uri(site.Addresses[0])));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="authors">Those whose receipts open their words.</param>
    public static async Task<Onlookers> ComeAsync(Street street, IEnumerable<string> authors)
    {
        // For the pages time stands still, so that nothing is posted behind the test's back.
        var site = await Site.StartAsync(
            street.Store.Folder, [street.Study], drafts: null, "http://127.0.0.1:0",
            new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, new FakeTimeProvider(street.Store.Time.GetUtcNow())), Cancellation);
        var looking = new Onlookers(site, street);
        await looking._researcher.OpenAsync($"/review/{SmallFlow.Study}/name");
        await looking._researcher.SendAsync(("name", "Eve"));
        foreach (var author in authors)
        {
            var receipt = Assert.IsType<Outcome.MyData>(await street.SaysAsync(author, new Said.MyData())).Receipt;
            var reader = looking._authors[author] = new Reader(new Uri(site.Addresses[0]));
            await reader.OpenAsync("/receipt");
            Assert.Equal(200, (await reader.SendAsync(("receipt", receipt))).Status);
        }

        return looking;
    }

    /// <summary>A page as anybody sees it.</summary>
    public Task<Page> OpenAsync(string path) => _visitor.OpenAsync(path);

    /// <summary>A page as somebody of the team sees it.</summary>
    public Task<Page> ReviewAsync(string path) => _researcher.OpenAsync($"/review/{SmallFlow.Study}/{path}");

    /// <summary>Everything that anybody can open of the study without having answered it.</summary>
    public async Task<string> VisitAsync()
    {
        var seen = new List<string>();
        foreach (var path in (string[])["/", $"/s/{SmallFlow.Study}", $"/r/{SmallFlow.Study}", $"/r/{SmallFlow.Study}/words", $"/words/{SmallFlow.Study}/{SmallFlow.Id}"])
            seen.Add(Read(await _visitor.OpenAsync(path)));
        return string.Join('\n', seen);
    }

    /// <summary>The page of the round, and its preview as one participant would read it; empty for somebody who has left.</summary>
    public async Task<(string Round, string Preview)> PrepareAsync(string person)
    {
        var round = Read(await ReviewAsync("round"));
        var pseudonym = Pseudonym.Of(_street.Store.Database.StudyKey(SmallFlow.Study), Loopback.Name, person);
        var prepared = await RoundTests.Rounds(_street).PrepareAsync(_street.Study, "w2", RoundTests.Mirrors, Cancellation);
        var place = prepared.Mirrors.Select(mirror => mirror.Respondent).ToList().IndexOf(pseudonym);
        return (round, place < 0 ? "" : Read(await ReviewAsync(string.Create(CultureInfo.InvariantCulture, $"round/as?reader={place + 1}"))));
    }

    /// <summary>The page “Your words” of one author.</summary>
    public async Task<string> OwnAsync(string person) => Read(await _authors[person].OpenAsync($"/words/{SmallFlow.Study}/{SmallFlow.Id}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _authors.Values.Append(_visitor).Append(_researcher))
            reader.Dispose();
        await _site.DisposeAsync();
    }

    private static string Read(Page page)
    {
        Assert.NotEqual(500, page.Status);
        return WebUtility.HtmlDecode(page.Html);
    }
}
