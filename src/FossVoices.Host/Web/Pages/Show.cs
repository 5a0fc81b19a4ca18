using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FossVoices.Host.Web.Pages;

/// <summary>Makes responses of pages.</summary>
internal static class Show
{
    /// <param name="view">What the page shows; every page takes one.</param>
    public static IResult Page<TPage>(object view, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["View"] = view }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>A small page with one thing to say.</summary>
    /// <param name="typed">What was typed and could not be kept.</param>
    public static IResult Message(int status, string heading, string text, string? link = null, string? linkText = null, string? typed = null) =>
        Page<MessagePage>(new MessageView(heading, text, link, linkText, string.IsNullOrWhiteSpace(typed) ? null : typed), status);

    public static IResult NoSuchStudy() => Message(404, "There is no such study here", "The address may have been cut off, or the study has moved.", "/", "See what there is");

    /// <summary>Sends the browser on, by GET, so that loading again never sends again.</summary>
    public static IResult SeeOther(string path) => new Elsewhere(path);

    private sealed class Elsewhere(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
