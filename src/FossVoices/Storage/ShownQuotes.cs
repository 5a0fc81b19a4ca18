using System.Collections.Immutable;
using FossVoices.Reports;

namespace FossVoices.Storage;

/// <summary>Quotes in reports. A report holds references; the words are read when it is shown, so that what was taken back is not.</summary>
internal sealed class ShownQuotes(Database database)
{
    private const string MayBeShown = $"q.state = 'approved' and a.on_path = 1 and {QuoteRow.MayBeQuoted}";

    /// <summary>The approved quotes of a wave, the oldest approval first: their ids.</summary>
    /// <param name="wave">Empty in a study without waves.</param>
    /// <param name="community">Only of people who began there, by its key; null for all.</param>
    public Task<ImmutableArray<string>> ApprovedAsync(string study, string wave, string? community, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<string>>(
        async moment => [.. (await moment.ListAsync<QuoteRow>(
            $"{QuoteRow.Columns} where q.study = @study and s.wave = @wave and (@community = '' or {Recount.CommunityOf} = @community) and {MayBeShown} order by q.decided_at, q.quote",
            new { study, wave, community = community ?? "" })).Select(row => row.Id)],
        cancellationToken);

    /// <summary>The report with the words of those of its quotes that may still be shown, as they are shown.</summary>
    public async Task<GapReport> FillAsync(GapReport report, CancellationToken cancellationToken) => report.Quotes is not { IsEmpty: false } quotes ? report : report with
    {
        Quoted = await database.LookAsync<ImmutableArray<string>>(
            async moment =>
            {
                var shown = ImmutableArray.CreateBuilder<string>();
                foreach (var quote in quotes)
                {
                    if (await moment.FindAsync<QuoteRow>($"{QuoteRow.Columns} where q.study = @Study and q.quote = @quote and {MayBeShown}", new { report.Study, quote }) is { } row)
                        shown.Add(row.Asked(database.Vault).Shown);
                }

                return shown.ToImmutable();
            },
            cancellationToken),
    };
}
