using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FossVoices.Tests.Teams;

namespace FossVoices.Benchmarks;

/// <summary>Somebody who answers a bot, one turn after the other.</summary>
internal interface ITeamsPerson
{
    /// <summary>Says or presses something and waits for what the bot says next; false after the last one.</summary>
    Task<bool> TurnAsync();
}

/// <summary>Types the first choice each time.</summary>
internal sealed class TypingPerson(TeamsPlatform platform, Uri bot, string name) : ITeamsPerson
{
    public async Task<bool> TurnAsync()
    {
        var next = platform.NextAsync(TeamsActivity.Conversation(name));
        await TeamsActivity.SendAsync(platform, bot, name, activity => activity["text"] = "somewhat");
        return !((string?)(await next)["text"] ?? "").StartsWith("Thank you", StringComparison.Ordinal);
    }
}

/// <summary>Presses what the cards offer: agrees, and answers with the first choice.</summary>
internal sealed class CardPerson(TeamsPlatform platform, Uri bot, string name) : ITeamsPerson
{
    private JsonObject? _card;

    public async Task<bool> TurnAsync()
    {
        var next = platform.NextAsync(TeamsActivity.Conversation(name));
        if (_card is null)
            await TeamsActivity.SendAsync(platform, bot, name, activity => activity["text"] = "/voices start");
        else
            await PressAsync(_card);
        _card = TeamsMessage.CardOf(await next) ?? throw new InvalidOperationException("The bot answered without a card.");
        return Doing(_card) is not null;
    }

    private static JsonObject? Doing(JsonObject card) => new CardView(card) is var view ? view.Doing("agree") ?? view.Doing("answer") : null;

    private Task PressAsync(JsonObject card)
    {
        var view = new CardView(card);
        var action = Doing(card)!;
        var given = view.Inputs.ToDictionary(input => (string)input["id"]!, input => CardView.ChoicesOf(input)[0].Value, StringComparer.Ordinal);
        return TeamsActivity.SendAsync(platform, bot, name, activity =>
        {
            activity["type"] = "invoke";
            activity["name"] = "adaptiveCard/action";
            activity["replyToId"] = platform.NewId();
            activity["value"] = new JsonObject
            {
                ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = action["verb"]!.DeepClone(), ["data"] = view.Gathered(action, given) },
                ["trigger"] = "manual",
            };
        });
    }
}

/// <summary>What Teams tells a bot.</summary>
internal static class TeamsActivity
{
    public static string Conversation(string name) => $"a:{name}";

    public static async Task SendAsync(TeamsPlatform platform, Uri bot, string name, Action<JsonObject> with)
    {
        var activity = new JsonObject
        {
            ["type"] = "message",
            ["id"] = platform.NewId(),
            ["channelId"] = "msteams",
            ["serviceUrl"] = platform.ServiceUrl,
            ["from"] = new JsonObject { ["id"] = $"29:{name}", ["name"] = name },
            ["conversation"] = new JsonObject { ["conversationType"] = "personal", ["tenantId"] = TeamsWorld.Tenant, ["id"] = Conversation(name) },
            ["recipient"] = new JsonObject { ["id"] = TeamsWorld.Bot, ["name"] = TeamsWorld.BotName },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TeamsWorld.Tenant } },
            ["locale"] = "en-US",
        };
        with(activity);
        using var request = new HttpRequestMessage(HttpMethod.Post, bot) { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", platform.Token);
        using var response = await platform.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
