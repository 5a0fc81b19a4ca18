using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Storage;

/// <summary>
/// What researchers conclude, and the answers that each conclusion rests on. A claim is sealed with a key of the study; a citation goes when its answer is withdrawn.
/// </summary>
internal sealed class ClaimStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>The longest claim, in UTF-16 code units.</summary>
    public const int Longest = 4000;

    public async Task<ImmutableArray<Claim>> AllAsync(string study, CancellationToken cancellationToken)
    {
        var key = KeyOf(study);
        var (claims, cited) = await database.LookAsync(
            async moment => (
                await moment.ListAsync<ClaimRow>("select claim, words, made_by as MadeBy from claim where study = @study order by at, claim", new { study }),
                await moment.ListAsync<CitationRow>("select claim, session || '/' || address as answer from claim_citation where study = @study order by session, address", new { study })),
            cancellationToken);
        var byClaim = cited.ToLookup(citation => citation.Claim, citation => citation.Answer, StringComparer.Ordinal);
        return
        [
            .. claims.Select(row => new Claim(
                row.Claim,
                Sealed.Open(key, BelongsTo(study, row.Claim), row.Words) is { } text
                    ? Encoding.UTF8.GetString(text)
                    : throw new StorageUnavailable("A claim does not fit the key of its study; restore data/keys/sessions.db from its backup."),
                row.MadeBy,
                [.. byClaim[row.Claim]])),
        ];
    }

    /// <summary>Makes a claim, or says an existing one anew.</summary>
    /// <param name="claim">Of what it cites, answers that are gone are left out.</param>
    public Task<bool> SaveAsync(string study, Claim claim, CancellationToken cancellationToken)
    {
        var words = Sealed.Seal(KeyOf(study), BelongsTo(study, claim.Id), Encoding.UTF8.GetBytes(claim.Text));
        return writer.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    """
                    insert into claim (study, claim, words, made_by, at) values (@study, @Id, @words, @MadeBy, @at)
                    on conflict (study, claim) do update set words = excluded.words
                    """,
                    new { study, claim.Id, words, claim.MadeBy, at = time.GetUtcNow().ToUnixTimeMilliseconds() });
                await transaction.ExecuteAsync("delete from claim_citation where study = @study and claim = @Id", new { study, claim.Id });
                foreach (var answer in claim.Cited.Distinct(StringComparer.Ordinal))
                {
                    await transaction.ExecuteAsync(
                        """
                        insert into claim_citation (study, claim, session, address)
                        select study, @Id, session, address from answer where study = @study and session || '/' || address = @answer and kind = 'words'
                        """,
                        new { study, claim.Id, answer });
                }

                return true;
            },
            cancellationToken);
    }

    public Task<int> DeleteAsync(string study, string claim, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync("delete from claim where study = @study and claim = @claim", new { study, claim }), cancellationToken);

    private byte[] KeyOf(string study) => HMACSHA256.HashData(database.StudyKey(study), "claims"u8);

    private static string BelongsTo(string study, string claim) => $"{study}|claim|{claim}";

    private sealed record ClaimRow
    {
        public string Claim { get; init; } = "";

        public byte[] Words { get; init; } = [];

        public string MadeBy { get; init; } = "";
    }

    private sealed record CitationRow
    {
        public string Claim { get; init; } = "";

        public string Answer { get; init; } = "";
    }
}
