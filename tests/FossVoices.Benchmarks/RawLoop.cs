using System.Diagnostics;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace FossVoices.Benchmarks;

/// <summary>The ceiling: the statements of a turn, prepared once and run in a plain loop, committed in batches. No queue, no flow, no objects, no keys.</summary>
internal static class RawLoop
{
    public static async Task<Measured> MeasureAsync(int batch, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-bench-").FullName;
        try
        {
            await using var database = await Database.OpenAsync(folder, CancellationToken.None);
            await using var connection = await database.OpenForWritingAsync(CancellationToken.None);
            var loop = new Statements(connection);
            connection.Execute(null, "insert into tally_rules (study, rules) values (@Study, @Text)", new { SmallFlow.Study, TallyRules.None.Text });
            var clock = Stopwatch.StartNew();
            var cpu = Environment.CpuUsage.TotalTime;
            var took = new List<double>();
            for (var round = 0; clock.Elapsed < TimeSpan.FromSeconds(seconds); round++)
            {
                for (var turn = 0; turn < Interview.Turns; turn++)
                {
                    var start = clock.Elapsed;
                    await using var transaction = connection.BeginTransaction();
                    for (var person = 0; person < batch; person++)
                        loop.Take(transaction, $"{person}-{round}", turn);
                    await transaction.CommitAsync();
                    took.AddRange(Enumerable.Repeat((clock.Elapsed - start).TotalMilliseconds, batch));
                }
            }

            return Measured.Of(took, clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Statements(SqliteConnection connection)
    {
        private readonly byte[] _words = new byte[180];
        private readonly SqliteCommand _save = Command(connection, "savepoint turn");
        private readonly SqliteCommand _release = Command(connection, "release turn");
        private readonly SqliteCommand _open = Command(connection, "insert into inbox (study, delivery, at) values (@study, @delivery, 1) on conflict do nothing", "delivery");
        private readonly SqliteCommand _keep = Command(
            connection,
            "update inbox set session = @session, kind = 'asked', address = 'why', revision = @n, refusal = '' where study = @study and delivery = @delivery",
            "session", "n", "delivery");

        private readonly SqliteCommand _find = Command(
            connection,
            """
            select study, session, respondent, flow, flow_hash, wave, platform, source, public, attested, quotes, seed, draws, side, standing, revisiting, paused, revision,
                   started_at, core_at, finished_at, keep_until
              from session where study = @study and session = @session
            """,
            "session");

        private readonly SqliteCommand _findOwn = Command(
            connection,
            """
            select study, session, respondent, flow, flow_hash, wave, platform, source, public, attested, quotes, seed, draws, side, standing, revisiting, paused, revision,
                   started_at, core_at, finished_at, keep_until
              from session where study = @study and respondent = @respondent and flow = 'survey' and wave = '' order by started_at desc, session limit 1
            """,
            "respondent");

        private readonly SqliteCommand _answers = Command(
            connection, "select address, kind, value, number, words, on_path, at from answer where study = @study and session = @session", "session");

        private readonly SqliteCommand _heard = Command(
            connection,
            """
            select h.address, h.lexicon, h.distress, c.code, c.confidence
              from heard h
              left join heard_code c on c.study = h.study and c.session = h.session and c.address = h.address
             where h.study = @study and h.session = @session
             order by h.address, c.place
            """,
            "session");

        private readonly SqliteCommand _answer = Command(
            connection,
            """
            insert into answer (study, session, address, kind, value, number, words, on_path, at) values (@study, @session, @address, 'point', '', @n, @words, 1, 1)
            on conflict (study, session, address) do update
               set kind = excluded.kind, value = excluded.value, number = excluded.number, words = excluded.words, on_path = excluded.on_path, at = excluded.at
            """,
            "session", "address", "n", "words");

        private readonly SqliteCommand _update = Command(
            connection,
            """
            update session set quotes = 'no', side = 'upstream', both_sides = 0, standing = @address, revisiting = null, paused = 0,
                               revision = @n, core_at = 1, finished_at = null
             where study = @study and session = @session and revision = @n - 1
            """,
            "session", "address", "n");

        private readonly SqliteCommand _person = Command(connection, "insert into respondent (study, respondent) values (@study, @respondent) on conflict do nothing", "respondent");

        private readonly SqliteCommand _begin = Command(
            connection,
            """
            insert into session (study, session, respondent, flow, wave, flow_hash, consent_hash, receipt, platform, source, public, attested, quotes, seed, draws,
                                 side, both_sides, standing, revisiting, paused, revision, started_at, core_at, finished_at, keep_until)
            values (@study, @session, @respondent, 'survey', '', '0f', 'consent', @session || '0123456789abcdef0123456789abcdef', 'web', '', 0, 0, 'no', 7,
                    '{"orders":{},"arms":{},"guess_first":[]}', '', 0, 'role', null, 0, 0, 1, null, null, null)
            """,
            "session", "respondent");

        private readonly SqliteCommand _beside = Command(
            connection,
            """
            select r.rules, s.session, s.flow, s.wave, s.platform, s.source, s.public, s.attested, s.release, s.side, s.both_sides, s.started_at, s.core_at is null, s.finished_at is null
              from tally_rules r
              left join session s on s.study = r.study and s.respondent = @respondent and s.session <> @session
             where r.study = @study
            """,
            "respondent", "session");

        private readonly SqliteCommand _count = Command(
            connection,
            """
            insert into tally (study, wave, public, attested, side, about, area, name, kind, value, counted)
            values (@study, '', 0, 0, @side, @about, 'survey', @name, @kind, '', @by)
            on conflict (study, wave, public, attested, side, about, area, name, kind, value) do update set counted = tally.counted + excluded.counted
            """,
            "side", "about", "name", "kind", "by");

        private readonly SqliteCommand _clear = Command(
            connection,
            """
            delete from tally
             where study = @study and wave = '' and public = 0 and attested = 0 and side = @side and about = @about and area = 'survey' and name = @name and kind = @kind and value = '' and counted = 0
            """,
            "side", "about", "name", "kind");

        public void Take(SqliteTransaction transaction, string session, int turn)
        {
            Run(_save, transaction);
            Run(_open, transaction, $"{session} {turn}");
            if (turn == 0)
            {
                Read(_findOwn, transaction, $"person of {session}");
                Count(transaction, session, turn);
                Run(_person, transaction, $"person of {session}");
                Run(_begin, transaction, session, $"person of {session}");
            }
            else
            {
                Read(_find, transaction, session);
                Read(_answers, transaction, session);
                Read(_heard, transaction, session);
                Count(transaction, session, turn);
                Run(_answer, transaction, session, $"q{turn}", turn, turn == 4 ? _words : DBNull.Value);
                Run(_update, transaction, session, $"q{turn}", turn);
            }

            Run(_keep, transaction, session, turn, $"{session} {turn}");
            Run(_release, transaction);
        }

        /// <summary>The tallies of a turn: the answer, and what else it makes somebody count for.</summary>
        private void Count(SqliteTransaction transaction, string session, int turn)
        {
            Read(_beside, transaction, $"person of {session}", session);
            if (turn > 0)
                Run(_count, transaction, "upstream", "answer", $"q{turn}", "point", 1);
            switch (turn)
            {
                case 0:
                    Run(_count, transaction, "unknown", "came", "", "started", 1);
                    break;
                case 1: // The side is known.
                    Run(_count, transaction, "unknown", "came", "", "started", -1);
                    Run(_clear, transaction, "unknown", "came", "", "started");
                    Run(_count, transaction, "upstream", "came", "", "started", 1);
                    break;
                case 3:
                    Run(_count, transaction, "upstream", "difference", "q", "", 1);
                    Run(_count, transaction, "upstream", "came", "", "core", 1);
                    break;
                case 4:
                    Run(_count, transaction, "upstream", "unread", "", "answers", 1);
                    break;
                case 6:
                    Run(_count, transaction, "upstream", "came", "", "finished", 1);
                    break;
            }
        }

        private static SqliteCommand Command(SqliteConnection connection, string sql, params string[] parameters)
        {
            var command = new SqliteCommand(sql, connection);
            foreach (var parameter in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"@{parameter}" });
            if (sql.Contains("@study", StringComparison.Ordinal))
                command.Parameters.AddWithValue("@study", SmallFlow.Study);
            return command;
        }

        private static void Run(SqliteCommand command, SqliteTransaction transaction, params object[] values)
        {
            Set(command, transaction, values);
            command.ExecuteNonQuery();
        }

        private static void Read(SqliteCommand command, SqliteTransaction transaction, params object[] values)
        {
            Set(command, transaction, values);
            using var reader = command.ExecuteReader();
            var row = new object[reader.FieldCount];
            while (reader.Read())
                reader.GetValues(row);
        }

        private static void Set(SqliteCommand command, SqliteTransaction transaction, object[] values)
        {
            command.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
        }
    }
}
