using FossVoices.Host.Commands;
using FossVoices.Host.Web;
using FossVoices.Teams;
using FossVoices.Tests.Teams;

namespace FossVoices.Benchmarks;

/// <summary>The whole program with Teams on, as a process of its own: prints its port, and runs until it is killed.</summary>
internal static class TeamsServer
{
    public static async Task<int> ServeAsync(string data, string studies, string platform)
    {
        var set = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["AppId"] = TeamsWorld.App,
            ["Tenant"] = TeamsWorld.Tenant,
            ["Secret"] = TeamsWorld.Secret,
            ["Metadata"] = $"{platform}/v1/.well-known/openidconfiguration",
            ["Login"] = platform,
            ["ServiceHosts"] = new Uri(platform).Authority,
        };
        var teams = TeamsSettings.Read(key => set.TryGetValue(key, out var value) ? [value] : [], set.Keys, out var wrong) ?? throw new InvalidOperationException(wrong);
        await using var site = await Site.StartAsync(
            data, studies, "http://127.0.0.1:0", new Terminal(TextReader.Null, TextWriter.Null, Console.Error, TimeProvider.System), CancellationToken.None, teams: teams);
        Console.WriteLine(new Uri(site.Addresses[0]).Port);
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
