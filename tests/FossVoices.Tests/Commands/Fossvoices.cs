using FossVoices.Host.Commands;

namespace FossVoices.Tests.Commands;

/// <summary>Runs verbs as a person would at a prompt, each in the same new folder.</summary>
internal sealed class Fossvoices : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fossvoices-").FullName;

    public string Data => Path.Combine(_folder, "data");

    public string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public Task<Said> SayAsync(params string[] words) => SayAsync(typed: "", words);

    public async Task<Said> SayAsync(string typed, string[] words)
    {
        using var input = new StringReader(typed);
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] studies = words.Contains("--studies") ? [] : ["--studies", Repository.Surveys];
        var code = await Verbs.RunAsync(
            [.. words, "--data", Data, .. studies], new Terminal(input, output, error, TimeProvider.System), TestContext.Current.CancellationToken);
        return new Said(code, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What a verb said, and its exit code.</summary>
internal sealed record Said(int ExitCode, string Out, string Error);
