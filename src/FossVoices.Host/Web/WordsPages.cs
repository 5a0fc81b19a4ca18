using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Host.Web.Pages;

namespace FossVoices.Host.Web;

/// <summary>Own words: to read as they are kept, change or cut, hide parts of, and release answer by answer.</summary>
internal static class WordsPages
{
    public static void MapWords(this IEndpointRouteBuilder app)
    {
        app.MapGet("/words/{study}/{flow?}", (string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Visitors visitors, CancellationToken cancellationToken) =>
            SayAsync(new Said.Words(), study, flow, context, doorkeeper, desks, visitors, cancellationToken));
        app.MapPost("/words/{study}/{flow?}", (string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Visitors visitors, CancellationToken cancellationToken) =>
            SayAsync(Read(context.Request.Form), study, flow, context, doorkeeper, desks, visitors, cancellationToken)).AddEndpointFilter<FormGate>();
    }

    /// <summary>What was typed as a command, or sent by the form.</summary>
    public static async Task<IResult> AnswerAsync(Said said, Desk desk, HttpContext context, Doorkeeper doorkeeper, Visitor visitor, CancellationToken cancellationToken) =>
        await doorkeeper.HearAsync(desk.Heard(context, visitor, said), cancellationToken) switch
        {
            Outcome.OwnWords own => Show.Page<WordsPage>(new WordsView(desk.Way, own, Visitor.NewId(), (said as Said.Release)?.Which ?? (said as Said.Approve)?.Which)),
            Outcome.Noted noted => Show.Message(200, "noted", desk.Way.Mine, "noted_back", sentence: noted.Sentence),
            Outcome.Closed closed => Show.Message(409, "closed", sentence: closed.Sentence),
            Outcome.Unavailable unavailable => Show.Message(503, "moment", desk.Way.Words, "try_again", (said as Said.Release)?.Text, unavailable.Sentence),
            _ => Show.SeeOther(desk.Way.Mine),
        };

    private static async Task<IResult> SayAsync(
        Said said, string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Visitors visitors, CancellationToken cancellationToken) =>
        desks.Find(study, flow) is { } desk
            ? await AnswerAsync(said, desk, context, doorkeeper, visitors.Read(context, study), cancellationToken)
            : Show.NoSuchStudy();

    private static Said Read(IFormCollection form) => form.TryGetValue("yes", out var yes)
        ? new Said.Approve(form["word"].ToString(), yes == "1", form["reply"].ToString().Trim(), form.TryGetValue("mark", out var mark) ? mark.ToString() : null)
        : Release(form);

    private static Said.Release Release(IFormCollection form) => new(
        form["word"].ToString(), form["release"].ToString(), form["name"].ToString().Trim(),
        form["hide"].Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : -1).ToImmutableArray(),
        form["also"].ToString(),
        form.TryGetValue(ReplyForm.Text, out var text) ? text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal) : null);
}
