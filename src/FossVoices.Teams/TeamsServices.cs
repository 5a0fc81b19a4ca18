using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams;

/// <summary>Puts the bot together, on top of the conversation and the stores that the program has.</summary>
internal static class TeamsServices
{
    /// <summary>Names of this computer, to which the bot may write where nothing is authenticated.</summary>
    private static readonly string[] s_here = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What gives the bot its tokens.</summary>
    /// <exception cref="NoToken">The certificate can't be read.</exception>
    public static IBearer BearerOf(TeamsSettings settings, TimeProvider time) =>
        settings.Credential is null ? new NoBearer() : new MsalBearer(settings, MsalBearer.Client(settings.Cloud.Login), time);

    public static ServiceHosts HostsOf(TeamsSettings settings) =>
        new(settings.AllowUnauthenticated ? [.. settings.Cloud.ServiceHosts, .. s_here] : settings.Cloud.ServiceHosts);

    /// <summary>All of the bot but <see cref="Respondent"/>, <see cref="Organiser"/> and <see cref="Newcomers"/>, which the program puts before its own conversation.</summary>
    public static IServiceCollection AddTeams(this IServiceCollection services, TeamsSettings settings, IBearer bearer, TimeProvider time)
    {
        var hosts = HostsOf(settings);
        services.AddSingleton(settings).AddSingleton(hosts).AddSingleton(bearer);
        services.AddSingleton(_ => new SigningKeys(new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, settings.Cloud.Metadata, time));
        services.AddSingleton<TokenCheck>().AddSingleton<Arrivals>();
        services.AddSingleton(provider => new ConnectorClient(
            ConnectorClient.Client(), bearer, hosts, time, provider.GetRequiredService<Lottery>().Share, provider.GetRequiredService<ILogger<ConnectorClient>>()));
        services.AddSingleton(provider => new Underway(provider.GetRequiredService<ILogger<Underway>>()));
        services.AddSingleton<Chats>().AddSingleton<Turnout>().AddSingleton<Teammates>().AddSingleton<Speaker>().AddSingleton<Joining>().AddSingleton<IActivities, Dispatcher>();
        services.AddSingleton<IChannel, TeamsChannel>();
        services.AddHostedService<TeamsBot>();
        return services;
    }

    /// <summary>Lets Teams call.</summary>
    public static void MapTeams(this IEndpointRouteBuilder routes, TeamsSettings settings)
    {
        var services = routes.ServiceProvider;
        var endpoint = new MessagesEndpoint(
            settings, services.GetRequiredService<TokenCheck>(), services.GetRequiredService<ServiceHosts>(), services.GetRequiredService<Arrivals>(),
            services.GetRequiredService<IActivities>(), services.GetRequiredService<Underway>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<MessagesEndpoint>>(), services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        // What else stands before pages (languages, limits for forms) is not for Teams.
        routes.MapPost(TeamsSettings.Path, endpoint.AnswerAsync).ShortCircuit();
    }
}
