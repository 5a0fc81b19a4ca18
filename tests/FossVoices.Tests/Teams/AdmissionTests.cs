using System.Collections.Immutable;
using System.Text.Json;
using FossVoices.Teams.Inbound;

namespace FossVoices.Tests.Teams;

public sealed class AdmissionTests
{
    private const string Service = "https://smba.trafficmanager.net/teams/";
    private static readonly ImmutableArray<string> s_tenants = ["home"];
    private static readonly ServiceHosts s_hosts = new(["smba.trafficmanager.net", "127.0.0.1"]);
    private static readonly DateTime s_noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(Service, "msteams", "home", null)]
    [InlineData("HTTPS://SMBA.trafficmanager.net/teams/", "msteams", "home", null)]
    [InlineData("https://smba.trafficmanager.net/other/", "msteams", "home", Barred.ServiceUrl)]
    [InlineData("https://evil.example/", "msteams", "home", Barred.ServiceUrl)]
    [InlineData(null, "msteams", "home", Barred.ServiceUrl)]
    [InlineData(Service, "webchat", "home", Barred.Endorsement)]
    [InlineData(Service, "msteams", "elsewhere", Barred.Tenant)]
    internal void What_a_request_says_has_to_fit_its_token_and_the_settings(string? claimed, string channel, string tenant, Barred? barred) =>
        Assert.Equal(barred, Admission.Of(ActivityOf(Service, channel, tenant), new Bearer(claimed, new HashSet<string>(["msteams"], StringComparer.Ordinal)), s_hosts, s_tenants));

    [Fact]
    public void A_key_that_may_not_sign_for_Teams_brings_nothing_in() =>
        Assert.Equal(Barred.Endorsement, Admission.Of(ActivityOf(Service, "msteams", "home"), new Bearer(Service, new HashSet<string>(["directline"], StringComparer.Ordinal)), s_hosts, s_tenants));

    [Fact]
    public void Both_tenants_that_a_request_names_have_to_be_heard()
    {
        var activity = Activity.TryRead(JsonDocument.Parse(
            $$"""{"type":"message","id":"1","serviceUrl":"{{Service}}","channelId":"msteams","from":{"id":"29:x"},"conversation":{"id":"a:1","tenantId":"home"},"channelData":{"tenant":{"id":"other"} } }""").RootElement)!;

        Assert.Equal(Barred.Tenant, Admission.Of(activity, bearer: null, s_hosts, s_tenants));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/teams/", true)]
    [InlineData("https://SMBA.TrafficManager.net", true)]
    [InlineData("http://127.0.0.1:4711/", true)]
    [InlineData("http://smba.trafficmanager.net/", false)]
    [InlineData("https://smba.trafficmanager.net:8443/", false)]
    [InlineData("https://smba.trafficmanager.net.evil.example/", false)]
    [InlineData("https://evil.example/smba.trafficmanager.net", false)]
    [InlineData("https://smba.trafficmanager.net@evil.example/", false)]
    [InlineData("https://x@smba.trafficmanager.net/", false)]
    [InlineData("https://sub.smba.trafficmanager.net/", false)]
    [InlineData("ftp://smba.trafficmanager.net/", false)]
    [InlineData("//smba.trafficmanager.net/", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_bots_token_goes_to_hosts_on_the_list_and_nowhere_else(string? address, bool allowed) => Assert.Equal(allowed, s_hosts.Allow(address));

    [Theory]
    [InlineData(-10, 10, true)]
    [InlineData(-10, -4, true)]
    [InlineData(-10, -5, false)]
    [InlineData(5, 10, true)]
    [InlineData(6, 10, false)]
    public void A_token_holds_give_or_take_five_minutes(int from, int until, bool holds) =>
        Assert.Equal(holds, TokenCheck.IsNow(s_noon.AddMinutes(from), s_noon.AddMinutes(until), s_noon));

    [Fact]
    public void A_token_that_never_ends_does_not_hold() => Assert.False(TokenCheck.IsNow(s_noon, null, s_noon));

    private static Activity ActivityOf(string service, string channel, string tenant) => Activity.TryRead(JsonDocument.Parse(
        $$"""{"type":"message","id":"1","serviceUrl":"{{service}}","channelId":"{{channel}}","from":{"id":"29:x"},"conversation":{"id":"a:1","tenantId":"{{tenant}}"},"text":"hello"}""").RootElement)!;
}
