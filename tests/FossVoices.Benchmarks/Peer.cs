using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace FossVoices.Benchmarks;

/// <summary>Another program that does the same work in the same run. Debian's python3 has the libraries; without them the comparison is left out, with a sentence.</summary>
internal static class Peer
{
    private static readonly string[] s_pythons = ["/usr/bin/python3", "python3"];

    /// <param name="needs">The module that has to be there.</param>
    /// <param name="package">Debian's package that brings it.</param>
    /// <param name="work">A script that reads one JSON document from standard input and prints one.</param>
    public static async Task<JsonElement?> RunAsync(string needs, string package, string work, object input)
    {
        foreach (var python in s_pythons)
        {
            if (await SayAsync(python, $"import {needs}; print(1)", "") is "1\n")
                return JsonDocument.Parse((await SayAsync(python, work, JsonSerializer.Serialize(input)))!).RootElement;
        }

        Console.WriteLine($"Not compared with {needs}: install Debian's {package} to see both in one run.");
        return null;
    }

    private static async Task<string?> SayAsync(string python, string script, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? await output : input.Length == 0 ? null : throw new InvalidOperationException(await error);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
