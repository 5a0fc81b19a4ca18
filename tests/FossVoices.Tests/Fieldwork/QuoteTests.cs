using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Tests.Reports;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Nobody's words are posted without a yes to the very words, and a withdrawal takes them out of what was posted.</summary>
public sealed class QuoteTests
{
    private const string Story = "I asked Ada Lovelace (@ada, ada@example.org) about the quinquereme, see https://example.org/x. Then nothing happened for weeks.";
    private const string Quote = "asked Ada Lovelace (@ada, ada@example.org) about the quinquereme";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Write to ada@example.org or see www.example.org/a", "ada@example.org", "www.example.org/a")]
    [InlineData("as @grace and <@1234567890> said", "@grace", "<@1234567890>")]
    [InlineData("Ludwig van Beethoven wrote it", "Ludwig van Beethoven")]
    [InlineData("ask grace, not disgrace", "grace")]
    [InlineData("call +49 170 1234567 now", "+49 170 1234567")]
    [InlineData("We asked for help and nobody came.")]
    public void What_may_tell_who_is_meant_is_suggested(string text, params string[] parts) =>
        Assert.Equal(parts, Redaction.Suggest(text, ["Grace"]).Select(span => text.Substring(span.Start, span.Length)));

    [Fact]
    public async Task A_quote_waits_for_its_author_who_sees_it_masked_and_may_mask_more()
    {
        await using var street = await SpeaksAsync("anonymous");

        var proposed = await ProposeAsync(street);

        Assert.Equal("asked […] ([…], […]) about the quinquereme", proposed.Shown);
        var asked = Assert.Single(Assert.IsType<Outcome.MyData>(await street.SaysAsync("ada", new Said.MyData())).Asking);
        Assert.Equal(("proposed", proposed.Shown), (asked.State, asked.Shown));
        Assert.False(street.Store.Holds("quinquereme"));
        Assert.Empty(await ApprovedAsync(street));

        var name = asked.Parts.IndexOf(asked.Parts.First(part => part.Text == "Ada Lovelace"));
        var handles = asked.Parts.Index().Where(part => part.Item.Telling && part.Index != name).Select(part => part.Index).ToImmutableArray();
        Assert.StartsWith("Thank you.", await street.NotedAsync("ada", new Said.Decide(asked.Id, Yes: true, handles, Also: "quinquereme")), StringComparison.Ordinal);

        asked = Assert.Single(Assert.IsType<Outcome.MyData>(await street.SaysAsync("ada", new Said.MyData())).Asking);
        Assert.Equal(("approved", "asked Ada Lovelace ([…], […]) about the […]"), (asked.State, asked.Shown));
        Assert.Equal([asked.Id], await ApprovedAsync(street));
        Assert.False(street.Store.Holds("quinquereme"));
    }

    [Theory]
    [InlineData("no")]
    [InlineData("paraphrase")]
    public async Task Who_did_not_allow_it_is_not_even_asked(string quotes)
    {
        await using var street = await SpeaksAsync(quotes);

        Assert.Null(await street.Quotes.ProposeAsync(SmallFlow.Study, "q1", await SessionAsync(street), "why", Quote, [], Cancellation));
        Assert.Empty(await street.Quotes.QuotableAsync(SmallFlow.Study, code: null, Cancellation));
    }

    [Fact]
    public async Task Nobody_decides_about_anothers_quote_and_words_that_were_not_said_are_no_quote()
    {
        await using var street = await SpeaksAsync("anonymous");
        var proposed = await ProposeAsync(street);
        await street.FinishesAsync("bob");

        Assert.Equal("That quote is no longer there.", await street.NotedAsync("bob", new Said.Decide(proposed.Id, Yes: true)));
        Assert.Null(await street.Quotes.ProposeAsync(SmallFlow.Study, "q2", await SessionAsync(street), "why", "I never said that", [], Cancellation));
        Assert.Empty(await ApprovedAsync(street));
    }

