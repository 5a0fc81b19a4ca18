using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace FossVoices.Teams.Connector;

/// <summary>Tokens from Microsoft's identity platform, by client credentials or a managed identity; kept until shortly before they end.</summary>
internal sealed class MsalBearer : IBearer
{
    private static readonly TimeSpan s_before = TimeSpan.FromMinutes(5);

    private readonly Func<bool, CancellationToken, Task<AuthenticationResult>> _acquire;
    private readonly TimeProvider _time;
    private AuthenticationResult? _last;

    /// <exception cref="NoToken">The certificate can't be read.</exception>
    public MsalBearer(TeamsSettings settings, HttpClient http, TimeProvider time)
    {
        _time = time;
        var scope = settings.Cloud.Scope;
        if (settings.Credential is Credential.ManagedIdentity(var client))
        {
            var identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(client)).WithHttpClientFactory(new OneClient(http)).Build();
            var resource = scope.EndsWith("/.default", StringComparison.Ordinal) ? scope[..^"/.default".Length] : scope;
            _acquire = (anew, cancellationToken) => identity.AcquireTokenForManagedIdentity(resource).WithForceRefresh(anew).ExecuteAsync(cancellationToken);
            return;
        }

        // The library insists on https, which a test on the same computer has not; the client puts it right again.
        var login = new UriBuilder(settings.Cloud.Login) { Scheme = Uri.UriSchemeHttps, Port = settings.Cloud.Login.Port }.Uri;
        var builder = ConfidentialClientApplicationBuilder.Create(settings.AppId)
            .WithAuthority($"{login.ToString().TrimEnd('/')}/{settings.Tenant}", validateAuthority: false)
            .WithInstanceDiscovery(enableInstanceDiscovery: false)
            .WithHttpClientFactory(new OneClient(http));
        var application = (settings.Credential switch
        {
            Credential.ClientSecret(var secret) => builder.WithClientSecret(secret.Reveal()),
            Credential.Certificate certificate => builder.WithCertificate(Read(certificate)),
            _ => throw new System.Diagnostics.UnreachableException(),
        }).Build();
        _acquire = (anew, cancellationToken) => application.AcquireTokenForClient([scope]).WithForceRefresh(anew).ExecuteAsync(cancellationToken);
    }

    public async ValueTask<string?> TokenAsync(bool anew, CancellationToken cancellationToken)
    {
        if (!anew && _last is { } last && _time.GetUtcNow() < last.ExpiresOn - s_before)
            return last.AccessToken;
        try
        {
            _last = await _acquire(anew, cancellationToken);
            return _last.AccessToken;
        }
        catch (MsalException e)
        {
            // The library's messages name the request, never the secret; their first line says what is wrong.
            throw new NoToken($"Microsoft gives the bot no token ({e.ErrorCode}): {e.Message.Split('\n')[0].Trim()}", e);
        }
        catch (HttpRequestException e)
        {
            throw new NoToken($"Microsoft's login can't be reached: {e.Message}", e);
        }
    }

    /// <summary>The client for <see cref="MsalBearer"/>: calls the login as the settings have it.</summary>
    public static HttpClient Client(Uri login) => new(new AsSet(login) { InnerHandler = new SocketsHttpHandler() }) { Timeout = TimeSpan.FromSeconds(30) };

    private static X509Certificate2 Read(Credential.Certificate certificate)
    {
        try
        {
            var password = certificate.Password?.Reveal();
            return X509Certificate2.GetCertContentType(certificate.Path) == X509ContentType.Pkcs12 ? X509CertificateLoader.LoadPkcs12FromFile(certificate.Path, password)
                : password is null ? X509Certificate2.CreateFromPemFile(certificate.Path)
                : X509Certificate2.CreateFromEncryptedPemFile(certificate.Path, password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new NoToken($"The certificate in '{certificate.Path}' can't be read with its private key: {e.Message} Check 'FossVoices:Teams:Certificate' and 'FossVoices:Teams:CertificatePassword'.", e);
        }
    }

    private sealed class OneClient(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }

    private sealed class AsSet(Uri login) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { } address && address.Authority == login.Authority && address.Scheme != login.Scheme)
                request.RequestUri = new UriBuilder(address) { Scheme = login.Scheme, Port = login.Port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
