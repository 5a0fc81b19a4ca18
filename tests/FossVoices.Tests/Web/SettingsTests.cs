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
        Assert.Equal(new Settings("answers", "studies", "http://127.0.0.1:7000"),
            Read("""{ "FossVoices": { "Data": "answers", "studies": "studies", "Urls": "http://127.0.0.1:7000" } }"""));
    }

    [Fact]
    public void The_password_of_the_review_pages_is_read_and_an_empty_one_is_none()
    {
        Assert.Equal("secret", Read("""{ "FossVoices": { "Review": { "Password": "secret" } } }""").ReviewPassword);
        Assert.Null(Read("""{ "FossVoices": { "Review": { "Password": "" } } }""").ReviewPassword);
    }

    [Theory]
    [InlineData(""" "Url": "https://api.example.org/v1", "Model": "m" """, "has no Key")]
    [InlineData(""" "Url": "https://api.example.org/v1", "Key": "k" """, "has no Model")]
    [InlineData(""" "Model": "m" """, "has no Url")]
    [InlineData(""" "Url": "api.example.org", "Model": "m", "Key": "k" """, "is no address")]
    [InlineData(""" "Url": "https://k@api.example.org/v1", "Model": "m", "Key": "k" """, "is no address")]
    [InlineData(""" "Url": "http://api.example.org/v1", "Model": "m", "Key": "k" """, "without encryption")]
    public void A_language_model_that_is_set_by_half_is_said(string set, string what) =>
        Assert.Contains(what, Assert.Throws<CannotRun>(() => Read($$"""{ "FossVoices": { "Llm": { {{set}} } } }""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_language_model_on_this_machine_needs_no_key() =>
        Assert.False(Read("""{ "FossVoices": { "Llm": { "Url": "http://localhost:11434/v1", "Model": "m" } } }""").Llm!.IsElsewhere);

    [Theory]
    [InlineData("""{ "FossVoices": { "Dta": "x" } }""", "There is no setting 'FossVoices:Dta'", "Did you mean 'Data'?")]
    [InlineData("""{ "FossVoices": { "Colour": "x" } }""", "There is no setting 'FossVoices:Colour'", "There is Data, Studies, Urls, Preview, Review, Llm, Discord, Teams.")]
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
