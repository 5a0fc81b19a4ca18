using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>What an organiser said last about each wave: open, or closed. Every word is kept, the last one counts.</summary>
internal sealed class WaveStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Whether a wave was opened (true) or closed, by wave; empty id for a study without waves. Nothing where nobody said anything.</summary>
    public Task<ImmutableDictionary<string, bool>> StatesAsync(string study, CancellationToken cancellationToken) => database.LookAsync(
        async moment => (await moment.ListAsync<Row>(
                """
                select wave, opened from wave_state said where study = @study
                   and number = (select max(number) from wave_state last where last.study = said.study and last.wave = said.wave)
                """,
                new { study }))
            .ToImmutableDictionary(row => row.Wave, row => row.Opened != 0),
        cancellationToken);

    public Task SetAsync(string study, string wave, bool open, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync(
            """
            insert into wave_state (study, wave, number, opened, at)
            select @study, @wave, coalesce(max(number), 0) + 1, @opened, @at from wave_state where study = @study and wave = @wave
            """,
            new { study, wave, opened = open ? 1 : 0, at = time.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellationToken);

    private sealed record Row
    {
        public string Wave { get; init; } = "";

        public int Opened { get; init; }
    }
}
