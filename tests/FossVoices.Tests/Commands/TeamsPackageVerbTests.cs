using System.IO.Compression;
using System.Text.Json.Nodes;
using FossVoices.Host.Commands;
using SkiaSharp;

namespace FossVoices.Tests.Commands;

public sealed class TeamsPackageVerbTests
{
    private const string App = "6f1d2a34-5b67-4c89-9abc-def012345678";

    private static readonly Uri s_site = new("https://voices.example/");

    [Fact]
    public void It_holds_a_manifest_for_the_scopes_used_and_both_icons_and_nothing_else()
    {
        var files = Unzip(TeamsPackage.Zip(App, "FossVoices", s_site));

        Assert.Equal(["manifest.json", "color.png", "outline.png"], files.Keys);
        var manifest = JsonNode.Parse(files["manifest.json"])!;
        Assert.Equal(("1.22", App), ((string)manifest["manifestVersion"]!, (string)manifest["id"]!));
        Assert.EndsWith("/v1.22/MicrosoftTeams.schema.json", (string)manifest["$schema"]!, StringComparison.Ordinal);
        var bot = Assert.Single(manifest["bots"]!.AsArray())!;
        Assert.Equal(App, (string)bot["botId"]!);
        Assert.Equal(["personal", "team"], bot["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Equal(["personal", "team"], bot["commandLists"]!.AsArray().Select(list => (string)list!["scopes"]![0]!));
        Assert.Equal(("color.png", "outline.png"), ((string)manifest["icons"]!["color"]!, (string)manifest["icons"]!["outline"]!));
        Assert.All(["websiteUrl", "privacyUrl", "termsOfUseUrl"], url => Assert.StartsWith("https://", (string)manifest["developer"]![url]!, StringComparison.Ordinal));
    }

    /// <summary>The limits of the manifest's schema, version 1.22.</summary>
    [Fact]
    public void No_text_of_the_manifest_is_longer_than_Teams_takes()
    {
        var manifest = TeamsPackage.Manifest(App, new string('n', 30), s_site);

        Assert.InRange(((string)manifest["name"]!["short"]!).Length, 1, 30);
        Assert.InRange(((string)manifest["name"]!["full"]!).Length, 1, 100);
        Assert.InRange(((string)manifest["description"]!["short"]!).Length, 1, 80);
        Assert.InRange(((string)manifest["description"]!["full"]!).Length, 1, 4000);
        Assert.InRange(((string)manifest["developer"]!["name"]!).Length, 1, 32);
        Assert.All(manifest["bots"]![0]!["commandLists"]!.AsArray(), list =>
        {
            Assert.InRange(list!["commands"]!.AsArray().Count, 1, 10);
            Assert.All(list["commands"]!.AsArray(), command =>
            {
                Assert.InRange(((string)command!["title"]!).Length, 1, 32);
                Assert.InRange(((string)command["description"]!).Length, 1, 128);
            });
        });
    }

    [Fact]
    public void The_coloured_icon_is_192_wide_and_hides_nothing_and_the_outline_is_32_wide_and_white_on_nothing()
    {
        using var color = SKBitmap.Decode(TeamsIcons.Color());
        using var outline = SKBitmap.Decode(new SKMemoryStream(TeamsIcons.Outline()), new SKImageInfo(32, 32, SKColorType.Rgba8888, SKAlphaType.Unpremul));

        Assert.Equal((192, 192), (color.Width, color.Height));
        Assert.All(color.Pixels, pixel => Assert.Equal(255, pixel.Alpha));
        Assert.True(color.Pixels.Distinct().Count() > 3);
        using var header = SKCodec.Create(new SKMemoryStream(TeamsIcons.Outline()));
        Assert.Equal((32, 32), (header.Info.Width, header.Info.Height));
        Assert.All(outline.Pixels.Where(pixel => pixel.Alpha > 0), pixel => Assert.Equal((255, 255, 255), (pixel.Red, pixel.Green, pixel.Blue)));
        Assert.InRange(outline.Pixels.Count(pixel => pixel.Alpha > 0), 200, 800);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes() =>
        Assert.Equal(TeamsPackage.Zip(App, "FossVoices", s_site), TeamsPackage.Zip(App, "FossVoices", s_site));

    [Fact]
    public async Task It_needs_no_more_than_the_app_id()
    {
        using var fossvoices = new Fossvoices();
        var settings = Settings.Read(Path.GetDirectoryName(fossvoices.File("appsettings.json", $$$"""{ "FossVoices": { "Teams": { "AppId": "{{{App.ToUpperInvariant()}}}" } } }"""))!);
        Assert.NotNull(settings.Halfway); // To serve, more would be needed.
        var file = fossvoices.File("app.zip", "an older one");
        using var output = new StringWriter();

        var code = await TeamsPackageVerb.Create(new Common(settings), new Terminal(TextReader.Null, output, TextWriter.Null, TimeProvider.System))
            .Parse(["--out", file, "--site", "https://voices.example/"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Fine, code);
        Assert.Equal(TeamsPackage.Zip(App, "FossVoices", s_site), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains(App, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_app_id_it_says_what_is_missing()
    {
        using var fossvoices = new Fossvoices();

        var said = await fossvoices.SayAsync("teams-package", "--out", Path.Combine(fossvoices.Data, "..", "app.zip"));

        Assert.Equal(ExitCode.CouldNotRun, said.ExitCode);
        Assert.Contains("'FossVoices:Teams:AppId' must hold", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--site", "http://voices.example")]
    [InlineData("--site", "voices.example")]
    [InlineData("--name", "a name that is longer than thirty characters")]
    [InlineData("--name", " ")]
    public async Task What_Teams_would_not_take_is_wrong_usage(string option, string value)
    {
        using var fossvoices = new Fossvoices();

        Assert.Equal(ExitCode.WrongUsage, (await fossvoices.SayAsync("teams-package", "--out", "app.zip", option, value)).ExitCode);
    }

    private static Dictionary<string, byte[]> Unzip(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var stream = entry.Open();
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return copy.ToArray();
            },
            StringComparer.Ordinal);
    }
}
