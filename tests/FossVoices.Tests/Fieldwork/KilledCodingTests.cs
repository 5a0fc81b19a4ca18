using System.Diagnostics;
using FossVoices.Benchmarks;
using FossVoices.Storage;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A coding run is killed without warning and goes on where it was.</summary>
public sealed class KilledCodingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_was_killed_goes_on_and_ends_as_if_it_had_not_been()
    {
        var (killed, whole) = (Store.NewFolder(), Store.NewFolder());
        var answers = Long.Run(always: 3000, lots: 30_000);
        await CodingBenchmark.FillAsync(killed, answers);
        await CodingBenchmark.FillAsync(whole, answers);

        var reached = await RunAsync(killed, killAfter: 2);
        Assert.DoesNotContain("done", reached);
        var before = await CodedAsync(killed);
        Assert.NotEmpty(before);
        var rest = await RunAsync(killed, killAfter: int.MaxValue);

        Assert.Contains("done", rest);
        Assert.DoesNotContain($" of {answers}", rest[0], StringComparison.Ordinal); // What had been read is not read again.
        await RunAsync(whole, killAfter: int.MaxValue);
        Assert.Equal(await CodedAsync(whole), await CodedAsync(killed));
        Directory.Delete(killed, recursive: true);
        Directory.Delete(whole, recursive: true);
    }

    /// <summary>Runs the coders in a program of their own and kills it after so many batches.</summary>
    private static async Task<List<string>> RunAsync(string folder, int killAfter)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "FossVoices.Benchmarks.dll"), "code", folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = new List<string>();
        try
        {
            while (lines.Count < killAfter && await child.StandardOutput.ReadLineAsync(Cancellation) is { } line)
                lines.Add(line);
        }
        finally
        {
            child.Kill(); // SIGKILL, where there are signals.
        }

        await child.WaitForExitAsync(Cancellation);
        Assert.True(killAfter < int.MaxValue || lines is [.., "done"], await child.StandardError.ReadToEndAsync(Cancellation));
        return lines;
    }

    private static async Task<List<string>> CodedAsync(string folder)
    {
        await using var database = await Database.OpenAsync(folder, Cancellation);
        var readings = await CodingStore.ReadAsync(database, CodingBenchmark.Study, Cancellation);
        var assignments = await CodingStore.AssignmentsAsync(database, CodingBenchmark.Study, Cancellation);

        // Sessions are named by a key of the folder; what they hold is the same.
        return
        [
            .. readings.Select(reading => $"{reading.Address} {reading.Coder} {reading.CoderVersion}")
                .Concat(assignments.Select(a => $"{a.Address} {a.Coder} {a.Code} {a.Start} {a.Length} {string.Join(' ', a.Evidence)}")).Order(StringComparer.Ordinal),
        ];
    }
}
