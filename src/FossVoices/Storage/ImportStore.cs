using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>One transcript to take in.</summary>
/// <param name="File">The file's name: what it is known by when it comes again.</param>
/// <param name="Wave">The wave's id; empty in a study without waves.</param>
/// <param name="Side"><c>upstream</c> or <c>downstream</c>.</param>
/// <param name="Public">Whether the narrators published the words themselves. Only then are their names kept.</param>
/// <param name="Release">What the narrators allow: <c>none</c> (kept, but in no report), <c>count</c>, <c>paraphrase</c>, <c>anonymous</c> or <c>named</c>.</param>
internal sealed record ImportedFile(
    string Study, string Wave, string File, string Side, bool Public, string Release, ImmutableArray<NarratedTurn> Turns);

/// <summary>What taking in a transcript did, in turns.</summary>
/// <param name="Narrators">Everybody who answers in it, in order of first appearance.</param>
/// <param name="Left">Those of whom nothing was taken in, since they had withdrawn.</param>
internal sealed record Imported(ImmutableArray<string> Narrators, int Added, int Changed, int Unchanged, int Removed, ImmutableArray<string> Left)
{
    /// <summary>By which narrators own their words, see what is kept and withdraw: to be handed to them, each their own.</summary>
    public ImmutableArray<(string Narrator, string Receipt)> Receipts { get; init; } = [];
}

