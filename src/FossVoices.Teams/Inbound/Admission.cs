using System.Collections.Immutable;

namespace FossVoices.Teams.Inbound;

/// <summary>Why a request is turned away; for the log, not for whoever sent it.</summary>
internal enum Barred
{
    /// <summary>The token names another address to answer to, or none.</summary>
    ServiceUrl,

    /// <summary>The key may not sign for this channel.</summary>
    Endorsement,

    /// <summary>The bot's own token may not go to the address to answer to.</summary>
    Host,

    /// <summary>The people of this tenant are not heard.</summary>
    Tenant,
}

/// <summary>Whether what a request says of itself fits the token it came with, and the settings.</summary>
internal static class Admission
{
    /// <summary>The one channel this bot is in.</summary>
    public const string Channel = "msteams";

    /// <param name="bearer">Null where nothing is authenticated.</param>
    /// <returns>Null where it is let in.</returns>
    public static Barred? Of(Activity activity, Bearer? bearer, ServiceHosts hosts, ImmutableArray<string> tenants) =>
        bearer is not null && !string.Equals(Trimmed(bearer.ServiceUrl), Trimmed(activity.ServiceUrl), StringComparison.OrdinalIgnoreCase) ? Barred.ServiceUrl
        : bearer is not null && (activity.Channel != Channel || !bearer.Channels.Contains(activity.Channel)) ? Barred.Endorsement
        : !hosts.Allow(activity.ServiceUrl) ? Barred.Host
        : activity.Tenants.IsEmpty || activity.Tenants.Any(tenant => !tenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)) ? Barred.Tenant
        : null;

    private static string? Trimmed(string? address) => address is { Length: > 0 } ? address.TrimEnd('/') : null;
}
