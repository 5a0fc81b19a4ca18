using System.Net;
using System.Text.Json;
using FossVoices.Fieldwork;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams.Inbound;

/// <summary>What to answer to an activity at once, and what to do when that is done.</summary>
/// <param name="Body">JSON; null for an empty one.</param>
/// <param name="Then">What is to be said by calls of our own; null for nothing.</param>
internal sealed record Answered(int Status, byte[]? Body = null, Func<CancellationToken, Task>? Then = null);

/// <summary>Hears activities that were let in.</summary>
internal interface IActivities
{
    /// <param name="again">Whether it had come before: then nothing is said by calls of our own.</param>
    Task<Answered> HearAsync(Activity activity, bool again, CancellationToken cancellationToken);

    /// <summary>One came with a token that was believed, and was not let in.</summary>
    void TurnedAway(Activity activity, Barred why)
    {
    }

    /// <summary>Somebody called with a token that was not believed.</summary>
    void Doubted()
    {
    }
}

/// <summary>Where Teams calls. Nothing is heard that does not come with a token that was checked, and fits it.</summary>
internal sealed partial class MessagesEndpoint(
    TeamsSettings settings, TokenCheck check, ServiceHosts hosts, Arrivals arrivals, IActivities activities, Underway underway, TimeProvider time,
    ILogger<MessagesEndpoint> log, CancellationToken stopping)
{
    private const int LongestBody = 256 * 1024;

    /// <summary>Teams waits longer, but a person does not.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(4);

    public async Task AnswerAsync(HttpContext context)
    {
        var (status, bearer) = await WhoAsync(context);
        if (status != 0)
        {
            if (status == StatusCodes.Status401Unauthorized)
                activities.Doubted();
            await EndAsync(context, status);
            return;
        }

        if (await ReadAsync(context) is not { } activity)
        {
            await EndAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        if (Admission.Of(activity, bearer, hosts, settings.AllowedTenants) is { } barred)
        {
            LogBarred(barred);
            activities.TurnedAway(activity, barred);
            await EndAsync(context, StatusCodes.Status403Forbidden);
            return;
        }

        var coming = arrivals.Note(activity, out var again);
        // Whoever calls may hang up; what was begun is brought to its end all the same.
        var hearing = activities.HearAsync(activity, again, stopping);
        var answered = await InTimeAsync(hearing) ? await hearing : TooSlow(activity);
        context.Response.OnCompleted(() =>
        {
            if (!context.RequestAborted.IsCancellationRequested)
                coming.Acknowledge(time.GetUtcNow());
            return Task.CompletedTask;
        });
        await EndAsync(context, answered.Status, answered.Body);
        underway.Run(async () =>
        {
            if ((await hearing).Then is { } then)
                await then(stopping);
        });
    }

    private async Task<(int Status, Bearer? Bearer)> WhoAsync(HttpContext context)
    {
        if (settings.AllowUnauthenticated)
            return (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) ? 0 : StatusCodes.Status403Forbidden, null);
        try
        {
            return await check.CheckAsync(context.Request.Headers.Authorization, context.RequestAborted) is { } bearer ? (0, bearer) : (StatusCodes.Status401Unauthorized, null);
        }
        catch (KeysUnavailable e)
        {
            LogKeys(e.Message);
            return (StatusCodes.Status503ServiceUnavailable, null);
        }
    }

    private static async Task<Activity?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LongestBody)
            return null;
        try
        {
            using var body = new MemoryStream();
            var buffer = new byte[8192];
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                if (body.Length + read > LongestBody)
                    return null;
                body.Write(buffer, 0, read);
            }

            using var json = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return Activity.TryRead(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<bool> InTimeAsync(Task hearing)
    {
        if (hearing.IsCompleted)
            return true;
        using var enough = new CancellationTokenSource();
        var first = await Task.WhenAny(hearing, Task.Delay(s_budget, time, enough.Token));
        await enough.CancelAsync();
        return first == hearing;
    }

    private static Answered TooSlow(Activity activity) => activity.Happened is Happened.Executed
        ? new Answered(StatusCodes.Status200OK, Replied.Words(Sentences.Say(activity.Locale ?? Flows.Wording.Original, "slow")))
        : new Answered(StatusCodes.Status202Accepted);

    private static Task EndAsync(HttpContext context, int status, byte[]? body = null)
    {
        context.Response.StatusCode = status;
        if (body is null)
            return context.Response.CompleteAsync();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An activity with a good token was turned away: {Why}")]
    private partial void LogBarred(Barred why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing from Teams can be heard now: {Why}")]
    private partial void LogKeys(string why);
}
