using FossVoices.Host.Web.Pages;
using FossVoices.Storage;
using Microsoft.AspNetCore.Connections;

namespace FossVoices.Host.Web;

/// <summary>What holds for every response: the headers that keep a page to itself, and a kind page where something fails.</summary>
internal static partial class EveryResponse
{
    /// <summary>The pages need no script, no frame and nothing from elsewhere, so nothing of that is allowed.</summary>
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The pages for authors load themselves again when a file is saved.</summary>
    private const string PolicyForAuthors = ContentPolicy + "; script-src 'self'; connect-src 'self'";

    /// <summary>The pages of review have a script of their own, for keys.</summary>
    private const string ReviewPolicy = ContentPolicy + "; script-src 'self'";

    public static async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            SetHeaders(context.Response.Headers, PolicyFor(context.Request.Path));
            return Task.CompletedTask;
        });
        // Who asks for the headers alone gets those of the page; the server leaves out what follows them.
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is OperationCanceledException or ConnectionAbortedException or ConnectionResetException)
        {
            // Whoever asked is gone, or the program stops.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await FailAsync(context, e);
        }
    }

    private static async Task FailAsync(HttpContext context, Exception exception)
    {
        var page = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => FormGate.TooLong(),
            BadHttpRequestException => Show.Message(400, "unreadable"),
            StorageUnavailable => Show.Message(503, "held"),
            _ => Show.Message(500, "failed"),
        };
        if (exception is not BadHttpRequestException)
            LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(EveryResponse)), exception, context.GetEndpoint()?.DisplayName);

        context.Response.Clear();
        await page.ExecuteAsync(context);
    }

    private static string PolicyFor(PathString path) =>
        TryPages.Has(path) ? PolicyForAuthors : path.StartsWithSegments("/review", StringComparison.OrdinalIgnoreCase) ? ReviewPolicy : ContentPolicy;

    /// <summary>Set last, so that nothing that made the page has another say.</summary>
    private static void SetHeaders(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
        headers.Remove("blazor-enhanced-nav"); // No script is there to make use of it.
        // Answers are nobody else's business, and a page from the browser's own store would be a stale one.
        if (headers.CacheControl != Files.CacheControl)
            headers.CacheControl = "no-store";
    }

    // Neither the address, which may hold a receipt, nor the exception's message, which may repeat what somebody wrote.
    [LoggerMessage(Level = LogLevel.Error, Message = "{Page} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string? page);
}