    [Theory]
    [InlineData("withdraws")]
    [InlineData("says no after all")]
    [InlineData("changes the answer")]
    [InlineData("allows no quotes any more")]
    public async Task What_was_posted_with_a_quote_is_edited_when_its_author(string what)
    {
        await using var street = await SpeaksAsync("anonymous");
        var proposed = await ProposeAsync(street);
        await street.SaysAsync("ada", new Said.Decide(proposed.Id, Yes: true));
        await PostAsync(street);
        Assert.Contains("about the quinquereme", Assert.Single(street.Platform.Messages).Value, StringComparison.Ordinal);

        switch (what)
        {
            case "withdraws":
                await street.SaysAsync("ada", new Said.Withdraw());
                break;
            case "says no after all":
                await street.SaysAsync("ada", new Said.Decide(proposed.Id, Yes: false));
                break;
            case "changes the answer":
                await street.SaysAsync("ada", new Reply.Change("why"));
                await street.SaysAsync("ada", new Reply.Said("Something else."));
                break;
            default:
                await street.Store.Turns.SetQuotesAsync(SmallFlow.Study, await SessionAsync(street), "no", Cancellation);
                break;
        }

        await street.PassAsync(TimeSpan.FromHours(1));

        var text = Assert.Single(street.Platform.Messages).Value;
        Assert.DoesNotContain("quinquereme", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody said", text, StringComparison.Ordinal);
        Assert.Contains("Have your say", text, StringComparison.Ordinal); // The rest of the report is as it was.
        Assert.Equal(2, street.Platform.Tries);
        Assert.False(street.Store.Holds("quinquereme"));
    }

    [Fact]
    public async Task What_is_still_to_be_posted_goes_without_a_quote_that_was_taken_back()
    {
        await using var street = await SpeaksAsync("anonymous");
        var proposed = await ProposeAsync(street);
        await street.SaysAsync("ada", new Said.Decide(proposed.Id, Yes: true));
        await PostAsync(street, send: false);
        await street.SaysAsync("ada", new Said.Withdraw());

        await street.PassAsync(TimeSpan.FromHours(1));

        Assert.DoesNotContain("quinquereme", Assert.Single(street.Platform.Messages).Value, StringComparison.Ordinal);
        Assert.Equal(1, street.Platform.Tries);
    }

    private static async Task<Street> SpeaksAsync(string quotes)
    {
        var street = await Street.OpenAsync();
        await street.FinishesAsync("ada", Story);
        if (quotes != "no")
            await street.Store.Turns.SetQuotesAsync(SmallFlow.Study, await SessionAsync(street), quotes, Cancellation);
        return street;
    }

    private static Task<string> SessionAsync(Street street) => street.Store.AskAsync<string>("select session from answer where address = 'why' order by at limit 1");

    private static async Task<QuoteState> ProposeAsync(Street street) =>
        (await street.Quotes.ProposeAsync(SmallFlow.Study, "q1", await SessionAsync(street), "why", Quote, [], Cancellation))!;

    private static Task<ImmutableArray<string>> ApprovedAsync(Street street) => new ShownQuotes(street.Store.Database).ApprovedAsync(SmallFlow.Study, Street.Wave, community: null, Cancellation);

    /// <summary>A report as it is drawn up, kept and posted, with the quotes that were approved.</summary>
    private static async Task PostAsync(Street street, bool send = true)
    {
        var place = await street.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, "everybody's room"), PlaceRole.Channel, address: null, again: false, Cancellation);
        var approved = await ApprovedAsync(street);
        var report = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.AllAlike(up: 40, down: 60))) with { Study = SmallFlow.Study, Quotes = approved };
        var snapshots = new SnapshotStore(street.Store.Database, street.Store.Writer);
        var number = await snapshots.NextAsync(SmallFlow.Study, "channel", report.At, ReportJson.Of(report), Cancellation);
        await snapshots.QuoteAsync(SmallFlow.Study, "channel", number, approved, Cancellation);
        var now = street.Store.Time.GetUtcNow();
        await new OutboxStore(street.Store.Database, street.Store.Writer, street.Store.Time).QueueAsync(
            SmallFlow.Study, new OutboxPost(PostKind.Report, OutboxPost.Snapshot("channel", number), place, Session: null, now, now.AddDays(1), $"report/{number}"), Cancellation);
        if (send)
            await street.Outbox.SendDueAsync(Cancellation);
    }
}
