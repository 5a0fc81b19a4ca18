using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Whose words leave with an export.</summary>
internal enum WordsTaken
{
    /// <summary>All that the study team may read: everybody's, save what narrators released for counts alone.</summary>
    Team,

    /// <summary>Only the words of people who agreed to be quoted, with or without a name.</summary>
    Quotable,

    /// <summary>Nobody's.</summary>
    None,
}

/// <summary>
/// Gathers a study to be exported. Persons and sessions get names that are made for exports: the same in each, so that a later one can be laid beside an
/// earlier one, and leading back to the store for nobody who does not have the study's key.
/// </summary>
internal sealed class ExportRun(Database database, BundleStore bundles, CodebookStore codebooks, ClaimStore claims, TimeProvider time)
{
    private const int Page = 200;

    /// <param name="progress">Hears how many sessions have been read so far, of how many.</param>
    public async Task<Exported> GatherAsync(Study study, WordsTaken words, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(study, cancellationToken);
        var flows = versions.ToDictionary(version => version.Flow.Hash, version => version.Flow, StringComparer.Ordinal);
        var kept = await codebooks.AllAsync(study.Id, cancellationToken);
        var names = kept.ToDictionary(book => book.Number, book => CodingTables.VersionOf(book.Codebook));
        var store = new ExportStore(database);
        var ids = await store.SessionsAsync(study.Id, cancellationToken);
        var key = HMACSHA256.HashData(database.StudyKey(study.Id), "export"u8);
        var sessions = ImmutableArray.CreateBuilder<ExportedSession>(ids.Count);
        foreach (var page in ids.Chunk(Page))
        {
            var loaded = await store.LoadAsync(study.Id, page, number => names.GetValueOrDefault(number, ""), cancellationToken);
            sessions.AddRange(loaded.Select(stored => Leaving(stored, flows.GetValueOrDefault(stored.Session.FlowHash), words, key)));
            progress?.Report((sessions.Count, ids.Count));
        }

        return new Exported(
            study.Id, study.Title, study.Language, time.GetUtcNow(),
            [.. kept.Select(book => book.Codebook).Where(book => book.Hash != study.Codebook.Hash).DistinctBy(book => book.Hash), study.Codebook],
            versions,
            [.. sessions.OrderBy(s => s.Session.Respondent, StringComparer.Ordinal).ThenBy(s => s.Session.Flow, StringComparer.Ordinal).ThenBy(s => s.Session.Id, StringComparer.Ordinal)])
        {
            // A claim may repeat anybody's words, so it leaves only where all words do.
            Claims = words == WordsTaken.Team ? Leaving(await claims.AllAsync(study.Id, cancellationToken), ids.ToHashSet(StringComparer.Ordinal), key) : [],
        };
    }

    /// <param name="leaving">The sessions that leave; what a claim cites of others is left out.</param>
    private static ImmutableArray<ExportedClaim> Leaving(IEnumerable<Claim> claims, HashSet<string> leaving, byte[] key) =>
        [.. claims.Select(claim => new ExportedClaim(
            Named(key, "c", claim.Id), claim.Text, claim.MadeBy,
            [.. claim.Cited.Select(answer => answer.Split('/', 2)).Where(cited => leaving.Contains(cited[0])).Select(cited => (Named(key, "s", cited[0]), cited[1]))]))];

    /// <summary>Every version of every flow that was ever begun and can still be read, and last the files as they are now.</summary>
    private async Task<ImmutableArray<ExportedFlow>> VersionsAsync(Study study, CancellationToken cancellationToken)
    {
        var versions = ImmutableArray.CreateBuilder<ExportedFlow>();
        foreach (var bundle in await bundles.AllAsync(study.Id, cancellationToken))
        {
            if (bundle.Open() is { } then && then.Flows.GetValueOrDefault(bundle.Flow) is { } flow)
                versions.Add(ExportedFlow.Of(then, flow));
        }

        var frozen = versions.Select(version => version.Flow.Hash).ToHashSet(StringComparer.Ordinal);
        versions.AddRange(study.Flows.Values.Where(flow => !frozen.Contains(flow.Hash)).Select(flow => ExportedFlow.Of(study, flow)));
        return versions.ToImmutable();
    }

    private static ExportedSession Leaving(SessionToExport stored, Flow? asked, WordsTaken words, byte[] key)
    {
        var session = stored.Session;
        var hasWords = stored.Release != "count" && words switch
        {
            WordsTaken.Team => true,
            WordsTaken.Quotable => session.Progress.Quotes is "anonymous" or "named",
            _ => false,
        };
        var told = stored.Released.ToImmutableDictionary(its => its.Key, its => words switch
        {
            WordsTaken.Team => its.Value > Release.Count,
            WordsTaken.Quotable => its.Value.ShowsWords(),
            _ => false,
        });
        return new ExportedSession(
            session with { Id = Named(key, "s", session.Id), Respondent = Named(key, "p", session.Respondent) }, asked,
            session.Origin.Public && session.Progress.Quotes == "named" ? stored.Name : null,
            stored.Side, stored.BothSides, stored.Release, hasWords,
            stored.Questions.RemoveRange(stored.Questions.Keys.Where(address => !told.GetValueOrDefault(address, hasWords))), stored.LeftBehind, stored.Codings, stored.Readings)
        {
            Released = told,
            Memos = stored.Memos,
        };
    }

    private static string Named(byte[] key, string kind, string id) =>
        $"{kind}_{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}|{id}")).AsSpan(0, 8))}";
}
