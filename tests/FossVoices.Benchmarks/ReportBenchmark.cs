using System.Collections.Immutable;
using System.Diagnostics;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Benchmarks;

/// <summary>CPU of a report of 12 questions from counts, as snapshot and as picture, whatever the number of people.</summary>
internal static class ReportBenchmark
{
    private const int Items = 12;

    public static int Run(string folder)
    {
        var study = StudyFolder.Load(folder).Study ?? throw new InvalidOperationException($"The study in '{folder}' has errors.");
        foreach (var (up, down) in new[] { (8, 40), (40, 40), (50, 50), (60, 60), (80, 120), (1_000_000, 1_000_000) })
        {
            var facts = FactsOf(study, up, down);
            var report = Draft.Of(study, facts);
            var counted = Milliseconds(() => Draft.Of(study, facts), times: 50);
            var json = Milliseconds(() => ReportJson.Of(report), times: 50);
            var text = Milliseconds(() => PlainText.Of(ReportText.Of(report)), times: 50);
            var picture = Milliseconds(() => GapPicture.Png(report, dark: true), times: 20);
            Console.WriteLine($"{up,9} upstream {down,9} downstream: counted {counted:0.00} ms, JSON {json:0.00} ms, text {text:0.00} ms, picture {picture:0.0} ms of CPU");
        }

        return 0;
    }

    private static ReportFacts FactsOf(Study study, int up, int down)
    {
        var items = Catalogue.ItemsOf(study).Take(Items).Select((item, i) => new ItemCounts(
            item.Key, new(Answers(down, item.Scale.Points.Length, i), Answers(up, item.Scale.Points.Length, 2 * i)), item.Scale.AgreeFrom));
        return new(
            "", Audience.Channel, Number: 0, DateTimeOffset.UnixEpoch,
            [new(Stratum.Answering, new([.. items], [], [], 1), new([new("upstream", "", "web", up, up, up), new("downstream", "", "web", down, down, down)]))],
            new CodingNote(Unchecked: true, Agreement: null));
    }

    /// <summary>Persons spread over a scale, differently from question to question.</summary>
    private static Histogram Answers(int persons, int points, int turn)
    {
        var weights = Enumerable.Range(0, points).Select(point => 1.0 + (point + turn) % points).ToImmutableArray();
        var counts = weights.Select(weight => (long)(persons * weight / weights.Sum())).ToArray();
        counts[0] += persons - counts.Sum();
        return Histogram.Of(counts);
    }

    private static double Milliseconds(Func<object> work, int times)
    {
        // Long enough for the runtime to have compiled what is run often for good.
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 700;)
            GC.KeepAlive(work());
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < times; i++)
            GC.KeepAlive(work());
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / times;
    }
}
