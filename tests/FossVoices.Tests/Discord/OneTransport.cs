using System.Text.Json.Nodes;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FossVoices.Tests.Discord;

/// <summary>A bot on one of the two transports, <c>gateway</c> or <c>http</c>, with a message to click on.</summary>
internal sealed record OneTransport(LoopbackDiscord Discord, LoopbackBot Bot, WebApplication? Site, LoopbackChannel Channel, DiscordPerson Person) : IAsyncDisposable
{
    /// <summary>Half as fast: on a busy machine a second and a half may go by between two lines of a test.</summary>
    public static PacedTime Clock { get; } = new(0.5);

    public LoopbackMessage Invitation => Discord.Seen(Channel)[0];

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        if (Site is not null)
            await Site.DisposeAsync();
        await Discord.DisposeAsync();
    }

    public static async Task<OneTransport> StartAsync(string transport, Scripted interactions, TimeProvider? clock = null)
    {
        var time = clock ?? Clock;
        var discord = await LoopbackDiscord.StartAsync(time);
        var bot = transport == "http" ? LoopbackBot.Create(discord, interactions, time) : await LoopbackBot.ConnectAsync(discord, interactions, time);
        var site = transport == "http" ? await ServeAsync(discord, bot, time) : null;
        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(
            new ApiRequest(Route.Commands(LoopbackWorld.Application), JsonNode.Parse("""[{"name":"voices","description":"d","options":[{"type":3,"name":"study","description":"d","autocomplete":true}]}]""")), TestContext.Current.CancellationToken));
        var channel = discord.AddChannel("general");
        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(new ApiRequest(Route.CreateMessage(channel.Id), Scripted.WithButtons("Invitation", "a", "b")), TestContext.Current.CancellationToken));
        return new OneTransport(discord, bot, site, channel, discord.AddPerson("Ada"));
    }

    private static async Task<WebApplication> ServeAsync(LoopbackDiscord discord, LoopbackBot bot, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var site = builder.Build();
        site.UseRouting();
        var signature = Signature.TryCreate(DiscordSigner.PublicKey(discord.SigningKey), time)!;
        site.MapDiscordInteractions("/discord", new InteractionEndpoint(signature, bot.Answering, time, CancellationToken.None));
        await site.StartAsync(TestContext.Current.CancellationToken);
        discord.Endpoint = new Uri(new Uri(site.Urls.First()), "/discord");
        return site;
    }
}