/// <summary>
/// Takes transcripts in: a narrator is one respondent of the study, whichever files hold the turns, and a narrator's part of a file is one session.
/// The same file again changes nothing; a changed one replaces what it held before.
/// </summary>
internal sealed class ImportStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>The platform of imported sessions.</summary>
    public const string Platform = "import";

    /// <summary>The pseudonym of a narrator.</summary>
    public static string PseudonymOf(ReadOnlySpan<byte> studyKey, string narrator) => Pseudonym.Of(studyKey, Platform, narrator);

    public async Task<Imported> TakeAsync(ImportedFile file, CancellationToken cancellationToken)
    {
        var key = database.StudyKey(file.Study);
        var part = Keyed(key, $"file|{file.File}");
        var everybody = file.Turns.GroupBy(turn => turn.Narrator, StringComparer.Ordinal)
            .Select(narrator => SessionOf(key, part, file.Study, narrator.Key, [.. narrator])).ToList();
        var left = await LeftAsync(file.Study, key, everybody, cancellationToken);
        var sessions = everybody.Except(left).ToList();
        await Task.WhenAll(sessions.Select(session => database.Vault.MakeAsync(file.Study, session.Id, time.GetUtcNow(), cancellationToken)));
        var gone = new List<string>();
        var imported = await writer.WriteAsync(
            async transaction =>
            {
                var total = new Imported([.. sessions.Select(session => session.Narrator)], 0, 0, 0, 0, [.. left.Select(session => session.Narrator)])
                {
                    Receipts = [.. sessions.Select(session => (session.Narrator, Receipt.Of(key, file.Study, session.Id).Code))],
                };
                foreach (var session in sessions)
                {
                    total = await TallyBook.KeepAsync(transaction, file.Study, [session.Respondent], async () =>
                    {
                        await KeepSessionAsync(transaction, file, part, session);
                        return await KeepTurnsAsync(transaction, file.Study, session, total);
                    });
                }

                return total with { Removed = total.Removed + await RemoveOthersAsync(transaction, file.Study, part, sessions, gone) };
            },
            cancellationToken);
        await database.Vault.DestroyAsync(file.Study, gone, CancellationToken.None);
        return imported;
    }

    /// <summary>Those who withdrew from the study; not with a part of it that they have left here.</summary>
    private Task<List<Narration>> LeftAsync(string study, byte[] key, List<Narration> sessions, CancellationToken cancellationToken) => database.LookAsync(
        async moment =>
        {
            var left = new List<Narration>();
            foreach (var session in sessions)
            {
                if (await Withdrawal.HasLeftAsync(moment, study, key, session.Respondent)
                    && await moment.FindAsync<long>("select count(*) from session where study = @study and session = @Id", new { study, session.Id }) == 0)
                    left.Add(session);
            }

            return left;
        },
        cancellationToken);

    private static Narration SessionOf(ReadOnlySpan<byte> key, string part, string study, string narrator, ImmutableArray<NarratedTurn> turns)
    {
        var respondent = PseudonymOf(key, narrator);
        var id = Keyed(key, $"session|{part}|{respondent}");
        return new Narration(id, respondent, Receipt.Of(key, study, id).Fingerprint, narrator, turns);
    }

    private async Task KeepSessionAsync(SqliteTransaction transaction, ImportedFile file, string part, Narration session)
    {
        var row = new
        {
            file.Study,
            session.Id,
            session.Respondent,
            name = file.Public ? session.Narrator : null,
            flow = Session.ImportedFlow,
            file.Wave,
            part,
            session.Receipt,
            platform = Platform,
            @public = file.Public ? 1 : 0,
            file.Release,
            quotes = file.Release is "paraphrase" or "anonymous" or "named" ? file.Release : Progress.NoQuotes,
            draws = DrawsText.Of(NoDraws),
            file.Side,
            at = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await transaction.ExecuteAsync("insert into respondent (study, respondent) values (@Study, @Respondent) on conflict do nothing", row);
        if (await transaction.FindAsync<string>("select release from session where study = @Study and session = @Id", row) is { } before && before != file.Release)
            await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(file.Study), file.Study, session.Id, address: null, time.GetUtcNow());
        await transaction.ExecuteAsync(
            """
            insert into session (study, session, respondent, flow, wave, part, flow_hash, consent_hash, receipt, platform, source, public, attested, release, quotes,
                                 seed, draws, side, started_at, core_at, finished_at)
            values (@Study, @Id, @Respondent, @flow, @Wave, @part, '', '', @Receipt, @platform, '', @public, 0, @Release, @quotes, 0, @draws, @Side, @at, @at, @at)
            on conflict (study, session) do update
               set wave = excluded.wave, public = excluded.public, release = excluded.release, quotes = excluded.quotes, side = excluded.side
            """,
            row);
        await transaction.ExecuteAsync(
            """
            update respondent set name = case when exists (
                select 1 from session s where s.study = @Study and s.respondent = @Respondent and s.public = 1) then coalesce(@name, name) end
             where study = @Study and respondent = @Respondent
            """,
            row);
    }

    private async Task<Imported> KeepTurnsAsync(SqliteTransaction transaction, string study, Narration session, Imported total)
    {
        var (key, _) = await database.Vault.MakeAsync(study, session.Id, time.GetUtcNow(), CancellationToken.None); // It is there, unless it was destroyed this moment.
        var stored = (await transaction.ListAsync<TurnRow>(
            """
            select a.address, a.words, a.question, coalesce(o.rewritten, 0) as Rewritten
              from answer a left join own_words o on o.study = a.study and o.session = a.session and o.address = a.address
             where a.study = @study and a.session = @Id
            """,
            new { study, session.Id }))
            .ToDictionary(turn => turn.Address, StringComparer.Ordinal);
        for (var i = 0; i < session.Turns.Length; i++)
        {
            var turn = session.Turns[i];
            var address = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"turn-{i + 1:0000}");
            var known = stored.Remove(address, out var before);
            if (known && (before!.Rewritten != 0 || (before.Said(key) == turn.Words && before.Asked(key) == turn.Question))) // What its author changed stays as changed.
            {
                total = total with { Unchanged = total.Unchanged + 1 };
                continue;
            }

            await KeepTurnAsync(transaction, key, study, session.Id, address, turn, newWords: !known || before!.Said(key) != turn.Words);
            total = known ? total with { Changed = total.Changed + 1 } : total with { Added = total.Added + 1 };
        }

        foreach (var address in stored.Keys)
        {
            await OwnWordsRows.ForgetAsync(transaction, database.StudyKey(study), study, session.Id, address, time.GetUtcNow());
            await transaction.ExecuteAsync("delete from answer where study = @study and session = @Id and address = @address", new { study, session.Id, address });
        }

        return total with { Removed = total.Removed + stored.Count };
    }

    private async Task KeepTurnAsync(SqliteTransaction transaction, SessionKey key, string study, string session, string address, NarratedTurn turn, bool newWords)
    {
        await transaction.ExecuteAsync(
            """
            insert into answer (study, session, address, kind, words, question, on_path, at) values (@study, @session, @address, @kind, @words, @question, 1, @at)
            on conflict (study, session, address) do update set words = excluded.words, question = excluded.question, at = excluded.at
            """,
            new
            {
                study,
                session,
                address,
                kind = AnswerRow.InWords,
                words = Words.ToBytes(key, address, turn.Words),
                question = Words.ToBytes(key, Words.QuestionOf(address), turn.Question),
                at = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
        if (newWords)
        {
            await OwnWordsRows.ForgetAsync(transaction, database.StudyKey(study), study, session, address, time.GetUtcNow());
            await SessionWriting.ForgetCodingAsync(transaction, study, session, address);
        }
    }

    /// <summary>Who no longer speaks in the file leaves with it. Returns the turns removed.</summary>
    private async Task<int> RemoveOthersAsync(SqliteTransaction transaction, string study, string part, List<Narration> sessions, List<string> gone)
    {
        var removed = 0;
        var there = await transaction.ListAsync<string>("select session from session where study = @study and part = @part", new { study, part });
        foreach (var id in there.Except(sessions.Select(session => session.Id), StringComparer.Ordinal))
        {
            removed += await transaction.FindAsync<int>("select count(*) from answer where study = @study and session = @id", new { study, id });
            await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, id, address: null, time.GetUtcNow());
            await Withdrawal.DeleteAsync(transaction, study, id, studyKey: null);
            gone.Add(id);
        }

        return removed;
    }

    private static string Keyed(ReadOnlySpan<byte> key, string what) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"import|{what}")).AsSpan(0, 16));

    private static Draws NoDraws { get; } = new(
        0, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, ImmutableSortedDictionary<string, int>.Empty, ImmutableSortedSet<string>.Empty);

    private sealed record Narration(string Id, string Respondent, string Receipt, string Narrator, ImmutableArray<NarratedTurn> Turns);

    private sealed record TurnRow
    {
        public string Address { get; init; } = "";

        public byte[] Words { get; init; } = [];

        public byte[] Question { get; init; } = [];

        public long Rewritten { get; init; }

        public string Said(SessionKey key) => Storage.Words.FromBytes(key, Address, Words);

        public string Asked(SessionKey key) => Storage.Words.FromBytes(key, Storage.Words.QuestionOf(Address), Question);
    }
}
