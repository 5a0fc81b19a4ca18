using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace FossVoices.Benchmarks;

/// <summary>A bot as a process of its own, which prints the port on which it listens.</summary>
internal sealed class BotProcess : IDisposable
{
    private readonly Process _process;

    private BotProcess(Process process, int port) => (_process, Endpoint) = (process, new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/api/messages"));

    public Uri Endpoint { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<BotProcess> StartAsync(string folder, string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{program} said nothing.");
        return new BotProcess(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a program to its end; false where there is none, or it failed.</summary>
    public static async Task<bool> TryRunAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, complained) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
            await run.WaitForExitAsync();
            await said;
            await complained;
            return run.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
