using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using static FossVoices.Tests.Fieldwork.RoundTests;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A report in words is posted after those quoted had their say, and shows only what they let stand, now and later.</summary>
public sealed class ToldWordsTests
{
    internal const string Room = "everybody's room";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_posted_when_the_time_to_answer_is_up_and_silence_does_not_hold_it()
    {
        await using var street = await ReleasedAsync();

        var drawn = (await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation))!;
        Assert.Equal((1, 6, 6, 0), (drawn.Report.Number, drawn.Quoted, drawn.Unanswered, drawn.Replies));
        Assert.Null(await street.WordsPosting.DrawAsync(street.Study, wave: null, "eve", Cancellation)); // One at a time.
        await PassAsync(street, TimeSpan.FromDays(2));
        Assert.StartsWith("A report in people's own words is coming", Assert.Single(street.Platform.Messages).Value, StringComparison.Ordinal);

        await PassAsync(street, TimeSpan.FromDays(1));

        var posted = PostedIn(street);
        Assert.All(People, person => Assert.Contains($"“the words of {person}”", posted, StringComparison.Ordinal));
        Assert.Equal(posted, WordsMessage.Discord((await street.Words.FindAsync(street.Study, 1, Cancellation))!, "en"));
        Assert.False(street.Store.Holds("the words of"));
    }

    [Fact]
    public async Task It_is_posted_earlier_where_all_have_said_yes_but_a_reply_is_read_by_the_team_first()
    {
        await using var street = await ReleasedAsync();
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        foreach (var person in People[1..])
            Assert.StartsWith("Done.", (await OwnAsync(street, person, "1 yes")).Note, StringComparison.Ordinal);
        await PassAsync(street, TimeSpan.Zero);
        Assert.Equal("", PostedIn(street));

        await OwnAsync(street, "up0", "1 reply I asked Grace Hopper then.");
        await PassAsync(street, TimeSpan.Zero);
        Assert.Equal("", PostedIn(street));
        Assert.Equal(1, (await street.WordsPosting.LastAsync(street.Study, Cancellation))!.Replies);
        Assert.Contains("its author adds: “I asked […] then.”", PlainText.Of((await street.Words.FindAsync(street.Study, 1, Cancellation))!).ReplaceLineEndings(" ").Replace("    ", " ", StringComparison.Ordinal), StringComparison.Ordinal);

        await OwnAsync(street, "up0", "1 yes"); // A word without a reply is one without.
        await PassAsync(street, TimeSpan.Zero);
        Assert.Contains("“the words of up0”", PostedIn(street), StringComparison.Ordinal);
        Assert.DoesNotContain("adds", PostedIn(street), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_author_sees_how_it_will_stand_answers_it_and_the_answer_stands_beside_it()
    {
        await using var street = await ReleasedAsync();
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);

        var quoted = Assert.Single((await OwnAsync(street, "up0", "")).Words).Quoted!;
        Assert.Equal(("the words of up0", false, ""), (quoted.Shown, quoted.Answered, quoted.Reply));
        Assert.Equal(street.Store.Time.GetUtcNow().AddDays(3), quoted.Due);
        Assert.StartsWith("An answer beside your words can have at most 320", (await OwnAsync(street, "up0", $"1 reply {new string('x', 321)}")).Note, StringComparison.Ordinal);
        var lines = OwnWordsText.Lines(await OwnAsync(street, "up0", "1 reply It was long ago."), "en");
        Assert.Contains(lines, line => line.Contains("Beside it stands your answer: “It was long ago.”", StringComparison.Ordinal) && line.Contains("/voices words 1 no to take it back", StringComparison.Ordinal));
        Assert.False(street.Store.Holds("long ago"));
        await PassAsync(street, TimeSpan.FromDays(3));

        Assert.Contains("“the words of up0” (Maintains PyPI) – To this its author adds: “It was long ago.”".Split('(')[0], PostedIn(street), StringComparison.Ordinal);
        Assert.Contains("“It was long ago.”", PostedIn(street), StringComparison.Ordinal);
        Assert.Null(Assert.Single((await OwnAsync(street, "up0", "")).Words).Quoted!.Due);
        Assert.StartsWith("There is no such answer of yours", (await OwnAsync(street, "up0", "1 reply Too late.")).Note, StringComparison.Ordinal); // The team could not read it first.
        await OwnAsync(street, "up0", "1 no");
        await PassAsync(street, TimeSpan.Zero);
        Assert.DoesNotContain("long ago", PostedIn(street), StringComparison.Ordinal);
        Assert.DoesNotContain("of up0", PostedIn(street), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 count")]
    [InlineData("1 none")]
    [InlineData("1 paraphrase")]
    [InlineData("1 hide words of up0")]
    [InlineData("1 change Something else.")]
    [InlineData("1 cut")]
    [InlineData("1 no")]
    [InlineData("withdraws")]
    [InlineData("changes the answer")]
    [InlineData("comes to be on both sides")]
    [InlineData("expires")]
    public async Task What_is_taken_back_goes_from_what_was_posted(string what)
    {
        await using var street = await ReleasedAsync();
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await PassAsync(street, TimeSpan.FromDays(3));
        Assert.Contains("the words of up0", PostedIn(street), StringComparison.Ordinal);

        await TakeBackAsync(street, what);
        await PassAsync(street, TimeSpan.Zero);

        Assert.DoesNotContain("the words of up0", PostedIn(street), StringComparison.Ordinal);
        Assert.Equal(what == "expires" ? 0 : 5, PostedIn(street).Split("“the words of").Length - 1); // The others' stay.
        if (what is not ("1 count" or "1 no"))
            return;
        await OwnAsync(street, "up0", "1 anonymous"); // For whatever comes next, not for this report.
        await PassAsync(street, TimeSpan.Zero);
        Assert.DoesNotContain("the words of up0", PostedIn(street), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_taken_back_is_in_nothing_that_is_still_to_be_posted()
    {
        await using var street = await ReleasedAsync();
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await OwnAsync(street, "up0", "1 count");
        await street.SaysAsync("up1", new Said.Withdraw());
        await OwnAsync(street, "up2", "1 change Something else.");
        await OwnAsync(street, "up2", "1 anonymous");

        await PassAsync(street, TimeSpan.FromDays(3));

        Assert.Equal(3, PostedIn(street).Split("“the words of").Length - 1);
        Assert.DoesNotContain("of up", PostedIn(street), StringComparison.Ordinal);
        Assert.DoesNotContain("Something else", PostedIn(street), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lower_release_is_rendered_as_such()
    {
        await using var street = await ReleasedAsync();
        await OwnAsync(street, "up0", "1 named Ada of the tests");
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await PassAsync(street, TimeSpan.FromDays(3));
        Assert.Contains("Ada of the tests", PostedIn(street), StringComparison.Ordinal);

        await OwnAsync(street, "up0", "1 anonymous");
        await PassAsync(street, TimeSpan.Zero);

        Assert.DoesNotContain("Ada of the tests", PostedIn(street), StringComparison.Ordinal);
        Assert.Contains("“the words of up0”", PostedIn(street), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_changes_sides_stands_on_the_other_one_in_what_was_posted()
    {
        await using var street = await ReleasedAsync();
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await PassAsync(street, TimeSpan.FromDays(3));
        var before = PostedIn(street);

        await street.SaysAsync("up0", new Reply.Change("role"));
        await street.SaysAsync("up0", SmallFlow.Choose("downstream"));
        await PassAsync(street, TimeSpan.Zero);

        Assert.NotEqual(before, PostedIn(street));
        Assert.Equal(PostedIn(street), WordsMessage.Discord((await street.Words.FindAsync(street.Study, 1, Cancellation))!, "en"));
    }

    [Fact]
    public async Task Words_that_came_later_are_in_no_report_that_was_drawn_before()
    {
        await using var street = await ReleasedAsync();
        await OwnAsync(street, "up0", "1 count");
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await OwnAsync(street, "up0", "1 anonymous");
        await PassAsync(street, TimeSpan.FromDays(3));
        await OwnAsync(street, "up1", "1 count"); // Has it put into words again.
        await PassAsync(street, TimeSpan.Zero);

        Assert.DoesNotContain("of up0", PostedIn(street), StringComparison.Ordinal);
        Assert.DoesNotContain("of up1", PostedIn(street), StringComparison.Ordinal);
        Assert.Equal(2, (await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation))!.Report.Number);
        await PassAsync(street, TimeSpan.FromDays(3));
        Assert.Contains(street.Platform.Messages.Values, text => text.Contains("“the words of up0”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_that_is_called_off_is_not_posted_and_nobody_answers_for_another()
    {
        await using var street = await ReleasedAsync();
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        var hers = Assert.Single((await OwnAsync(street, "up0", "")).Words);
        Assert.StartsWith("There is no such answer of yours", Assert.IsType<Outcome.OwnWords>(await street.SaysAsync("down0", new Said.Approve(hers.Id, Yes: true, "Mine!"))).Note, StringComparison.Ordinal);
        Assert.Equal(6, (await street.WordsPosting.LastAsync(street.Study, Cancellation))!.Unanswered);

        Assert.True(await street.WordsPosting.DropAsync(street.Study, Cancellation));
        Assert.False(await street.WordsPosting.DropAsync(street.Study, Cancellation));
        await PassAsync(street, TimeSpan.FromDays(4));

        Assert.Equal("", PostedIn(street));
        Assert.Null(Assert.Single((await OwnAsync(street, "up0", "")).Words).Quoted);
    }

    [Fact]
    public async Task Organisers_see_it_before_it_is_posted_and_what_is_taken_back_goes_from_there_too()
    {
        await using var street = await ReleasedAsync();
        await street.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, "our desk"), PlaceRole.Organisers, address: null, again: false, Cancellation);
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await PassAsync(street, TimeSpan.Zero);
        Assert.Contains("“the words of up0”", Seen(), StringComparison.Ordinal);

        await OwnAsync(street, "up0", "1 count");
        await OwnAsync(street, "down0", "1 reply Long ago.");
        await PassAsync(street, TimeSpan.Zero);

        Assert.DoesNotContain("of up0", Seen(), StringComparison.Ordinal);
        Assert.Contains("adds: “Long ago.”", Seen(), StringComparison.Ordinal);

        string Seen() => Assert.Single(street.Platform.Messages, message => message.Key.Place == "our desk").Value;
    }

    [Fact]
    public async Task What_is_told_in_other_words_is_shown_to_nobody_else_before_its_author_says_yes()
    {
        await using var street = await ReleasedAsync();
        await OwnAsync(street, "up0", "1 paraphrase");
        var word = Assert.Single((await OwnAsync(street, "up0", "")).Words);
        var (session, address) = OwnWord.TryRead(word.Id)!.Value;
        Assert.False(await ProposeAsync(street, (await OwnAsync(street, "up1", "")).Words[0].Id, "Nobody asked for this.")); // Word for word is not in other words.

        Assert.True(await ProposeAsync(street, word.Id, "Somebody upstream was like a quinquereme."));
        Assert.Equal(new Paraphrase("Somebody upstream was like a quinquereme.", "proposed"), Assert.Single((await OwnAsync(street, "up0", "")).Words).Paraphrase);
        Assert.DoesNotContain("quinquereme", await ReadableAsync(street), StringComparison.Ordinal);
        Assert.False(street.Store.Holds("quinquereme"));

        Assert.True(await ProposeAsync(street, word.Id, "Somebody upstream was very like a quinquereme."));
        Assert.False(await street.Paraphrases.DecideAsync(SmallFlow.Study, await AuthorAsync(street, session), session, address, "Somebody upstream was like a quinquereme.", yes: true, Cancellation)); // Not what stands there now.
        await OwnAsync(street, "up0", "1 yes");
        Assert.Contains("“Somebody upstream was very like a quinquereme.” (", await ReadableAsync(street), StringComparison.Ordinal);
        Assert.Contains(", in other words)", await ReadableAsync(street), StringComparison.Ordinal);
        Assert.DoesNotContain("the words of up0", await ReadableAsync(street), StringComparison.Ordinal);

        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await PassAsync(street, TimeSpan.FromDays(3));
        Assert.Contains("very like a quinquereme", PostedIn(street), StringComparison.Ordinal);
        await OwnAsync(street, "up0", "1 no");
        await PassAsync(street, TimeSpan.Zero);
        Assert.DoesNotContain("quinquereme", PostedIn(street), StringComparison.Ordinal);
        Assert.DoesNotContain("quinquereme", await ReadableAsync(street), StringComparison.Ordinal);

        await OwnAsync(street, "up0", "1 count");
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from paraphrase"));
    }

    /// <summary>Everybody has answered, everything is coded and released, and there is a channel to post to.</summary>
    internal static async Task<Street> ReleasedAsync()
    {
        var street = await AnsweredAsync();
        await CodeAllAsync(street);
        await ReleaseAllAsync(street);
        await street.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, Room), PlaceRole.Channel, address: null, again: false, Cancellation);
        return street;
    }

    /// <summary>Lets time go by, as the program would: what is due is posted and sent.</summary>
    internal static async Task PassAsync(Street street, TimeSpan time)
    {
        await street.PassAsync(time);
        await street.WordsPosting.PostDueAsync(Cancellation);
        await street.PassAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>The report in words as it stands in the channel; empty where none was posted.</summary>
    internal static string PostedIn(Street street) =>
        street.Platform.Messages.Where(message => message.Key.Place == Room).Select(message => message.Value).SingleOrDefault(text => text.StartsWith("**", StringComparison.Ordinal)) ?? "";

    internal static async Task<Outcome.OwnWords> OwnAsync(Street street, string person, string typed) =>
        Assert.IsType<Outcome.OwnWords>(await street.SaysAsync(person, TypedCommand.Read($"/voices words {typed}")!));

    internal static Task<bool> ProposeAsync(Street street, string word, string text) => OwnWord.TryRead(word) is var (session, address)
        ? street.Paraphrases.ProposeAsync(SmallFlow.Study, session, address, text, "max", Cancellation)
        : Task.FromResult(false);

    internal static Task<string> AuthorAsync(Street street, string session) => street.Store.AskAsync<string>($"select respondent from session where session = '{session}'");

    internal static async Task TakeBackAsync(Street street, string what)
    {
        switch (what)
        {
            case "withdraws":
                await street.SaysAsync("up0", new Said.Withdraw());
                break;
            case "changes the answer":
                await street.SaysAsync("up0", new Reply.Change("why"));
                await street.SaysAsync("up0", new Reply.Said("Something else."));
                break;
            case "comes to be on both sides":
                await street.SaysAsync("up0", new Reply.Change("role"));
                await street.SaysAsync("up0", SmallFlow.Choose("both"));
                break;
            case "expires":
                await street.Store.Turns.ExpireAsync(SmallFlow.Study, street.Store.Time.GetUtcNow().AddYears(50), startedBefore: null, Cancellation);
                break;
            default:
                await OwnAsync(street, "up0", what);
                break;
        }
    }

    /// <summary>Everything that others could read now: the report, and what a round would show.</summary>
    private static async Task<string> ReadableAsync(Street street)
    {
        var rounds = Rounds(street);
        var excerpts = (await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation)).Excerpts.Select(excerpt => rounds.Shown(street.Study, excerpt.Words));
        return $"{Markdown.Of(await street.Words.ReportAsync(street.Study, wave: null, Cancellation))}\n{string.Join('\n', excerpts.Select(shown => $"“{shown.Text}” ({shown.From})"))}";
    }
}
