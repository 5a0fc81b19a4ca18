using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using FossVoices.Channels;
using FossVoices.Discord.Rest;
using FossVoices.Studies;

namespace FossVoices.Discord;

/// <summary>
/// Which sides somebody's roles show. A role that a study names by its id is known from the click alone. A name is looked up, and counts only in servers
/// that the study file itself names: anybody can have a server with a role called "Maintainer".
/// </summary>
internal sealed class Roles(DiscordRest rest, TimeProvider time)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_failed = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, FrozenDictionary<string, string> Names)> _guilds = new(StringComparer.Ordinal);

    /// <summary>The sides that the study lets a role show and that this person's roles do show.</summary>
    public async Task<ImmutableArray<string>> SidesAsync(UserAction who, Study study, CancellationToken cancellationToken)
    {
        if (who.Guild is not { } guild || who.Roles.IsEmpty || study.Attestation.Values.All(proof => proof.DiscordRoles.IsEmpty))
            return [];
        var names = IsNamed(study, guild) ? await NamesAsync(guild, cancellationToken) : FrozenDictionary<string, string>.Empty;
        return
        [
            .. study.Attestation
                .Where(side => side.Value.DiscordRoles.Any(role => who.Roles.Any(id => id == role || names.GetValueOrDefault(id) == role)))
                .Select(side => side.Key),
        ];
    }

    /// <summary>Whether the study's file names the server, as the home of a channel for its reports.</summary>
    public static bool IsNamed(Study study, string guild) => GuildsOf(study).Contains(guild);

    /// <summary>The servers that the study's file names.</summary>
    public static IEnumerable<string> GuildsOf(Study study) =>
        study.Channels.Select(Place.TryRead).OfType<Place>().Where(place => place.Platform == Talk.Platform).Select(place => place.Community);

    private async Task<FrozenDictionary<string, string>> NamesAsync(string guild, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_guilds.TryGetValue(guild, out var known) && known.Until > now)
            return known.Names;
        var answer = await rest.SendAsync(new ApiRequest(Route.Roles(guild)), cancellationToken);
        var names = answer is ApiAnswer.Done({ ValueKind: JsonValueKind.Array } roles)
            ? roles.EnumerateArray().Where(role => ApiJson.Text(role, "id") is not null)
                .ToFrozenDictionary(role => ApiJson.Text(role, "id")!, role => ApiJson.Text(role, "name") ?? "", StringComparer.Ordinal)
            : null;
        _guilds[guild] = (now + (names is null ? s_failed : s_kept), names ?? FrozenDictionary<string, string>.Empty);
        return _guilds[guild].Names;
    }
}
