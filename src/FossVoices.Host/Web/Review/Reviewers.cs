using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Host.Web.Pages;
using Microsoft.AspNetCore.DataProtection;

namespace FossVoices.Host.Web.Review;

/// <summary>
/// Who works on the review pages, under the name that he or she gave. Without a password the pages open on this computer alone; with one, from anywhere, for whoever knows it.
/// </summary>
internal sealed class Reviewers(IDataProtectionProvider protection, ReviewPassword? password, TimeProvider time)
{
    private const string Cookie = "voices-review";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly string[] s_proxied = ["Forwarded", "X-Forwarded-For", "X-Original-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("reviewer").ToTimeLimitedDataProtector();

    public bool AsksForPassword => password is not null;

    public bool Opens(string said) => password is null || password.Is(said);

    /// <summary>Whether the pages may be shown at all to where the request comes from.</summary>
    public bool MayCome(HttpContext context) => password is not null || IsThisComputer(context);

    /// <summary>The name; null for whoever has not given one, or whose password is no longer the right one.</summary>
    public string? NameIn(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } cookie)
            return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(_protector.Unprotect(cookie))!;
            return kept.Stamp == Stamp ? kept.Name : null;
        }
        catch (CryptographicException)
        {
            return null; // Made up, damaged, too old, or of another installation.
        }
    }

    public void SignIn(HttpContext context, string name) =>
        context.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(new Kept(name, Stamp)), time.GetUtcNow() + Longest), Options(context));

    public static void SignOut(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    /// <summary>
    /// A browser on this computer that asked for it by its own name. A proxy in front of the program looks much the same, and the world stands behind it: so nothing that a
    /// proxy adds, and not the old protocol that proxies speak by default.
    /// </summary>
    private static bool IsThisComputer(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && context.Request.Protocol != "HTTP/1.0"
        && context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
        && !s_proxied.Any(context.Request.Headers.ContainsKey);

    private string Stamp => password?.Stamp ?? "";

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Path = "/review",
    };

    private sealed record Kept(string Name, string Stamp);
}

/// <summary>Stands before every page of review but the one on which a name is given.</summary>
internal sealed class ReviewGate(Reviewers reviewers) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!reviewers.MayCome(http))
            return Show.Message(403, "review_elsewhere");
        return reviewers.NameIn(http) is null && http.Request.RouteValues["study"] is string study
            ? Show.SeeOther($"/review/{Uri.EscapeDataString(study)}/name")
            : await next(context);
    }
}
