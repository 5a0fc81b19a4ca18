using FossVoices.Flows;
using FossVoices.Teams;
using TeamsSentences = FossVoices.Teams.Sentences;

namespace FossVoices.Tests.Teams;

public sealed class TeamsSettingsTests
{
    private const string App = "00000000-1111-2222-3333-444444444444";
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Whole = $"AppId={App}|Tenant={Tenant}|Secret=s3cret";

    public static TheoryData<string> Languages { get; } = [.. TeamsSentences.Wording.Languages];

    [Fact]
    public void Teams_is_off_where_nothing_is_set() => Assert.Null(Read("", out _));

    [Fact]
    public void An_app_a_tenant_and_a_secret_switch_the_public_cloud_on()
    {
        var settings = Read(Whole, out var wrong);

        Assert.Null(wrong);
        Assert.Equal(Cloud.Public, settings!.Cloud);
        Assert.Equal([Tenant], settings.AllowedTenants);
        Assert.False(settings.AllowUnauthenticated);
        Assert.Equal("s3cret", Assert.IsType<Credential.ClientSecret>(settings.Credential).Secret.Reveal());
    }

    [Fact]
    public void The_secret_shows_itself_to_nobody() => Assert.DoesNotContain("s3cret", Read(Whole, out _)!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Lists_can_be_divided_by_commas()
    {
        var settings = Read($"{Whole}|AllowedTenants={Tenant}, 22222222-2222-3333-4444-555555555555|Organisers=me@example.org;you@example.org", out _)!;

        Assert.Equal([Tenant, "22222222-2222-3333-4444-555555555555"], settings.AllowedTenants);
        Assert.Equal(["me@example.org", "you@example.org"], settings.Organisers);
    }

    [Theory]
    [InlineData("usgov", "https://api.botframework.us", "login.microsoftonline.us", "smba.infra.gov.teams.microsoft.us")]
    [InlineData("China", "https://api.botframework.azure.cn", "login.partner.microsoftonline.cn", "frontend.botapi.msg.infra.teams.microsoftonline.cn")]
    public void Other_clouds_have_addresses_of_their_own(string name, string issuer, string login, string host)
    {
        var cloud = Read($"{Whole}|Cloud={name}", out _)!.Cloud;

        Assert.Equal((issuer, login), (cloud.Issuer, cloud.Login.Host));
        Assert.Contains(host, cloud.ServiceHosts);
    }

    [Theory]
    [InlineData($"Tenant={Tenant}|Secret=s", "half configured: 'FossVoices:Teams:AppId' must hold")]
    [InlineData($"AppId=bot|Tenant={Tenant}|Secret=s", "half configured: 'FossVoices:Teams:AppId' must hold")]
    [InlineData($"AppId={App}|Secret=s", "half configured: 'FossVoices:Teams:Tenant' is missing")]
    [InlineData($"AppId={App}|Tenant=example.org|Secret=s", "'FossVoices:Teams:Tenant' must be a directory (tenant) id")]
    [InlineData($"AppId={App}|Tenant={Tenant}", "half configured: set one of 'FossVoices:Teams:Secret'")]
    [InlineData($"{Whole}|ManagedIdentity={App}", "Set only one of")]
    [InlineData($"{Whole}|CertificatePassword=x", "belongs to 'FossVoices:Teams:Certificate', which is not set")]
    [InlineData($"AppId={App}|Tenant={Tenant}|Certificate=no-such-file.pfx", "names the file 'no-such-file.pfx', which is not there")]
    [InlineData($"AppId={App}|Tenant={Tenant}|ManagedIdentity=mine", "must be the client id of the managed identity")]
    [InlineData($"{Whole}|Cloud=moon", "must be 'public', 'usgov' or 'china'")]
    [InlineData($"{Whole}|Metadata=http://example.org/keys", "'FossVoices:Teams:Metadata' must be an https address")]
    [InlineData($"{Whole}|Login=ftp://example.org", "'FossVoices:Teams:Login' must be an https address")]
    [InlineData($"{Whole}|Site=http://voices.example.org", "'FossVoices:Teams:Site' must be the public https address")]
    [InlineData($"{Whole}|AllowUnauthenticated=perhaps", "can be true or false")]
    [InlineData($"{Whole}|Tennant={Tenant}", "There is no setting 'FossVoices:Teams:Tennant'. Did you mean 'Tenant'?")]
    public void What_is_half_configured_is_said_in_one_sentence(string set, string said)
    {
        Assert.Null(Read(set, out var wrong));
        Assert.Contains(said, wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:0", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://voices.example.org:5080", false)]
    public void Hearing_everybody_is_for_this_computer_alone(string url, bool isFine)
    {
        var open = Read($"AppId={App}|Tenant={Tenant}|AllowUnauthenticated=true", out _)!;

        Assert.Equal(isFine, open.Bars(["http://localhost:1", url]) is null);
        Assert.Null(Read(Whole, out _)!.Bars([url]));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_says_every_sentence_with_the_same_places(string language)
    {
        var (original, translated) = (TeamsSentences.Wording.Sentences(Wording.Original), TeamsSentences.Wording.Sentences(language));

        Assert.Equal(original.Keys, translated.Keys);
        Assert.All(original, sentence => Assert.Equal(sentence.Value, translated[sentence.Key]));
    }

    private static TeamsSettings? Read(string set, out string? wrong)
    {
        var pairs = set.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => (Key: pair.Split('=', 2)[0], Value: pair.Split('=', 2)[1])).ToArray();
        return TeamsSettings.Read(key => pairs.Where(pair => pair.Key == key).Select(pair => pair.Value), pairs.Select(pair => pair.Key), out wrong);
    }
}
