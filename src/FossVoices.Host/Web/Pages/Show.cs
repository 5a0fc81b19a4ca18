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
    /// <param name="key">The heading's key among the sentences; the text has the same with <c>_text</c>.</param>
    /// <param name="link">One place to go.</param>
    /// <param name="linkKey">The key of the link's text.</param>
    /// <param name="typed">What was typed and could not be kept.</param>
    /// <param name="sentence">What is said instead of the key's own text.</param>
    public static IResult Message(int status, string key, string? link = null, string? linkKey = null, string? typed = null, string? sentence = null) =>
        Page<MessagePage>(new MessageView(key, sentence, link, linkKey, string.IsNullOrWhiteSpace(typed) ? null : typed), status);

    public static IResult NoSuchStudy() => Message(404, "no_study", "/", "see_all");

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
