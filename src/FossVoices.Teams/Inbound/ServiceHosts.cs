using System.Collections.Immutable;

namespace FossVoices.Teams.Inbound;

/// <summary>The hosts to which the bot's token may go. An address that merely looks like one of them is none.</summary>
/// <param name="hosts">Names, or names with a port.</param>
internal sealed class ServiceHosts(ImmutableArray<string> hosts)
{
    /// <summary>Whether a service address may be called with the bot's token: encrypted and on the list; a loopback address on the list may do without encryption.</summary>
    public bool Allow(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && hosts.Any(host => Is(host, uri));

    private static bool Is(string host, Uri uri) =>
        string.Equals(host, uri.Authority, StringComparison.OrdinalIgnoreCase)
        || (string.Equals(host, uri.Host, StringComparison.OrdinalIgnoreCase) && (uri.IsDefaultPort || uri.IsLoopback));
}
