using System.Collections.Immutable;

namespace FossVoices.Teams;

/// <summary>One of Microsoft's clouds: who signs what comes in, where tokens come from, and where they may go.</summary>
/// <param name="Issuer">Who tokens must be from.</param>
/// <param name="Metadata">The OpenID metadata, which names the signing keys.</param>
/// <param name="Login">The authority that gives tokens to the bot.</param>
/// <param name="Scope">What the bot asks a token for.</param>
/// <param name="ServiceHosts">The hosts that the bot's token may go to, and no other: whoever gets it is the bot.</param>
internal sealed record Cloud(string Issuer, Uri Metadata, Uri Login, string Scope, ImmutableArray<string> ServiceHosts)
{
    public static Cloud Public { get; } = new(
        "https://api.botframework.com", new Uri("https://login.botframework.com/v1/.well-known/openidconfiguration"), new Uri("https://login.microsoftonline.com"),
        "https://api.botframework.com/.default", ["smba.trafficmanager.net", "smba.onyx.prod.teams.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"]);

    public static Cloud UsGov { get; } = new(
        "https://api.botframework.us", new Uri("https://login.botframework.azure.us/v1/.well-known/openidconfiguration"), new Uri("https://login.microsoftonline.us"),
        "https://api.botframework.us/.default", ["smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"]);

    public static Cloud China { get; } = new(
        "https://api.botframework.azure.cn", new Uri("https://login.botframework.azure.cn/v1/.well-known/openidconfiguration"), new Uri("https://login.partner.microsoftonline.cn"),
        "https://api.botframework.azure.cn/.default", ["frontend.botapi.msg.infra.teams.microsoftonline.cn"]);

    /// <summary>The cloud of a name; null where there is none.</summary>
    public static Cloud? Named(string name) => name.ToLowerInvariant() switch
    {
        "public" => Public,
        "usgov" => UsGov,
        "china" => China,
        _ => null,
    };
}
