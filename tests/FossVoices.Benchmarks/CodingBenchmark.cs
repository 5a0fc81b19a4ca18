using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Exchange;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using Microsoft.Data.Sqlite;

namespace FossVoices.Benchmarks;

/// <summary>Codes many stored answers: decrypts, hears, writes, and keeps the tallies in step.</summary>
public static class CodingBenchmark
{
    public const string Study = "made-up";
    private const int TurnsEach = 20;

    public static async Task<int> RunAsync(int answers)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-").FullName;
        try
        {
            await FillAsync(folder, answers);
            var began = LexiconBenchmark.Cpu();
            var read = await CodeAsync(folder, new Corpus(seed: 7).Codebook, progress: null);
            var first = LexiconBenchmark.Cpu() - began;
            began = LexiconBenchmark.Cpu();
            var book = new Corpus(seed: 7).Codebook;
            var changed = book.Codes.SetItem(0, book.Codes[0] with { Indicators = book.Codes[0].Indicators.RemoveAt(0) });
            var again = await CodeAsync(folder, new Codebook(book.Id, 2, changed), progress: null);
            Console.WriteLine($"code: {read} answers in {first:0.0} s of CPU; after one code of {Corpus.Codes} has changed, {again} in {LexiconBenchmark.Cpu() - began:0.0} s");
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Stores answers as transcripts of twenty turns each; the same for the same number.</summary>
    public static async Task<int> FillAsync(string folder, int answers)
    {
        var corpus = new Corpus(seed: 7);
        await using var database = await Database.OpenAsync(folder, CancellationToken.None);
        await using var writer = new TurnWriter(database);
        var store = new ImportStore(database, writer, TimeProvider.System);
        for (var file = 0; file * TurnsEach < answers; file++)
        {
            var turns = Enumerable.Range(0, Math.Min(TurnsEach, answers - (file * TurnsEach))).Select(i => new NarratedTurn($"N{file}", i, "Go on?", corpus.Answer()));
            await store.TakeAsync(new ImportedFile(Study, "", $"{file}.md", file % 2 == 0 ? "upstream" : "downstream", false, "count", [.. turns]), CancellationToken.None);
        }

        return 0;
    }

    /// <summary>Codes what is stored, and says after each batch how many answers have been read; for the tests, which kill it.</summary>
    public static async Task<int> CodeUntilKilledAsync(string folder)
    {
        await CodeAsync(folder, new Corpus(seed: 7).Codebook, new Said());
        Console.WriteLine("done");
        return 0;
    }

    private static async Task<int> CodeAsync(string folder, Codebook codebook, IProgress<(int Done, int Of)>? progress)
    {
        await using var database = await Database.OpenAsync(folder, CancellationToken.None);
        await using var writer = new TurnWriter(database);
        var codebooks = new CodebookStore(database, writer, TimeProvider.System);
        await codebooks.KeepAsync(Study, codebook, CancellationToken.None);
        var run = new CodingRun(new CodingStore(database, writer, TimeProvider.System), await codebooks.AllAsync(Study, CancellationToken.None));
        var coders = await run.CodersAsync(Study, new Lexicon(codebook), practice: [], learnFrom: 8, CancellationToken.None);
        return (await run.RunAsync(Study, coders, progress, CancellationToken.None))[^1].Answers;
    }

    private sealed class Said : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => Console.WriteLine($"{value.Done} of {value.Of}");
    }
}
