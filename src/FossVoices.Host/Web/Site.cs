using System.Collections.Immutable;
using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Discord;
using FossVoices.Fieldwork;
using FossVoices.Host.Commands;
using FossVoices.Host.Web.Review;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Teams;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Host.Web;

/// <summary>The web chat while it runs: the studies, the store, and the server that listens. Disposing it stops it; turns that wait are written first.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>How long requests under way may go on once it stops; with the writing after it, two seconds in all.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(1.5);

    private readonly WebApplication _app;
    private readonly Station _station;
    private readonly Demo? _demo;

    private Site(WebApplication app, Station station, Demo? demo, ImmutableArray<Study> studies) => (_app, _station, _demo, Studies) = (app, station, demo, studies);

    public ImmutableArray<Study> Studies { get; }

    /// <summary>Where it listens, ports as they were given out.</summary>
    public ImmutableArray<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    /// <exception cref="CannotRun">A study is broken, or the address can't be listened on.</exception>
    /// <exception cref="StorageUnavailable">The data folder can't be used.</exception>
    /// <param name="preview">Whether authors may try studies as their files are, unfinished ones too.</param>
    /// <param name="limits">How much one person and one place may say at once; null for what is usual.</param>
    /// <param name="channels">The chat platforms that can be spoken to, beside the web chat, which speaks only when spoken to.</param>
    /// <param name="demoPeople">How many simulated people answer a demo study beside the others; 0 for no demo.</param>
    /// <param name="reviewPassword">What opens the review pages from elsewhere, as it is or hashed; null where they open on this computer alone.</param>
    /// <param name="discord">How to be in Discord; null where it is off.</param>
    /// <param name="teams">How to be in Teams; null where it is off.</param>
    public static Task<Site> StartAsync(
        string data, string studiesFolder, string urls, Terminal terminal, CancellationToken cancellationToken, IReadOnlyList<IChannel>? channels = null, Limits? limits = null,
        string? reviewPassword = null, bool preview = false, int demoPeople = 0, DiscordSettings? discord = null, TeamsSettings? teams = null) =>
        StartAsync(data, Take(studiesFolder), preview ? studiesFolder : null, urls, terminal, cancellationToken, channels, limits, reviewPassword, demoPeople, discord, teams);

    /// <summary>As above, of studies that were read before.</summary>
    /// <param name="drafts">The folder in which authors may try studies as their files are; null for none.</param>
    internal static async Task<Site> StartAsync(
        string data, ImmutableArray<Study> studies, string? drafts, string urls, Terminal terminal, CancellationToken cancellationToken, IReadOnlyList<IChannel>? channels = null,
        Limits? limits = null, string? reviewPassword = null, int demoPeople = 0, DiscordSettings? discord = null, TeamsSettings? teams = null)
    {
        var password = ReviewPassword.Read(reviewPassword);
        var addresses = Listen.Read(urls);
        if (teams?.Bars(addresses) is { } bars)
            throw new CannotRun(bars);
        var bearer = teams is null ? null : BearerOf(teams, terminal.Time);
        var station = await Station.OpenAsync(data, terminal.Time, cancellationToken);
        var former = await FormerAsync(studies, station, cancellationToken);
        var lottery = new Lottery(RandomNumberGenerator.Create());
        var demo = demoPeople > 0 ? await Demo.OpenAsync(studies[0], demoPeople, lottery, NullLoggerFactory.Instance, terminal.Time, cancellationToken) : null;
        if (demo is not null)
            studies = studies.Add(demo.Its);
        var app = Compose(studies, former, addresses, station, demo, lottery, Path.GetFullPath(data), terminal, channels ?? [], limits, password, drafts, discord, teams, bearer);
        var site = new Site(app, station, demo, studies);
        try
        {
            await app.StartAsync(cancellationToken);
            return site;
        }
        catch (KeysUnavailable e)
        {
            await site.DisposeAsync();
            throw new CannotRun($"Teams is on, but nobody who calls could be checked: {e.Message} Try again, or look at 'FossVoices:Teams:Metadata'.");
        }
        catch (Exception e) when (Listen.Refusal(e, urls) is { } sentence)
        {
            await site.DisposeAsync();
            throw new CannotRun(sentence);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(LongestStop, TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        await _station.DisposeAsync();
        if (_demo is not null)
            await _demo.DisposeAsync();
    }

    private static ImmutableArray<Study> Take(string folder)
    {
        var loaded = Shelf.Look(folder);
        if (loaded.IsEmpty)
            throw new CannotRun($"There is no study in '{folder}'. A study is a folder with a study.json; name another folder with --studies DIR.");
        return [.. loaded.Select(s => s.Study ?? throw Shelf.Broken(s))];
    }

    private static IBearer BearerOf(TeamsSettings teams, TimeProvider time)
    {
        try
        {
            return TeamsServices.BearerOf(teams, time);
        }
        catch (NoToken e)
        {
            throw new CannotRun(e.Message);
        }
    }

    /// <summary>Flows that somebody began: their sessions are found even where the files are gone.</summary>
    private static async Task<ImmutableArray<(string Study, string Flow)>> FormerAsync(ImmutableArray<Study> studies, Station station, CancellationToken cancellationToken)
    {
        var former = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var study in studies)
            former.AddRange((await station.Bundles.FlowsAsync(study.Id, cancellationToken)).Select(flow => (study.Id, flow)));
        return former.ToImmutable();
    }

    private static WebApplication Compose(
        ImmutableArray<Study> studies, ImmutableArray<(string Study, string Flow)> former, ImmutableArray<string> addresses, Station station, Demo? demo, Lottery lottery,
        string dataFolder, Terminal terminal, IReadOnlyList<IChannel> channels, Limits? limits, ReviewPassword? password, string? drafts,
        DiscordSettings? discord, TeamsSettings? teams, IBearer? bearer)
    {
        // Empty: no configuration files, environment or logging that were not asked for, and nothing that depends on the current folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "fossvoices", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls([.. addresses]).ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            // More than a form may have (see FormGate): what is too long is read to its end, so that the browser gets to see the page that says so.
            server.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
        });
        builder.Logging.AddProvider(new TerminalLog(terminal.Error));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The keys are kept as files that only their owner can read; that they are not encrypted once more is known (docs/privacy.md).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Why it could not start is said in a sentence of our own.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

        var keys = Directory.CreateDirectory(Path.Combine(dataFolder, "keys", "web"));
        if (!OperatingSystem.IsWindows())
            keys.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        builder.Services.AddDataProtection().SetApplicationName("FossVoices").PersistKeysToFileSystem(keys);

        builder.Services.AddRoutingCore();
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "voices-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form";
        });
        builder.Services.AddReceiptLimit();

        builder.Services.AddSingleton(terminal.Time);
        builder.Services.AddSingleton(station.Database).AddSingleton(station.Turns).AddSingleton(station.Waves).AddSingleton(station.Bundles).AddSingleton(station.Tallies);
        builder.Services.AddSingleton(new OpenStudies(studies, former));
        builder.Services.AddSingleton(lottery);
        // The demo has a folder of its own, and so a counter of its own; which one it is, the address says.
        builder.Services.AddSingleton(services => new Counters(
            new Counter(station, services.GetRequiredService<OpenStudies>(), [.. services.GetServices<IChannel>()], lottery, services.GetRequiredService<ILoggerFactory>(), terminal.Time), demo?.Counter));
        builder.Services.AddScoped(services => services.GetRequiredService<Counters>().For(services.GetRequiredService<IHttpContextAccessor>().HttpContext));
        builder.Services.AddScoped(services => services.GetRequiredService<Counter>().Openings)
            .AddScoped(services => services.GetRequiredService<Counter>().Reports).AddScoped(services => services.GetRequiredService<Counter>().Conversation);
        builder.Services.AddSingleton(new SnapshotStore(station.Database, station.Writer));
        builder.Services.AddSingleton(new ReportCalendar(station.Database, station.Writer, terminal.Time));
        builder.Services.AddSingleton(services => new ReportPosting(
            services.GetRequiredService<Counters>().Main.Reports, services.GetRequiredService<ReportCalendar>(), station.Places, station.Database, terminal.Time));
        builder.Services.AddSingleton(services => new Steering(
            station.Waves, services.GetRequiredService<Counters>().Main.Openings, services.GetRequiredService<ReportPosting>(), services.GetRequiredService<WordsPosting>()));
        builder.Services.AddSingleton(services => new ReportSchedule(
            services.GetRequiredService<OpenStudies>(), services.GetRequiredService<Counters>().Main.Openings, services.GetRequiredService<ReportPosting>(),
            services.GetRequiredService<Counters>().Main.Reports, services.GetRequiredService<ReportCalendar>(), terminal.Time, services.GetRequiredService<ILogger<ReportSchedule>>()));
        builder.Services.AddSingleton<Visitors>();
        builder.Services.AddSingleton(services => new Reviewers(services.GetRequiredService<IDataProtectionProvider>(), password, terminal.Time));
        builder.Services.AddSingleton<ReviewStore>().AddSingleton(station.People).AddSingleton(station.Accesses).AddSingleton(new ClaimStore(station.Database, station.Writer, terminal.Time));
        builder.Services.AddScoped<ReviewDesks>();
        builder.Services.AddHttpContextAccessor().AddScoped<Speech>().AddScoped<Desks>().AddScoped<Margin>();
        if (drafts is not null)
            builder.Services.AddSingleton(new Drafts(drafts)).AddScoped<Rehearsals>();
        builder.Services.AddSingleton<Retention>().AddSingleton<Freezing>().AddHostedService<Upkeep>().AddHostedService<Reporter>();
        builder.Logging.AddFilter(typeof(Retention).FullName, LogLevel.Information);
        builder.Logging.AddFilter(typeof(Freezing).FullName, LogLevel.Information);
        builder.Services.AddSingleton(station.Outbox).AddSingleton(station.Places).AddSingleton<Posts>().AddSingleton<Outbox>();
        builder.Services.AddSingleton(station.Feedback).AddSingleton(station.Codes).AddSingleton(station.Quotes).AddSingleton(services => services.GetRequiredService<Counters>().Main.Rounds).AddSingleton<ShownQuotes>()
            .AddSingleton(station.Told).AddSingleton(station.Paraphrases).AddSingleton(services => services.GetRequiredService<Counters>().Main.Words).AddSingleton<WordsPosting>()
            .AddSingleton(new ReminderStore(station.Database, station.Writer, terminal.Time)).AddSingleton<Asides>();
        builder.Services.AddSingleton(services => new Doorkeeper(
            study => services.GetRequiredService<Counters>().Of(study).Conversation, services.GetRequiredService<OpenStudies>(), limits ?? Limits.Usual));
        foreach (var channel in channels)
            builder.Services.AddSingleton(channel);
        builder.Services.AddSingleton(new CoverageStore(station.Database));
        if (discord is not null)
            builder.Services.AddDiscord(discord)
                .AddSingleton(services => new FossVoices.Discord.Talk(
                    services.GetRequiredService<Doorkeeper>().HearAsync, services.GetRequiredService<Counters>().Main.Conversation,
                    services.GetRequiredService<OpenStudies>(), services.GetRequiredService<FossVoices.Discord.Roles>(), discord))
                .AddSingleton(services => new FossVoices.Discord.Organiser(
                    services.GetRequiredService<OpenStudies>(), services.GetRequiredService<Steering>(), services.GetRequiredService<CoverageStore>(),
                    services.GetRequiredService<ReportSchedule>(), station.Places));
        if (teams is not null)
            AddTeams(builder.Services, teams, bearer!, station, terminal.Time);
        if (channels.Count > 0 || discord is not null || teams is not null)
            builder.Services.AddHostedService<Postman>();
        // Signals are heard by the command line, which stops the web chat in its own order.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        var app = builder.Build();
        // A proxy on this machine may say that the visitor came by https; cookies and links then say so too. Nobody else is believed.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.Use(EveryResponse.SendAsync);
        app.UseRouting();
        app.Use(Speech.SwitchAsync);
        app.UseRateLimiter();
        app.MapFiles();
        app.MapFrontPage();
        app.MapAnswering();
        app.MapOwnAnswers();
        app.MapAsides();
        app.MapWords();
        app.MapReceipts();
        app.MapReports();
        if (discord is not null)
            app.MapDiscord(discord);
        if (teams is not null)
            app.MapTeams(teams);
        if (drafts is not null)
            app.MapTryPages();
        app.MapReview();
        app.MapFallback("{*path}", () => Pages.Show.Message(404, "nowhere"));
        return app;
    }

    private static void AddTeams(IServiceCollection collection, TeamsSettings teams, IBearer bearer, Station station, TimeProvider time) => collection.AddTeams(teams, bearer, time)
        .AddSingleton(services => new Newcomers(services.GetRequiredService<OpenStudies>(), station.Places, services.GetRequiredService<Doorkeeper>().HearAsync))
        .AddSingleton(services => new FossVoices.Teams.Talk(
            services.GetRequiredService<Doorkeeper>().HearAsync, services.GetRequiredService<Teammates>(), services.GetRequiredService<OpenStudies>(), services.GetRequiredService<Chats>()))
        .AddSingleton(services => new FossVoices.Teams.Respondent(
            services.GetRequiredService<FossVoices.Teams.Talk>(), services.GetRequiredService<Counters>().Main.Conversation, services.GetRequiredService<OpenStudies>(),
            new Whereabouts(services.GetRequiredService<OpenStudies>(), services.GetRequiredService<Counters>().Main.Openings, station.Database, station.Turns),
            services.GetRequiredService<Chats>()))
        .AddSingleton(services => new FossVoices.Teams.Organiser(
            services.GetRequiredService<OpenStudies>(), services.GetRequiredService<Steering>(), services.GetRequiredService<CoverageStore>(),
            services.GetRequiredService<ReportSchedule>(), station.Places, services.GetRequiredService<Newcomers>(), services.GetRequiredService<ConnectorClient>(), services.GetRequiredService<Turnout>(), teams));

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
