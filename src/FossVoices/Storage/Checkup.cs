namespace FossVoices.Storage;

/// <summary>What a look over the store found.</summary>
/// <param name="Faults">What SQLite's own check and the foreign keys found, in its words; empty when sound.</param>
/// <param name="Sealed">Answers in people's own words that can be read with their key.</param>
/// <param name="Open">Those from before words were sealed.</param>
/// <param name="Unreadable">Those that cannot be read, as study, session and address.</param>
/// <param name="StrayKeys">Keys older than a day whose session is not there.</param>
internal sealed record Checkup(
    IReadOnlyList<string> Faults, int Sealed, int Open, IReadOnlyList<(string Study, string Session, string Address)> Unreadable, int StrayKeys)
{
    public bool Sound => Faults.Count == 0 && Unreadable.Count == 0;

    public static Task<Checkup> OfAsync(Database database, DateTimeOffset now, CancellationToken cancellationToken) => database.LookAsync(
        async moment =>
        {
            var faults = (await moment.ListAsync<string>("pragma integrity_check", new { })).Where(line => line != "ok").ToList();
            faults.AddRange(await moment.ListAsync<string>(
                "select distinct 'rows of ' || \"table\" || ' belong to nothing in ' || parent from pragma_foreign_key_check", new { }));
            var (readable, open, unreadable) = (0, 0, new List<(string, string, string)>());
            foreach (var row in await moment.ListAsync<Row>(
                "select study as Study, session as Session, address as Address, words as Words from answer where words is not null order by study, session, address", new { }))
            {
                if (!Storage.Words.NeedKey(row.Words))
                    open++;
                else if (CanRead(database, row))
                    readable++;
                else
                    unreadable.Add((row.Study, row.Session, row.Address));
            }

            return new Checkup(faults, readable, open, unreadable, await StrayAsync(database, now, moment));
        },
        cancellationToken);

    /// <summary>What can be said of a data folder whose keys are missing or others: which is only how much there is.</summary>
    /// <returns>Null where there is no database, or it cannot be read either.</returns>
    public static async Task<WithoutKeys?> WithoutKeysAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetFullPath(dataFolder), Database.FileName);
        if (!File.Exists(file))
            return null;
        try
        {
            await using var connection = await SqliteFile.OpenForReadingAsync(file, cancellationToken);
            return connection.List<WithoutKeys>(
                null,
                """
                select (select count(*) from session) as Sessions, (select count(*) from answer where words is null) as Chosen,
                       (select count(*) from answer where hex(substr(words, 1, 1)) = '03') as Words
                """,
                new { }).Single();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return null;
        }
    }

    private static bool CanRead(Database database, Row row)
    {
        try
        {
            _ = Storage.Words.FromBytes(database.Vault.Find(row.Study, row.Session), row.Address, row.Words);
            return true;
        }
        catch (StorageUnavailable)
        {
            return false;
        }
    }

    private static async Task<int> StrayAsync(Database database, DateTimeOffset now, Microsoft.Data.Sqlite.SqliteTransaction moment)
    {
        var stray = 0;
        for (var after = ("", ""); database.Vault.MadeBefore(now.AddDays(-1), after, atMost: 1000) is { Count: > 0 } keys; after = keys[^1])
        {
            foreach (var (study, session) in keys)
            {
                if (await moment.FindAsync<long>("select count(*) from session where study = @study and session = @session", new { study, session }) == 0)
                    stray++;
            }
        }

        return stray;
    }

    private sealed record Row(string Study, string Session, string Address, byte[] Words);
}

/// <summary>What is in a database, counted without any key.</summary>
/// <param name="Chosen">Answers that were chosen: they are not encrypted.</param>
/// <param name="Words">Answers in people's own words that only the keys can open.</param>
internal sealed record WithoutKeys(long Sessions, long Chosen, long Words);
