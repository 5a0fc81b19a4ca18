using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Discord;
using FossVoices.Discord.Gateway;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Tests.Discord;

/// <summary>The transport as the program runs it, against the loopback Discord, with answers that the test gives.</summary>
internal sealed class LoopbackBot : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly Scripted _interactions;

    private LoopbackBot(LoopbackDiscord discord, Scripted interactions, TimeProvider time, BotToken token, ILoggerFactory logs)
    {
        _interactions = interactions;
        _client = DiscordRest.Client(discord.Api, new Uri("https://fossvoices.invalid"), "1.0");
        Underway = new Underway(logs.CreateLogger<Underway>());
        Rest = new DiscordRest(_client, token, time, () => 0.1, logs.CreateLogger<DiscordRest>());
        Answering = new Answering(interactions, Rest, Meters, Underway, time, logs.CreateLogger<Answering>());
    }

    public DiscordRest Rest { get; }

    public Meters Meters { get; } = new();

    public Underway Underway { get; }

    public Answering Answering { get; }

    public GatewayClient? Gateway { get; private set; }

    /// <summary>How many interactions were heard.</summary>
    public int Heard => _interactions.Heard.Count;

    public Task<string> Ended { get; private set; } = Task.FromResult("");

    public ConcurrentQueue<GatewayNews> News { get; } = new();

    /// <summary>REST alone, and the answering of interactions.</summary>
    public static LoopbackBot Create(LoopbackDiscord discord, Scripted? interactions = null, TimeProvider? time = null, string token = LoopbackWorld.Token, ILoggerFactory? logs = null) =>
        new(discord, interactions ?? new Scripted(), time ?? TimeProvider.System, new BotToken(token), logs ?? NullLoggerFactory.Instance);

    /// <summary>Connects to the gateway and waits until it is ready.</summary>
    public static async Task<LoopbackBot> ConnectAsync(
        LoopbackDiscord discord, Scripted? interactions = null, TimeProvider? time = null, int? shards = null, ILoggerFactory? logs = null)
    {
        var bot = Create(discord, interactions, time, logs: logs);
        bot.Connect(time, shards);
        await Until(() => bot.Gateway!.IsReady || bot.Ended.IsCompleted);
        return bot;
    }

    public void Connect(TimeProvider? time = null, int? shards = null, string token = LoopbackWorld.Token, double chance = 0.1)
    {
        Gateway = new GatewayClient(
            Rest, new GatewaySettings(new BotToken(token), shards), "DiscordBot (https://fossvoices.invalid, 1.0)", Answering, new Newspaper(News), Underway,
            time ?? TimeProvider.System, () => chance, NullLogger<GatewayClient>.Instance);
        Ended = Gateway.RunAsync(_stop.Token);
    }

    /// <summary>Waits until something is so; fails after a time that only a fault can take.</summary>
    public static async Task Until(Func<bool> holds, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(holds))] string what = "")
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            Assert.False(patience.IsCancellationRequested, $"a minute went by without: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        await Underway.SettleAsync();
        _client.Dispose();
        Meters.Dispose();
        _stop.Dispose();
    }

    private sealed class Newspaper(ConcurrentQueue<GatewayNews> news) : IGatewayNews
    {
        public Task HearAsync(GatewayNews heard, CancellationToken cancellationToken)
        {
            news.Enqueue(heard);
            return Task.CompletedTask;
        }
    }
}

/// <summary>Answers as a test says, and remembers what it heard.</summary>
internal sealed class Scripted(Func<JsonElement, CancellationToken, Task<JsonObject?>>? answer = null) : IInteractions
{
    public ConcurrentQueue<JsonElement> Heard { get; } = new();

    /// <summary>Which interactions open a modal.</summary>
    public Func<JsonElement, bool> OpensModal { get; init; } = _ => false;

    public Task<JsonObject?> HearAsync(JsonElement interaction, CancellationToken cancellationToken)
    {
        Heard.Enqueue(interaction);
        return answer?.Invoke(interaction, cancellationToken) ?? Task.FromResult<JsonObject?>(Message("heard"));
    }

    async Task<Told?> IInteractions.HearAsync(JsonElement interaction, CancellationToken cancellationToken) =>
        await HearAsync(interaction, cancellationToken) is { } body ? new Told(body) { Aside = Message("Done") } : null;

    public bool MayOpenModal(JsonElement interaction) => OpensModal(interaction);

    public static Scripted With(Func<JsonElement, JsonObject?> answer) => new((sent, _) => Task.FromResult(answer(sent)));

    /// <summary>An answer that takes its time.</summary>
    public static Scripted Slow(TimeSpan after, Func<JsonElement, JsonObject?> answer, TimeProvider? time = null) => new(async (sent, cancellationToken) =>
    {
        await Task.Delay(after, time ?? TimeProvider.System, cancellationToken);
        return answer(sent);
    });

    public static JsonObject Message(string text, bool ephemeral = true) =>
        new() { ["type"] = 4, ["data"] = new JsonObject { ["content"] = text, ["flags"] = ephemeral ? 64 : 0 } };

    public static JsonObject Update(string text) => new() { ["type"] = 7, ["data"] = new JsonObject { ["content"] = text } };

    /// <summary>A message with one button for each id.</summary>
    public static JsonObject WithButtons(string text, params string[] ids) => new()
    {
        ["content"] = text,
        ["components"] = new JsonArray(new JsonObject
        {
            ["type"] = 1,
            ["components"] = new JsonArray([.. ids.Select(id => new JsonObject { ["type"] = 2, ["style"] = 1, ["label"] = $"Press {id}", ["custom_id"] = id })]),
        }),
    };

    public static JsonObject Modal(string id) => new()
    {
        ["type"] = 9,
        ["data"] = new JsonObject
        {
            ["custom_id"] = id,
            ["title"] = "Your answer",
            ["components"] = new JsonArray(new JsonObject
            {
                ["type"] = 18,
                ["label"] = "Words",
                ["component"] = new JsonObject { ["type"] = 4, ["custom_id"] = "words", ["style"] = 2, ["max_length"] = 4000 },
            }),
        },
    };
}
