using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Web;

public sealed class ServeTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_and_exit_code_3()
    {
        using var data = new Folder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var (code, error) = await ServeAsync("--data", data.Path, "--studies", Served.Garden, "--urls", address);

        Assert.Equal((3, $"Another program is listening on {address} already. Stop it, or choose another address with --urls, such as --urls http://localhost:5081."), (code, error));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost:999999")]
    [InlineData("http://localhost:web")]
    [InlineData(";")]
    public async Task An_address_that_is_none_is_wrong_usage(string urls)
    {
        using var data = new Folder();

        var (code, error) = await ServeAsync("--data", data.Path, "--studies", Served.Garden, "--urls", urls);

        Assert.Equal(2, code);
        Assert.Equal($"The web chat can't listen on '{urls}'. Give an address such as http://localhost:5080; for https, put a reverse proxy in front.", error);
    }

    [Fact]
    public async Task A_data_folder_that_can_not_be_made_is_one_sentence_and_exit_code_3()
    {
        using var data = new Folder();
        var file = System.IO.Path.Combine(data.Path, "in-the-way");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (code, error) = await ServeAsync("--data", System.IO.Path.Combine(file, "data"), "--studies", Served.Garden, "--urls", "http://127.0.0.1:0");

        Assert.Equal(3, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_with_an_error_is_one_sentence_with_line_and_column_and_exit_code_3()
    {
        using var data = new Folder();
        var flow = data.Copy(Served.Garden, "garden/flows/visit.json");
        await File.WriteAllTextAsync(flow, (await File.ReadAllTextAsync(flow, TestContext.Current.CancellationToken)).Replace("\"type\": \"pick\"", "\"type\": \"pikc\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, error) = await ServeAsync("--data", data.Path, "--studies", System.IO.Path.Combine(data.Path, "Studies"), "--urls", "http://127.0.0.1:0");

        Assert.Equal(3, code);
        Assert.Matches(@"^The study 'garden' has errors: .*visit\.json:\d+:\d+: error FV\d+: .* Mend it; 'fossvoices check' lists everything\.$", error);
    }

    [Fact]
    public async Task A_folder_without_studies_is_said_so()
    {
        using var data = new Folder();

        Assert.Equal((3, $"There is no study in '{data.Path}'. A study is a folder with a study.json; name another folder with --studies DIR."),
            await ServeAsync("--data", data.Path, "--studies", data.Path, "--urls", "http://127.0.0.1:0"));
    }

    [Fact]
    public async Task SIGTERM_stops_it_within_two_seconds_with_nothing_lost()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM on Windows");
        using var data = new Folder();
        using var process = Start("--data", data.Path, "--studies", Served.Garden, "--urls", "http://127.0.0.1:0");
        var started = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var home = new Uri(started!.Split(' ')[^1]);
        using var reader = new Reader(home);
        await reader.AgreeAsync();
        Assert.Equal("/s/garden?q=open", (await reader.SendAsync(("choice", "downstream"))).Path);

        Assert.Equal(0, Kill(process.Id, Sigterm));
        using var twoSeconds = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        twoSeconds.CancelAfter(TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? 2 : 20)); // Strict where nothing else runs.
        var rest = await process.StandardOutput.ReadToEndAsync(twoSeconds.Token);
        await process.WaitForExitAsync(twoSeconds.Token);

        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        Assert.Contains("Answers are kept in " + data.Path, rest, StringComparison.Ordinal);
        Assert.EndsWith("Stopped. Everything that was answered is kept.\n", rest.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        await using var again = await Served.StartAsync(data: data.Path);
        reader.Follow(again);
        Assert.Equal("How far should the garden be open at night?", (await reader.OpenAsync("/s/garden")).Heading);
    }

    private const int Sigterm = 15;

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(Verbs).Assembly.Location, .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = System.IO.Path.GetTempPath(),
    })!;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static async Task<(int Code, string Error)> ServeAsync(params string[] arguments)
    {
        var error = new StringWriter();
        var code = await Verbs.RunAsync([.. arguments], new Terminal(TextReader.Null, TextWriter.Null, error, TimeProvider.System), TestContext.Current.CancellationToken);
        return (code, error.ToString().TrimEnd());
    }
}
