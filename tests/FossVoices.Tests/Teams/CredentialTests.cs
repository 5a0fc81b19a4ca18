using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FossVoices.Teams;
using FossVoices.Teams.Connector;

namespace FossVoices.Tests.Teams;

/// <summary>The bot shows that it is itself, each way that it can, by the library that it uses; and the login believes no other.</summary>
public sealed class CredentialTests
{
    private const string Password = "certificate password";

    [Theory]
    [InlineData("bot.pfx")]
    [InlineData("bot.pem")]
    public async Task By_a_certificate_a_whole_question_is_asked(string file)
    {
        using var folder = new Web.Folder();
        var teams = await LoopbackTeams.StartAsync();
        using var certificate = Certificate();
        teams.Identity.BotCertificate = X509CertificateLoader.LoadCertificate(certificate.RawData);
        await using var program = await InTeams.StartAsync(teams, settings: [("Secret", ""), ("Certificate", Write(certificate, folder.File(file))), ("CertificatePassword", Password)]);
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");

        await ada.AgreeAsync();

        Assert.True(ada.IsAsked);
        Assert.Equal(1, teams.Identity.TokensGiven);
    }

    [Fact]
    public async Task A_certificate_that_the_login_does_not_know_gives_no_token()
    {
        using var folder = new Web.Folder();
        await using var teams = await LoopbackTeams.StartAsync();
        using var own = Certificate();
        using var other = Certificate();
        teams.Identity.BotCertificate = X509CertificateLoader.LoadCertificate(other.RawData);

        var no = await Assert.ThrowsAsync<NoToken>(() => TokenAsync(teams, ("Certificate", Write(own, folder.File("bot.pfx"))), ("CertificatePassword", Password)));

        Assert.Contains("is not registered", no.Message, StringComparison.Ordinal);
        Assert.Equal(0, teams.Identity.TokensGiven);
    }

    [Fact]
    public async Task A_certificate_that_the_password_does_not_open_is_one_sentence()
    {
        using var folder = new Web.Folder();
        await using var teams = await LoopbackTeams.StartAsync();
        using var own = Certificate();

        var no = await Assert.ThrowsAsync<NoToken>(() => TokenAsync(teams, ("Certificate", Write(own, folder.File("bot.pfx"))), ("CertificatePassword", "another")));

        Assert.Contains("can't be read with its private key", no.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another", no.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_a_secret_a_token_is_given_once_and_kept()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        var bearer = BearerOf(teams, ("Secret", TeamsWorld.Secret));

        var first = await bearer.TokenAsync(anew: false, TestContext.Current.CancellationToken);
        var again = await bearer.TokenAsync(anew: false, TestContext.Current.CancellationToken);
        var other = await bearer.TokenAsync(anew: true, TestContext.Current.CancellationToken);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(2, teams.Identity.TokensGiven);
    }

    [Theory]
    [InlineData(true, MachineRequest.Identity, "pass")]
    [InlineData(false, MachineRequest.Identity, "pass")]
    [InlineData(true, "33333333-3333-4444-8555-666666666666", "fail")]
    public async Task By_the_identity_of_the_machine_a_token_is_given_as_its_environment_says(bool isAppService, string identity, string verdict)
    {
        await using var teams = await LoopbackTeams.StartAsync();

        // In a process of its own, since the library finds out once where it runs. The keys are put out of reach, so that it ends there.
        var token = (await DoctorAsync(teams, identity, isAppService)).Single(line => line.StartsWith("Teams, token: ", StringComparison.Ordinal));

        Assert.True(token.StartsWith($"Teams, token: {verdict}. ", StringComparison.Ordinal), token);
        Assert.Equal(verdict == "pass" ? 1 : 0, teams.Identity.TokensGiven);
    }

    private static async Task<string[]> DoctorAsync(LoopbackTeams teams, string identity, bool isAppService)
    {
        using var folder = new Web.Folder();
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "fossvoices.dll"), "doctor", "--live", "--data", folder.File("data")])
        {
            WorkingDirectory = folder.File(""),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in InTeams.Settings(teams).Where(set => set.Key != "Secret"))
            start.Environment[$"FOSSVOICES__TEAMS__{key.ToUpperInvariant()}"] = value;
        start.Environment["FOSSVOICES__TEAMS__METADATA"] = $"{teams.Address}/nowhere";
        start.Environment["FOSSVOICES__TEAMS__MANAGEDIDENTITY"] = identity;
        start.Environment[isAppService ? "IDENTITY_ENDPOINT" : "AZURE_POD_IDENTITY_AUTHORITY_HOST"] = isAppService ? $"{teams.Address}{MachineRequest.AppService}" : teams.Address;
        if (isAppService)
            start.Environment["IDENTITY_HEADER"] = MachineRequest.AppServiceSecret;
        using var child = Process.Start(start)!;
        var (output, error) = (child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await error);
        return (await output).Split('\n');
    }

    private static Task<string?> TokenAsync(LoopbackTeams teams, params (string Key, string Value)[] shown) =>
        Task.Run(async () => await BearerOf(teams, shown).TokenAsync(anew: false, TestContext.Current.CancellationToken));

    private static IBearer BearerOf(LoopbackTeams teams, params (string Key, string Value)[] shown)
    {
        var set = InTeams.Settings(teams);
        set.Remove("Secret");
        foreach (var (key, value) in shown)
            set[key] = value;
        var settings = TeamsSettings.Read(key => set.TryGetValue(key, out var value) ? [value] : [], set.Keys, out var wrong);
        Assert.Null(wrong);
        return TeamsServices.BearerOf(settings!, TimeProvider.System);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>As the administrator has it in a file, closed by the password.</summary>
    private static string Write(X509Certificate2 certificate, string path)
    {
        if (path.EndsWith(".pfx", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, Password));
            return path;
        }

        using var key = certificate.GetRSAPrivateKey()!;
        var sealed_ = key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{sealed_}\n");
        return path;
    }
}
