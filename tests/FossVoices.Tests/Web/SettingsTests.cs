using FossVoices.Host.Commands;

namespace FossVoices.Tests.Web;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_set_means_the_defaults()
    {
        using var folder = new Folder();
        Assert.Equal(Settings.Default, Settings.Read(folder.Path));
    }

    [Fact]
    public void The_sample_says_what_holds_without_it()
    {
        using var folder = new Folder();
        File.Copy(Path.Combine(Repository.Root, "appsettings.sample.json"), Path.Combine(folder.Path, "appsettings.json"));
        Assert.Equal(Settings.Default, Settings.Read(folder.Path));
    }

    [Fact]
    public void What_the_file_says_holds()
    {
        Assert.Equal(new Settings("answers", "studies", "http://127.0.0.1:7000", Preview: false),
            Read("""{ "FossVoices": { "Data": "answers", "studies": "studies", "Urls": "http://127.0.0.1:7000" } }"""));
    }

    [Theory]
    [InlineData("""{ "FossVoices": { "Dta": "x" } }""", "There is no setting 'FossVoices:Dta'", "Did you mean 'Data'?")]
    [InlineData("""{ "FossVoices": { "Colour": "x" } }""", "There is no setting 'FossVoices:Colour'", "There is Data, Studies, Urls, Preview.")]
    [InlineData("""{ "FossVoices": { "Preview": "perhaps" } }""", "'FossVoices:Preview' is 'perhaps'", "true or false")]
    [InlineData("{ \"FossVoices\": {\n \"Data\": \"x\"\n", "can't be read", "line")]
    public void A_slip_in_the_file_is_said(string json, string what, string advice)
    {
        var refusal = Assert.Throws<CannotRun>(() => Read(json));

        Assert.Equal(ExitCode.CouldNotRun, refusal.ExitCode);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
    }

    private static Settings Read(string json)
    {
        using var folder = new Folder();
        File.WriteAllText(Path.Combine(folder.Path, "appsettings.json"), json);
        return Settings.Read(folder.Path);
    }
}
