using FossVoices.Host.Commands;

namespace FossVoices.Host.Web;

/// <summary>The web chat.</summary>
internal static class WebChat
{
    public static Task<int> RunAsync(string data, string studies, string urls, Terminal terminal, CancellationToken cancellationToken) =>
        throw new CannotRun($"The web chat at {urls} is not built yet.");
}
