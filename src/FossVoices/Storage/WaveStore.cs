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
        transaction => transaction.ExecuteAsync(
            "insert into wave_word (study, wave, at, is_open) values (@study, @wave, @at, @open) on conflict (study, wave, at) do update set is_open = @open",
            new { study, wave, at = time.GetUtcNow().ToUnixTimeMilliseconds(), open = open ? 1 : 0 }),
        cancellationToken);

    private sealed record Word(string Wave, long IsOpen);
}
