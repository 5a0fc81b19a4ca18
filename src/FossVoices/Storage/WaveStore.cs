namespace FossVoices.Storage;

/// <summary>Remembers what organisers said about waves: open, or closed.</summary>
internal sealed class WaveStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>The last word on each wave that there has been a word on: true where it was opened. The wave is empty in a study without waves.</summary>
    public Task<IReadOnlyDictionary<string, bool>> StatesAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyDictionary<string, bool>>(
        async moment =>
        {
            var words = await moment.ListAsync<Word>("select wave as Wave, is_open as IsOpen from wave_word where study = @study order by at", new { study });
            var last = new Dictionary<string, bool>(StringComparer.Ordinal);
            foreach (var word in words)
                last[word.Wave] = word.IsOpen != 0;
            return last;
        },
        cancellationToken);

    public Task SayAsync(string study, string wave, bool open, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            // Later than the last word even where the clock was put back: the last word must stay the last.
            var last = await transaction.FindAsync<long?>("select max(at) from wave_word where study = @study and wave = @wave", new { study, wave });
            var at = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), (last ?? 0) + 1);
            return await transaction.ExecuteAsync(
                "insert into wave_word (study, wave, at, is_open) values (@study, @wave, @at, @open)", new { study, wave, at, open = open ? 1 : 0 });
        },
        cancellationToken);

    private sealed record Word(string Wave, long IsOpen);
}
