using System.Collections.Immutable;
using FossVoices.Host.Web.Pages;
using FossVoices.Storage;

namespace FossVoices.Host.Web.Review;

/// <summary>What the researchers conclude, each with the answers that it rests on.</summary>
internal static class ClaimPages
{
    public static void MapClaims(this RouteGroupBuilder pages)
    {
        pages.MapGet("claims", ListAsync);
        pages.MapPost("claims", SaveAsync).AddEndpointFilter<FormGate>();
    }

    internal static ImmutableArray<ClaimRow> RowsOf(ReviewFrame frame, ImmutableArray<Claim> claims) =>
        [.. claims.Select(claim => new ClaimRow(claim.Id, claim.Text, claim.MadeBy, [.. claim.Cited.Select(id => (id, LinkTo(frame, id)))]))];

    private static async Task<IResult> ListAsync(string study, ReviewDesks desks, ClaimStore claims, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var frame = ReviewPages.FrameOf(desk);
        return Show.Page<ClaimsPage>(new ClaimsView(frame, RowsOf(frame, await claims.AllAsync(study, cancellationToken)), Note: null, Typed: ""));
    }

    /// <summary>A new claim, an existing one said anew or cited for, or one that is taken back.</summary>
    private static async Task<IResult> SaveAsync(string study, ReviewDesks desks, ClaimStore claims, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var frame = ReviewPages.FrameOf(desk);
        var form = context.Request.Form;
        var all = await claims.AllAsync(study, cancellationToken);
        var existing = all.FirstOrDefault(claim => claim.Id == form["claim"]);
        if (form["do"] == "delete")
        {
            if (existing is not null)
                await claims.DeleteAsync(study, existing.Id, cancellationToken);
            return Show.SeeOther(frame.At("claims"));
        }

        var text = form["text"].ToString().ReplaceLineEndings("\n").Trim();
        var known = desk.Answers.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var cited = form["cite"].OfType<string>().Where(known.Contains).ToArray();
        var uncited = form["uncite"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (existing is null && text.Length == 0)
            return Show.Page<ClaimsPage>(new ClaimsView(frame, RowsOf(frame, all), speech["review_claim_empty"], text), 422);
        if (text.Length > ClaimStore.Longest)
            return Show.Page<ClaimsPage>(new ClaimsView(frame, RowsOf(frame, all), speech["review_claim_long"], text), 422);

        var claim = existing ?? new Claim(Visitor.NewId(), text, desk.Name, []);
        await claims.SaveAsync(
            study, claim with { Text = text.Length > 0 ? text : claim.Text, Cited = [.. claim.Cited.Where(id => !uncited.Contains(id)).Union(cited, StringComparer.Ordinal)] }, cancellationToken);
        return Show.SeeOther(frame.At("claims"));
    }

    private static string LinkTo(ReviewFrame frame, string id) => id.Split('/', 2) is [var session, var address] ? frame.Answer(session, address) : "";
}
