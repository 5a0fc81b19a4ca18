using System.Globalization;
using Dapper;
using FossVoices.Host.Commands;
using FossVoices.Host.Web;
using FossVoices.Teams;
using FossVoices.Tests.Web;
using Microsoft.Data.Sqlite;

namespace FossVoices.Tests.Teams;

/// <summary>The whole program in a Teams on loopback: its own server and database, and people who type and click.</summary>
internal sealed class InTeams : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly TimeProvider _time;
    private Site? _site;

    private InTeams(LoopbackTeams teams, TimeProvider time, string studies, Dictionary<string, string> settings)
    {
        (Teams, _time, Studies, _settings) = (teams, time, studies, settings);
        Channel = teams.AddChannel("general");
        Organiser = teams.AddPerson("Olu");
        _settings.TryAdd("Organisers", Organiser.Account);
    }

    public LoopbackTeams Teams { get; }

    public TeamsChannel Channel { get; }

    public TeamsPerson Organiser { get; }

    public string Data { get; } = Directory.CreateTempSubdirectory("voices-").FullName;

    /// <summary>The folder of studies.</summary>
    public string Studies { get; }

    /// <summary>How long to wait for what the bot does in its own time.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What was logged.</summary>
    public StringWriter Log { get; } = new();

    public Uri Home => new(_site!.Addresses[0]);

    /// <param name="settings">What is set under <c>FossVoices:Teams</c>, beside what it needs; an empty value takes one out.</param>
    public static async Task<InTeams> StartAsync(LoopbackTeams? teams = null, TimeProvider? time = null, string? studies = null, params (string Key, string Value)[] settings)
    {
        teams ??= await LoopbackTeams.StartAsync(time);
        var program = new InTeams(teams, time ?? TimeProvider.System, studies ?? Served.Garden, Settings(teams));
        foreach (var (key, value) in settings)
            program._settings[key] = value;
        try
        {
            await program.StartAgainAsync();
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings that lead to the loopback and nowhere else.</summary>
    public static Dictionary<string, string> Settings(LoopbackTeams teams) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["AppId"] = TeamsWorld.App,
        ["Tenant"] = TeamsWorld.Tenant,
        ["Secret"] = TeamsWorld.Secret,
        ["Metadata"] = $"{teams.Address}/v1/.well-known/openidconfiguration",
        ["Login"] = teams.Address,
        ["ServiceHosts"] = new Uri(teams.Address).Authority,
    };

    /// <summary>An organiser opens the study in the channel.</summary>
    public Task<TeamsMessage> InviteAsync() => InviteAsync(Channel);

    public async Task<TeamsMessage> InviteAsync(TeamsChannel channel)
    {
        await Teams.InstallAsync(channel, Organiser);
        await Teams.TypeAsync(Organiser, LoopbackTeams.In(channel), "/voices-study open");
        await UntilAsync(() => Teams.Seen(LoopbackTeams.In(channel)).Any(m => m.Card?.Doing("join") is not null), "an invitation");
        return InvitationIn(channel);
    }

    /// <summary>The invitation in the channel.</summary>
    public TeamsMessage Invitation => InvitationIn(Channel);

    public TeamsMessage InvitationIn(TeamsChannel channel) => Teams.Seen(LoopbackTeams.In(channel)).Last(m => m.Card?.Doing("join") is not null);

    /// <summary>Stops it and starts it again on the same data, as after an update.</summary>
    public async Task RestartAsync()
    {
        await _site!.DisposeAsync();
        await StartAgainAsync();
    }

    /// <summary>A count in the database, as somebody with the file would see it.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "fossvoices.db")};Mode=ReadOnly;Pooling=false");
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: TestContext.Current.CancellationToken));
    }

    /// <summary>Waits for what the bot does in its own time.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var i = 0; !holds(); i++)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, string.Create(CultureInfo.InvariantCulture, $"There never was {what}. Log: {Log}\nRefused: {string.Join('\n', Refused)}"));
            // The longer it takes, the more others there are who wait: many who look all the time would keep the bot from answering.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(10 + i, 200)), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What the connector refused.</summary>
    public IEnumerable<string> Refused => Teams.Log.Where(request => request.Status >= 400).Select(request => $"{request.Method} {request.Path}: {request.Refusal} {request.Body?.ToJsonString()}");

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
        await Teams.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task StartAgainAsync()
    {
        var settings = TeamsSettings.Read(
            key => _settings.TryGetValue(key, out var value) && value.Length > 0 ? [value] : [], _settings.Where(set => set.Value.Length > 0).Select(set => set.Key), out var wrong);
        Assert.Null(wrong);
        _site = await Site.StartAsync(
            Data, Studies, "http://127.0.0.1:0", new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Synchronized(Log), _time),
            TestContext.Current.CancellationToken, teams: settings);
        Teams.Delivery.Endpoint = new Uri(Home, TeamsSettings.Path);
    }
}
