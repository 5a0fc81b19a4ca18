using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FossVoices.Benchmarks;

/// <summary>SurveyJS's own engine on the same questions, in node; its package is fetched into a folder that is gone afterwards, and none of its scripts is run.</summary>
internal static class SurveyCore
{
    private const string Package = "survey-core@3.1";

    /// <summary>Null where npm is not here, or could not install the package.</summary>
    public static async Task<SurveyCoreSpeed?> PerCpuSecondAsync(int questions, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-peer-").FullName;
        try
        {
            if (await RunAsync(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, Package) is null)
                return null;
            await File.WriteAllTextAsync(Path.Combine(folder, "survey.json"), MadeUpStudy.ForSurveyJs(questions));
            File.Copy(Path.Combine(AppContext.BaseDirectory, "survey-core.cjs"), Path.Combine(folder, "run.cjs"));
            var said = await RunAsync(folder, "node", "run.cjs", seconds.ToString(CultureInfo.InvariantCulture));
            return said is null ? null : JsonSerializer.Deserialize<SurveyCoreSpeed>(said, JsonSerializerOptions.Web);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a program printed; null where there is none, or it failed.</summary>
    private static async Task<string?> RunAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, complained) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
            await run.WaitForExitAsync();
            if (run.ExitCode == 0)
                return await said;
            await Console.Error.WriteLineAsync(await complained);
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>What was measured of it.</summary>
/// <param name="Responses">A CPU-second.</param>
/// <param name="Asked">Questions asked of each respondent.</param>
internal sealed record SurveyCoreSpeed(string Version, double Responses, double Asked);
