using System.Text.Json;
using FossVoices.Host.Commands;
using FossVoices.Tests.Gaps;

namespace FossVoices.Tests.Commands;

public sealed class GapVerbTests
{
    [Fact]
    public async Task Two_histograms_give_the_reference_figures()
    {
        foreach (var item in GapReference.Of("likert").EnumerateObject())
        {
            var gap = await JsonAsync("gap", "--json", "--down", Listed(item.Value.GetProperty("downstream")), "--up", Listed(item.Value.GetProperty("upstream")));
            Near.Equal(item.Value.GetProperty("delta").GetDouble(), gap.GetProperty("delta").GetDouble());
            var interval = item.Value.GetProperty("recommended_95").GetProperty("ci");
            Near.Equal(interval[0].GetDouble(), gap.GetProperty("ciLow").GetDouble());
            Near.Equal(interval[1].GetDouble(), gap.GetProperty("ciHigh").GetDouble());
            Near.Equal(item.Value.GetProperty("mann_whitney").GetProperty("U").GetDouble(), gap.GetProperty("u").GetDouble());
            GapReference.Same(item.Value.GetProperty("mann_whitney").GetProperty("p_continuity"), GapReference.Number(gap.GetProperty("mannWhitneyP")));
        }
    }

    [Fact]
    public async Task Two_shares_give_the_reference_figures()
    {
        foreach (var share in GapReference.Of("proportions").EnumerateObject())
        {
            var gap = await JsonAsync("gap", "--json", "--down-count", Stroke(share.Value.GetProperty("down")), "--up-count", Stroke(share.Value.GetProperty("up")));
            Near.Equal(share.Value.GetProperty("diff").GetDouble(), gap.GetProperty("difference").GetDouble());
            Near.Equal(share.Value.GetProperty("newcombe_95")[0].GetDouble(), gap.GetProperty("ciLow").GetDouble());
            Near.Equal(share.Value.GetProperty("newcombe_95")[1].GetDouble(), gap.GetProperty("ciHigh").GetDouble());
            Assert.Equal(["difference", "ciLow", "ciHigh", "fisherP"], gap.EnumerateObject().Select(key => key.Name));
        }
    }

    [Fact]
    public async Task The_keys_are_those_that_the_page_promises() => Assert.Equal(
        ["delta", "ciLow", "ciHigh", "ciMethod", "u", "mannWhitneyP", "bmW", "bmDf", "bmP", "p", "pMethod"],
        (await JsonAsync("gap", "--json", "--down", "4,10,14,40,32", "--up", "10,22,20,28,10")).EnumerateObject().Select(key => key.Name));

    [Fact]
    public async Task Without_JSON_it_is_a_table_to_read()
    {
        var (code, said, _) = await RunAsync("gap", "--down", "4,10,14,40,32", "--up", "10,22,20,28,10");
        Assert.Equal(ExitCode.Fine, code);
        Golden.Match(said);
    }

    [Theory]
    [InlineData("--down", "1,2", "--up", "1,2,3")]
    [InlineData("--down", "1,2", "--up", "0,0")]
    [InlineData("--down", "1,-2", "--up", "1,2")]
    [InlineData("--down", "1,two", "--up", "1,2")]
    [InlineData("--down", "1,2.5", "--up", "1,2")]
    [InlineData("--down", "99999999999999999999,1", "--up", "1,2")]
    [InlineData("--down", "", "--up", "1,2")]
    [InlineData("--down", "1,2")]
    [InlineData("--down", "1,2", "--up-count", "1/2")]
    [InlineData("--down-count", "7/6", "--up-count", "1/2")]
    [InlineData("--down-count", "1/0", "--up-count", "1/2")]
    [InlineData("--down-count", "0/0", "--up-count", "1/2")]
    [InlineData("--down-count", "1", "--up-count", "1/2")]
    [InlineData]
    public async Task Bad_figures_are_refused_in_one_sentence(params string[] given)
    {
        var (code, said, wrong) = await RunAsync(["gap", .. given]);
        Assert.Equal((ExitCode.WrongUsage, ""), (code, said));
        Assert.Single(wrong.TrimEnd().Split('\n'));
        Assert.EndsWith(".", wrong.TrimEnd(), StringComparison.Ordinal);
    }

    private static string Listed(JsonElement counts) => string.Join(',', counts.EnumerateArray());

    private static string Stroke(JsonElement pair) => $"{pair[0]}/{pair[1]}";

    private static async Task<JsonElement> JsonAsync(params string[] args)
    {
        var (code, said, wrong) = await RunAsync(args);
        Assert.Equal((ExitCode.Fine, ""), (code, wrong));
        using var document = JsonDocument.Parse(said);
        return document.RootElement.Clone();
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await Verbs.RunAsync(args, new Terminal(TextReader.Null, output, error, TimeProvider.System), TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
