using FossVoices.Channels;
using FossVoices.Discord.Gateway;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord;

/// <summary>Puts the bot together, on top of the conversation and the stores that the program has.</summary>
internal static class DiscordServices
{
    /// <summary>All of the bot but <see cref="Talk"/> and <see cref="Organiser"/>, which the program puts before its own conversation.</summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services, DiscordSettings settings)
    {
        services.AddSingleton(settings).AddSingleton(settings.Token);
        services.AddSingleton<Func<double>>(provider => provider.GetRequiredService<Lottery>().Share);
        services.AddSingleton(provider => new DiscordRest(
            DiscordRest.Client(settings.Api, DiscordBot.Home, DiscordBot.Version), settings.Token, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Func<double>>(), provider.GetRequiredService<ILogger<DiscordRest>>()));
        services.AddSingleton<Meters>().AddSingleton(provider => new Underway(provider.GetRequiredService<ILogger<Underway>>()));
        services.AddSingleton<Ways>().AddSingleton<Roles>().AddSingleton<Forms>().AddSingleton<DirectMessages>().AddSingleton<Respondent>();
        services.AddSingleton<IInteractions, Dispatcher>().AddSingleton<Answering>().AddSingleton<IGatewayNews, Newsroom>();
        services.AddSingleton<IChannel, DiscordChannel>();
        services.AddHostedService<DiscordBot>();
        return services;
    }

    /// <summary>Lets Discord call, where interactions come over HTTP.</summary>
    public static void MapDiscord(this IEndpointRouteBuilder routes, DiscordSettings settings)
    {
        if (settings.Transport != Transport.Http)
            return;
        var services = routes.ServiceProvider;
        var time = services.GetRequiredService<TimeProvider>();
        var signature = Signature.TryCreate(settings.PublicKey!, time) ?? throw new InvalidOperationException("The public key is read by DiscordSettings, and is no key.");
        routes.MapDiscordInteractions(
            DiscordSettings.Path,
            new InteractionEndpoint(signature, services.GetRequiredService<Answering>(), time, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
    }
}
