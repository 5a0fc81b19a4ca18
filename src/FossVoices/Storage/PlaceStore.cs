using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Channels;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>What a place is to a study.</summary>
internal enum PlaceRole
{
    /// <summary>Where people are invited, and reports are posted.</summary>
    Channel,

    /// <summary>Where those who run the study talk: feedback and previews go there.</summary>
    Organisers,
}

/// <summary>
/// Remembers where a study may write. The platform's ids are sealed under a key of the study; in the clear there are only keyed hashes. A place is
/// forgotten when the bot is removed from it, and nothing is sent there any more.
/// </summary>
internal sealed class PlaceStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>What stands for a server or team in one study, 32 hex digits.</summary>
    public static string CommunityOf(ReadOnlySpan<byte> studyKey, string platform, string community) => Hash(studyKey, $"community|{platform}|{community}");

    /// <summary>What stands for the server or team of a place in one study; everybody who comes by the web is in one.</summary>
    public Reports.Community CommunityOf(string study, Place place) => place.Platform == Place.Web
        ? Reports.Community.Web
        : new Reports.Community(place.Platform, CommunityOf(database.StudyKey(study), place.Platform, place.Community));

    /// <summary>What stands for a place in one study, 32 hex digits.</summary>
    public static string KeyOf(ReadOnlySpan<byte> studyKey, Place place) => Hash(studyKey, $"place|{place.Platform}|{place.Id}");

    /// <summary>Remembers a place, or what it is to the study from now on.</summary>
    /// <param name="address">What the platform's channel needs to write there; null to keep what is known, or else the place's id.</param>
    /// <param name="again">
    /// Whether the bot has just been asked in, which makes up for having been removed. A study file that still names the place does not.
    /// </param>
    /// <returns>What stands for it; null where it is forgotten and stays so.</returns>
    public Task<string?> RememberAsync(string study, Place place, PlaceRole role, string? address, bool again, CancellationToken cancellationToken)
    {
        var studyKey = database.StudyKey(study);
        var key = KeyOf(studyKey, place);
        var row = new
        {
            study,
            place = key,
            role = NameOf(role),
            place.Platform,
            community = CommunityOf(studyKey, place.Platform, place.Community),
            address = AddressSeal.Seal(studyKey, study, key, address ?? place.Id),
            since = time.GetUtcNow().ToUnixTimeMilliseconds(),
            given = address is null ? 0 : 1,
            again = again ? 1 : 0,
        };
        return writer.WriteAsync<string?>(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    """
                    insert into place (study, place, role, platform, community, address, since)
                    values (@study, @place, @role, @Platform, @community, @address, @since)
                    on conflict (study, place) do update
                       set role = excluded.role, gone_at = null,
                           address = case when @given = 1 or place.address is null then excluded.address else place.address end
                     where place.gone_at is null or @again = 1
                    """,
                    row);
                return await transaction.FindAsync<long>("select count(*) from place where study = @study and place = @place and gone_at is null", new { study, place = key }) == 1
                    ? key
                    : null;
            },
            cancellationToken);
    }

    /// <summary>The bot was removed from a place, or from the server or team that it names: forgets the addresses and cancels what was to go there.</summary>
    /// <returns>How many places were forgotten, over all studies.</returns>
    public Task<int> ForgetAsync(Place place, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var forgotten = 0;
            foreach (var study in await transaction.ListAsync<string>("select distinct study from place", new { }))
            {
                var studyKey = database.StudyKey(study);
                foreach (var key in await transaction.ListAsync<string>(
                    "select place from place where study = @study and (place = @place or community = @community) and gone_at is null",
                    new { study, place = KeyOf(studyKey, place), community = CommunityOf(studyKey, place.Platform, place.Id) }))
                {
                    await ForgetAsync(transaction, study, key, "The bot was removed from there.", time.GetUtcNow());
                    forgotten++;
                }
            }

            return forgotten;
        },
        cancellationToken);

    /// <summary>Where a study may write, in one role; the keys only.</summary>
    public Task<IReadOnlyList<string>> InAsync(string study, PlaceRole role, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<string>>(
        async moment => await moment.ListAsync<string>(
            "select place from place where study = @study and role = @role and gone_at is null order by since, place", new { study, role = NameOf(role) }),
        cancellationToken);

    /// <summary>
    /// The channels that a study's file names, remembered so that they can be written to, and those in which an organiser opened it; without those
    /// that the bot was removed from. The keys only.
    /// </summary>
    /// <param name="named">As <see cref="Place.TryRead"/> takes them.</param>
    public Task<ImmutableArray<string>> ChannelsAsync(string study, IEnumerable<string> named, CancellationToken cancellationToken) =>
        ChannelsAsync(study, named, at: null, cancellationToken);

    /// <summary>As above.</summary>
    /// <param name="at">Only those of this server or team; null for all.</param>
    public async Task<ImmutableArray<string>> ChannelsAsync(string study, IEnumerable<string> named, Reports.Community? at, CancellationToken cancellationToken)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        foreach (var channel in named)
        {
            var place = Place.TryRead(channel) ?? throw new System.Diagnostics.UnreachableException(channel);
            if (await RememberAsync(study, place, PlaceRole.Channel, address: null, again: false, cancellationToken) is { } key)
                keys.Add(key);
        }

        var all = keys.Union(await InAsync(study, PlaceRole.Channel, cancellationToken), StringComparer.Ordinal);
        if (at is null)
            return [.. all];
        var there = await database.LookAsync(
            moment => moment.ListAsync<string>("select place from place where study = @study and community = @Key", new { study, at.Key }), cancellationToken);
        return [.. all.Intersect(there, StringComparer.Ordinal)];
    }

    /// <summary>The servers and teams in which a study has a channel, see <see cref="ChannelsAsync(string, IEnumerable{string}, CancellationToken)"/>.</summary>
    public async Task<ImmutableArray<Reports.Community>> CommunitiesAsync(string study, IEnumerable<string> named, CancellationToken cancellationToken)
    {
        await ChannelsAsync(study, named, cancellationToken);
        return await database.LookAsync<ImmutableArray<Reports.Community>>(
            async moment =>
            [
                .. (await moment.ListAsync<CommunityRow>(
                    """
                    select platform, community, min(since) as since from place where study = @study and role = 'channel' and gone_at is null
                     group by platform, community order by since, community
                    """,
                    new { study })).Select(row => new Reports.Community(row.Platform, row.Community)),
            ],
            cancellationToken);
    }

    internal static async Task ForgetAsync(SqliteTransaction transaction, string study, string place, string why, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        await transaction.ExecuteAsync("update place set address = null, gone_at = @at where study = @study and place = @place", new { study, place, at });
        await transaction.ExecuteAsync(
            "update outbox set state = 'cancelled', reason = @why, done_at = @at where study = @study and place = @place and state = 'waiting'", new { study, place, why, at });
        await transaction.ExecuteAsync("update outbox set message = null where study = @study and place = @place", new { study, place });
    }

    private static string NameOf(PlaceRole role) => role == PlaceRole.Organisers ? "organisers" : "channel";

    private static string Hash(ReadOnlySpan<byte> studyKey, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private sealed record CommunityRow
    {
        public string Platform { get; init; } = "";

        public string Community { get; init; } = "";
    }
}

/// <summary>Platforms' ids at rest: sealed under a key of the study, bound to the row they belong to.</summary>
internal static class AddressSeal
{
    public static byte[] Seal(ReadOnlySpan<byte> studyKey, string study, string belongsTo, string id) =>
        Sealed.Seal(KeyOf(studyKey), $"{study}|{belongsTo}", Encoding.UTF8.GetBytes(id));

    /// <summary>Null where it was sealed with other keys, or has been changed.</summary>
    public static string? Open(ReadOnlySpan<byte> studyKey, string study, string belongsTo, byte[] bytes) =>
        Sealed.Open(KeyOf(studyKey), $"{study}|{belongsTo}", bytes) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    private static byte[] KeyOf(ReadOnlySpan<byte> studyKey) => HMACSHA256.HashData(studyKey, "addresses"u8);
}
