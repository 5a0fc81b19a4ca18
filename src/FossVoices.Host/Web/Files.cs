using System.Security.Cryptography;

namespace FossVoices.Host.Web;

/// <summary>The few files beside the pages. They travel inside the program, so that it can be started from any folder.</summary>
internal static class Files
{
    private static readonly byte[] Css = Read("style.css");
    private static readonly byte[] Icon = Read("icon.svg");
    private static readonly byte[] Preview = Read("preview.js");
    private static readonly byte[] ReviewCss = Read("review.css");
    private static readonly byte[] ReviewScript = Read("review.js");

    public const string CacheControl = "public, max-age=86400";

    /// <summary>The style sheet's address, which changes with what is in it.</summary>
    public static string StyleAddress { get; } = AddressOf("/style.css", Css);

    public static string ReviewStyleAddress { get; } = AddressOf("/review.css", ReviewCss);

    public static string ReviewScriptAddress { get; } = AddressOf("/review.js", ReviewScript);

    /// <summary>The address of the one script there is, which only the pages for authors load.</summary>
    public static string PreviewAddress { get; } = $"/preview.js?v={Convert.ToHexStringLower(SHA256.HashData(Preview).AsSpan(0, 6))}";

    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/style.css", (HttpContext context) => Send(context, Css, "text/css; charset=utf-8"));
        app.MapGet("/icon.svg", (HttpContext context) => Send(context, Icon, "image/svg+xml"));
        app.MapGet("/preview.js", (HttpContext context) => Send(context, Preview, "text/javascript; charset=utf-8"));
        app.MapGet("/review.css", (HttpContext context) => Send(context, ReviewCss, "text/css; charset=utf-8"));
        app.MapGet("/review.js", (HttpContext context) => Send(context, ReviewScript, "text/javascript; charset=utf-8"));
    }

    private static string AddressOf(string path, byte[] file) => $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, 6))}";

    private static IResult Send(HttpContext context, byte[] file, string type)
    {
        context.Response.Headers.CacheControl = CacheControl;
        return Results.Bytes(file, type);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(Files).Assembly.GetManifestResourceStream($"FossVoices.Host.Web.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
