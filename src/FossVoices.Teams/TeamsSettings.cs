using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Teams;

/// <summary>What the bot needs to be in Teams.</summary>
/// <param name="AppId">The bot's application (client) id.</param>
/// <param name="Tenant">The tenant in which the bot is registered.</param>
/// <param name="AllowedTenants">The tenants whose people it hears.</param>
/// <param name="Credential">Null only where nothing is authenticated.</param>
/// <param name="Organisers">Object ids, user ids (<c>29:…</c>) or sign-in names of those who may run a study; empty where the owners of a team may.</param>
/// <param name="AllowUnauthenticated">Hears everybody who reaches it. For trying things out on one machine.</param>
internal sealed record TeamsSettings(
    string AppId, string Tenant, ImmutableArray<string> AllowedTenants, Credential? Credential, Cloud Cloud, ImmutableArray<string> Organisers, bool AllowUnauthenticated)
{
    /// <summary>Where Teams calls: the bot's "messaging endpoint" ends in it.</summary>
    public const string Path = "/api/messages";

    /// <summary>The public https address of the program's pages, from which Teams can fetch a report's picture; null where there is none.</summary>
    public Uri? Site { get; init; }

    private const string Root = "FossVoices:Teams";

    private static readonly string[] s_keys =
    [
        "AppId", "Tenant", "AllowedTenants", "Secret", "Certificate", "CertificatePassword", "ManagedIdentity", "Cloud", "Organisers",
        "Site", "Metadata", "Issuer", "Login", "Scope", "ServiceHosts", "AllowUnauthenticated",
    ];

    /// <summary>Reads the settings under <c>FossVoices:Teams</c>.</summary>
    /// <param name="values">What is set under a key; none for nothing, several for a list.</param>
    /// <param name="keys">All keys that are set.</param>
    /// <param name="wrong">What is wrong with them, in one sentence; null where nothing is.</param>
    /// <returns>Null where Teams is off, or something is wrong.</returns>
    public static TeamsSettings? Read(Func<string, IEnumerable<string?>> values, IEnumerable<string> keys, out string? wrong)
    {
        wrong = null;
        if (keys.FirstOrDefault(key => !s_keys.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            var advice = Nearest.To(unknown, s_keys) is { } near ? $"Did you mean '{near}'?" : $"There is {string.Join(", ", s_keys)}.";
            wrong = $"There is no setting '{Root}:{Problems.Shown(unknown)}'. {advice}";
            return null;
        }

        if (s_keys.All(key => Set(key) is null))
            return null;
        var open = Set("AllowUnauthenticated");
        if (open is not null && !bool.TryParse(open, out _))
            wrong = $"'{Root}:AllowUnauthenticated' can be true or false.";
        var allowsAll = bool.TryParse(open, out var all) && all;
        var credential = CredentialOf(Set, out var credentialWrong);
        wrong ??= (AppIdOf(Set("AppId")), Set("Tenant"), credential) switch
        {
            (null, _, _) => $"Teams is half configured: '{Root}:AppId' must hold the bot's application (client) id, such as 00000000-1111-2222-3333-444444444444. Copy it from the bot's registration, or take the other Teams settings out.",
            (_, null, _) => $"Teams is half configured: '{Root}:Tenant' is missing. Copy the directory (tenant) id from the bot's registration.",
            (_, { } tenant, _) when !Guid.TryParse(tenant, out _) => $"'{Root}:Tenant' must be a directory (tenant) id, such as 00000000-1111-2222-3333-444444444444.",
            (_, _, null) when credentialWrong is not null => credentialWrong,
            (_, _, null) when !allowsAll => $"Teams is half configured: set one of '{Root}:Secret', '{Root}:Certificate' and '{Root}:ManagedIdentity', by which the bot shows that it is itself.",
            _ => null,
        };
        if (Set("Site") is { } site && SiteOf(site) is null)
            wrong ??= $"'{Root}:Site' must be the public https address of the program's pages, such as https://voices.example.org.";
        var cloud = CloudOf(Set, List, out var cloudWrong);
        wrong ??= cloudWrong;
        return wrong is null
            ? new TeamsSettings(
                AppIdOf(Set("AppId"))!, Set("Tenant")!, List("AllowedTenants") is { IsEmpty: false } tenants ? tenants : [Set("Tenant")!], credential, cloud!, List("Organisers"), allowsAll)
            {
                Site = SiteOf(Set("Site")),
            }
            : null;

        string? Set(string key) => List(key) is [var only, ..] ? only : null;

        ImmutableArray<string> List(string key) =>
            [.. values(key).OfType<string>().SelectMany(text => key.EndsWith('s') ? text.Split([',', ';']) : [text]).Select(text => text.Trim()).Where(text => text.Length > 0)];
    }

    /// <summary>Where Teams fetches pictures; ends in a slash, so that paths go below it.</summary>
    private static Uri? SiteOf(string? set) =>
        Uri.TryCreate(set, UriKind.Absolute, out var site) && site.Scheme == Uri.UriSchemeHttps && site is { Query: "", Fragment: "", UserInfo: "" } ? new Uri($"{site.AbsoluteUri.TrimEnd('/')}/") : null;

    /// <summary>The application id, for what needs nothing else; null where it is none.</summary>
    public static string? AppIdOf(string? set) => Guid.TryParse(set, out var id) ? id.ToString() : null;

    /// <summary>Why it can't run at these addresses, in a sentence; null where it can.</summary>
    public string? Bars(IEnumerable<string> addresses) =>
        AllowUnauthenticated && addresses.FirstOrDefault(address => !IsLoopback(address)) is { } far
            ? $"'{Root}:AllowUnauthenticated' lets anybody who reaches the bot speak as anybody, so it works only where the program listens to this computer alone, and not on {far}. Take it out, or use --urls http://localhost:5080."
            : null;

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static Credential? CredentialOf(Func<string, string?> set, out string? wrong)
    {
        var (secret, certificate, password, identity) = (set("Secret"), set("Certificate"), set("CertificatePassword"), set("ManagedIdentity"));
        wrong = (secret, certificate, identity) switch
        {
            (not null, not null, _) or (not null, _, not null) or (_, not null, not null) =>
                $"Set only one of '{Root}:Secret', '{Root}:Certificate' and '{Root}:ManagedIdentity': the bot shows that it is itself by one of them.",
            (_, null, _) when password is not null => $"'{Root}:CertificatePassword' belongs to '{Root}:Certificate', which is not set.",
            (_, { } path, _) when !File.Exists(path) => $"'{Root}:Certificate' names the file '{path}', which is not there. Give the path of a .pfx or .pem file with the private key.",
            (_, _, { } client) when !Guid.TryParse(client, out _) => $"'{Root}:ManagedIdentity' must be the client id of the managed identity, such as 00000000-1111-2222-3333-444444444444.",
            _ => null,
        };
        return wrong is not null ? null
            : secret is not null ? new Credential.ClientSecret(new Secret(secret, "client secret"))
            : certificate is not null ? new Credential.Certificate(certificate, password is null ? null : new Secret(password, "certificate password"))
            : identity is not null ? new Credential.ManagedIdentity(identity)
            : null;
    }

    private static Cloud? CloudOf(Func<string, string?> set, Func<string, ImmutableArray<string>> list, out string? wrong)
    {
        if (Cloud.Named(set("Cloud") ?? "public") is not { } cloud)
        {
            wrong = $"'{Root}:Cloud' must be 'public', 'usgov' or 'china'.";
            return null;
        }

        var (metadata, login) = (AddressOf(set("Metadata"), cloud.Metadata), AddressOf(set("Login"), cloud.Login));
        wrong = (metadata, login) switch
        {
            (null, _) => $"'{Root}:Metadata' must be an https address. Leave it out unless your cloud has another.",
            (_, null) => $"'{Root}:Login' must be an https address. Leave it out unless your cloud has another.",
            _ => null,
        };
        return wrong is null
            ? new Cloud(set("Issuer") ?? cloud.Issuer, metadata!, login!, set("Scope") ?? cloud.Scope, list("ServiceHosts") is { IsEmpty: false } hosts ? hosts : cloud.ServiceHosts)
            : null;
    }

    /// <summary>Only a test on the same computer may do without encryption.</summary>
    private static Uri? AddressOf(string? set, Uri otherwise) => set is null ? otherwise
        : Uri.TryCreate(set, UriKind.Absolute, out var given) && (given.Scheme == Uri.UriSchemeHttps || given is { Scheme: "http", IsLoopback: true }) ? given
        : null;
}
