using FossVoices.Host.Commands;
using FossVoices.Host.Web;

namespace FossVoices.Tests.Web;

/// <summary>The web chat as people get it, on a port of its own and with a database of its own.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly bool _keepsData;
    private readonly Limits? _limits;
    private readonly bool _preview;
    private readonly int _demoPeople;
    private Site? _site;

    private Served(string data, string studies, bool keepsData, bool preview, Limits? limits, int demoPeople) =>
        (Data, Studies, _keepsData, _preview, _limits, _demoPeople) = (data, studies, keepsData, preview, limits, demoPeople);

    /// <summary>A small study with every kind of question.</summary>
    public static string Garden { get; } = Path.Combine(Repository.Root, "tests", "FossVoices.Tests", "Web", "Studies");

    public string Data { get; }

    public string Studies { get; }

    public string? ReviewPassword { get; private init; }

    /// <summary>What was logged.</summary>
    public StringWriter Log { get; } = new();

    public Uri Home => new(_site!.Addresses[0]);

    /// <param name="preview">Whether authors may try studies as their files are.</param>
    /// <param name="data">An existing data folder, which is left there; else one is made and deleted afterwards.</param>
    /// <param name="demoPeople">How many simulated people answer a demo beside it.</param>
    public static async Task<Served> StartAsync(
        string? studies = null, string? data = null, string? reviewPassword = null, bool preview = false, Limits? limits = null, int demoPeople = 0)
    {
        var served = new Served(data ?? Directory.CreateTempSubdirectory("voices-").FullName, studies ?? Garden, keepsData: data is not null, preview, limits, demoPeople)
        {
            ReviewPassword = reviewPassword,
        };
        await served.StartAgainAsync();
        return served;
    }

    /// <summary>Stops it and starts it again on the same data, as after an update; the port changes.</summary>
    public async Task RestartAsync()
    {
        await _site!.DisposeAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
        if (!_keepsData)
            Directory.Delete(Data, recursive: true);
    }

    private async Task StartAgainAsync() => _site = await Site.StartAsync(
        Data, Studies, "http://127.0.0.1:0", new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Synchronized(Log), TimeProvider.System), CancellationToken.None,
        limits: _limits, reviewPassword: ReviewPassword, preview: _preview, demoPeople: _demoPeople);
}
