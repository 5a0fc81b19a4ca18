using FossVoices.Channels;

namespace FossVoices.Host.Web;

/// <summary>
/// The pages of the web chat for whoever writes a study: asked from the files as they are now, with what is to be mended beside them. There only where the
/// operator allows it (<c>FossVoices:Preview</c>); nothing of a walk is stored.
/// </summary>
internal static class TryPages
{
    private const string Root = "/try";
    private const string Asking = "/try-changed";

    /// <summary>How long a page's question whether something has changed may wait for its answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether a path is one of these pages.</summary>
    public static bool Has(PathString path) => path.StartsWithSegments(Root, StringComparison.Ordinal);

    public static void MapTryPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(Root + "/{study}/{flow?}", Ask);
        app.MapPost(Root + "/{study}/{flow?}", Hear).AddEndpointFilter<FormGate>();
        app.MapGet(Asking + "/{study}", ChangedAsync);
    }

    private static IResult Ask(string study, string? flow, string? w, string? q, Rehearsals rehearsals) =>
        rehearsals.Find(study, flow, w) is { } rehearsal ? rehearsal.Show(q, note: null, status: 200, tried: null) : rehearsals.Missing(study);

    private static IResult Hear(string study, string? flow, string? w, HttpContext context, Rehearsals rehearsals)
    {
        if (rehearsals.Find(study, flow, w) is not { } rehearsal)
            return rehearsals.Missing(study);

        var form = context.Request.Form;
        if (form[ReplyForm.Do] == ReplyForm.Agree)
            return Pages.Show.SeeOther(rehearsal.Begin(form["quotes"]).Page());
        return Asked.TryRead(form[ReplyForm.Asked]) is { } asked && ReplyForm.Read(form) is { } reply
            ? rehearsal.Take(asked.Address, reply)
            : Pages.Show.Message(400, "unreadable");
    }

    private static async Task<string> ChangedAsync(
        string study, string? since, Drafts drafts, TimeProvider time, IHostApplicationLifetime program, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, program.ApplicationStopping);
        var began = time.GetTimestamp();
        while (!over.IsCancellationRequested && time.GetElapsedTime(began) < s_patience)
        {
            if (drafts.StampOf(study) != since)
                return "changed";
            await Task.Delay(s_glance, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return "same";
    }

    internal static string ChangedSince(string study, string stamp) => $"{Asking}/{study}?since={stamp}";
}
