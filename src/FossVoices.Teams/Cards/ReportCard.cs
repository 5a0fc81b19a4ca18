using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;

namespace FossVoices.Teams.Cards;

/// <summary>
/// The report's card as the engine makes it, with its picture as the last thing on it where the program has an address that Teams can fetch it from. Nothing is in
/// the picture alone: the chart and the table before it say the same.
/// </summary>
internal static class ReportCard
{
    /// <param name="site">The public address of the program's pages; null where there is none.</param>
    public static Card Of(Post.Report report, Uri? site)
    {
        var card = JsonNode.Parse(report.Card)!.AsObject();
        var summary = card["fallbackText"]?.GetValue<string>() ?? "";
        var bare = Made(report, summary, card);
        if (site is null)
            return bare;
        card["body"]!.AsArray().Add(new JsonObject
        {
            ["type"] = "Image",
            ["url"] = PictureOf(report, site).AbsoluteUri,
            ["altText"] = report.Alternative,
            ["size"] = "Stretch",
            ["separator"] = true,
        });
        return Made(report, summary, card) is { Json.Length: <= Card.Limit } whole ? whole : bare;
    }

    /// <summary>Of this report and no other: one that is posted later has an address of its own.</summary>
    private static Uri PictureOf(Post.Report report, Uri site)
    {
        string[] series = [.. report.Wave.Length > 0 ? [$"wave={Uri.EscapeDataString(report.Wave)}"] : Array.Empty<string>(), .. report.Community is { } at ? [$"place={at}"] : Array.Empty<string>()];
        var query = series.Length > 0 ? $"?{string.Join('&', series)}" : "";
        return new Uri(site, string.Create(CultureInfo.InvariantCulture, $"r/{Uri.EscapeDataString(report.Study)}/{report.Number}.png{query}"));
    }

    private static Card Made(Post.Report report, string summary, JsonObject card) => Card.Made(report.Language, summary, Written.Json(json => card.WriteTo(json)));
}
