using System.Diagnostics;
using FossVoices.Channels;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using static FossVoices.Tests.Fieldwork.LoopbackPlatform;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What is said unasked goes over a real connection to a platform that fails in every way that platforms do.</summary>
public sealed class OutboxTests
{
    private const string Sentence = "This study is closed. Thank you for coming by.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_arrives_once_and_is_known_by_its_platforms_id()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("once");
        Assert.False(await post.QueueAsync("once"));

        Assert.Equal(1, await post.Outbox.SendDueAsync(Cancellation));
        Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));

        Assert.Equal(Sentence, Assert.Single(post.Platform.Messages).Value);
        Assert.Equal(("sent", ""), await post.StateAsync("once"));
        Assert.Matches("^[0-9a-f]{24}$", Assert.Single(post.Platform.Nonces));
    }

    [Fact]
    public async Task Nothing_that_identifies_a_place_or_a_message_is_in_the_clear()
    {
        await using var post = await PostRoom.OpenAsync(place: "771827364500112233/991827364500445566");
        await post.QueueAsync("once");
        await post.Outbox.SendDueAsync(Cancellation);

        Assert.Equal("771827364500112233/991827364500445566", Assert.Single(post.Platform.Messages).Key.Place);
        Assert.False(post.Store.Holds("771827364500112233"));
        Assert.False(post.Store.Holds("991827364500445566"));
        Assert.Equal(1, await post.Store.AskAsync<long>("select count(*) from outbox where message is not null and hex(message) not like '%6D31%'"));
    }

    [Fact]
    public async Task Who_is_asked_to_wait_waits_as_long_as_that()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("once");
        post.Platform.Next(Conduct.TooMany);

        await post.Outbox.SendDueAsync(Cancellation);
        Assert.Equal(("waiting", "The platform asked to wait."), await post.StateAsync("once"));
        post.Time.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));
        post.Time.Advance(TimeSpan.FromSeconds(10));
        await post.Outbox.SendDueAsync(Cancellation);

        Assert.Single(post.Platform.Messages);
        Assert.Equal(("sent", ""), await post.StateAsync("once"));
    }

    [Fact]
    public async Task A_platform_that_cannot_be_reached_is_tried_ever_more_slowly_until_it_can()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("once", until: TimeSpan.FromDays(3));
        var there = post.Channel.To;
        post.Channel.To = new Loopback(new Uri("http://127.0.0.1:9"), knowsNonce: false); // Nobody listens there.
        var waits = new List<double>();
        for (var i = 0; i < 14; i++)
        {
            Assert.Equal(1, await post.Outbox.SendDueAsync(Cancellation));
            Assert.Equal(("waiting", "The platform could not be reached."), await post.StateAsync("once"));
            var wait = await post.Store.AskAsync<long>("select not_before from outbox") - post.Time.GetUtcNow().ToUnixTimeMilliseconds();
            waits.Add(wait / 1000.0);
            post.Time.Advance(TimeSpan.FromMilliseconds(wait));
        }

        Assert.All(waits.Select((wait, i) => (wait, most: Math.Min(3600, 5 * Math.Pow(2, i)))), w => Assert.InRange(w.wait, w.most * 0.499, w.most));
        Assert.True(waits.Distinct().Count() > 10);

        post.Channel.To = there;
        await post.Outbox.SendDueAsync(Cancellation);
        Assert.Single(post.Platform.Messages);
    }

    [Fact]
    public async Task What_could_not_be_sent_in_time_is_given_up_with_its_reason()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("once", until: TimeSpan.FromSeconds(30));
        post.Platform.Next(Conduct.TooMany);
        await post.Outbox.SendDueAsync(Cancellation);
        post.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));

        Assert.Empty(post.Platform.Messages);
        Assert.Equal(("failed", "The platform asked to wait."), await post.StateAsync("once"));
    }

    [Theory]
    [InlineData("NotFound", "The platform knows no such place or message (404).")]
    [InlineData("Forbidden", "The bot may not write there (403).")]
    [InlineData("Unacceptable", "The platform does not take it (400).")]
    public async Task What_is_refused_for_good_is_never_tried_again_and_says_why(string conduct, string why)
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("once");
        post.Platform.Next(Enum.Parse<Conduct>(conduct));

        await post.Outbox.SendDueAsync(Cancellation);
        post.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));

        Assert.Equal(("failed", why), await post.StateAsync("once"));
        Assert.Equal(1, post.Platform.Tries);
        // A place that is gone gets nothing more; one that only disliked the message does.
        Assert.Equal(conduct == "Unacceptable", await post.QueueAsync("another"));
    }

    [Theory]
    [InlineData("DropAfterAccepting")]
    [InlineData("FailAfterAccepting")]
    [InlineData("Fail")]
    public async Task What_may_have_arrived_is_never_sent_again_by_itself(string conduct)
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("once");
        post.Platform.Next(Enum.Parse<Conduct>(conduct));

        await post.Outbox.SendDueAsync(Cancellation);
        for (var i = 0; i < 5; i++)
        {
            post.Time.Advance(TimeSpan.FromHours(2));
            Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));
        }

        Assert.Equal(conduct == "Fail" ? 0 : 1, post.Platform.Messages.Count);
        Assert.Equal("unknown", (await post.StateAsync("once")).State);
        Assert.Equal(1, post.Platform.Tries);
    }

    [Theory]
    [InlineData("DropAfterAccepting")]
    [InlineData("FailAfterAccepting")]
    [InlineData("Fail")]
    public async Task What_may_have_arrived_is_sent_again_where_the_platform_knows_the_nonce(string conduct)
    {
        await using var post = await PostRoom.OpenAsync(knowsNonce: true);
        await post.QueueAsync("once");
        post.Platform.Next(Enum.Parse<Conduct>(conduct), Enum.Parse<Conduct>(conduct));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await post.Outbox.SendDueAsync(Cancellation));
            post.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Single(post.Platform.Messages);
        Assert.Equal(("sent", ""), await post.StateAsync("once"));
        Assert.Equal(3, post.Platform.Tries);
    }

    [Fact]
    public async Task When_the_nonce_is_forgotten_what_may_have_arrived_is_left_alone()
    {
        await using var post = await PostRoom.OpenAsync(knowsNonce: true);
        await post.QueueAsync("once");
        post.Platform.Next(Conduct.DropAfterAccepting);
        await post.Outbox.SendDueAsync(Cancellation);
        post.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));

        Assert.Equal("unknown", (await post.StateAsync("once")).State);
        Assert.Equal(1, post.Platform.Tries);
    }

    [Fact]
    public async Task A_platform_that_hangs_is_given_up_and_holds_up_nobody_else()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("here");
        await post.QueueAsync("there", place: await post.PlaceAsync("another place"));
        post.Platform.Next(Conduct.HangAfterAccepting);

        var sending = post.Outbox.SendDueAsync(Cancellation);
        await post.Platform.AcceptedAsync();
        await post.Platform.AcceptedAsync();
        while (await post.Store.AskAsync<long>("select count(*) from outbox where state = 'sent'") == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        post.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(2, await sending);

        Assert.Equal(2, post.Platform.Messages.Count);
        Assert.Equal([("sent", ""), ("unknown", "The platform did not answer in time.")], new[] { await post.StateAsync("here"), await post.StateAsync("there") }.Order());
    }

    [Fact]
    public async Task Many_senders_at_once_send_everything_once_and_one_at_a_time_to_each_place()
    {
        await using var post = await PostRoom.OpenAsync();
        var places = new List<string> { post.Place };
        for (var i = 1; i < 5; i++)
            places.Add(await post.PlaceAsync($"place {i}"));
        var all = Long.Run(always: 40, lots: 2000);
        for (var i = 0; i < all; i++)
            await post.QueueAsync($"post {i}", place: places[i % places.Count]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var other = post.NewOutbox();
            for (var idle = 0; idle < 20;)
                idle = await other.SendDueAsync(Cancellation) == 0 ? idle + 1 : 0;
        }));
        while (await post.Outbox.SendDueAsync(Cancellation) > 0)
        {
            // What the others left.
        }

        Assert.Equal(all, post.Platform.Nonces.Count);
        Assert.Equal(all, post.Platform.Nonces.Distinct().Count());
        Assert.Equal(all, await post.Store.AskAsync<long>("select count(*) from outbox where state = 'sent' and attempts = 1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sender_killed_between_sending_and_noting_it_sends_nothing_twice(bool knowsNonce)
    {
        for (var round = 0; round < Long.Run(always: 1, lots: 25); round++)
        {
            await using var post = await PostRoom.OpenAsync(knowsNonce);
            await post.QueueAsync("once");
            post.Platform.Next(Conduct.HangAfterAccepting);
            await KillOnceAcceptedAsync(post, knowsNonce);
            Assert.Equal(1, await post.Store.AskAsync<long>("select count(*) from outbox where state = 'sending'"));

            // Nobody takes it while it may still be under way; after that it is known to be in doubt.
            Assert.Equal(0, await post.Outbox.SendDueAsync(Cancellation));
            post.Time.Advance(OutboxStore.Lease + TimeSpan.FromSeconds(1));
            Assert.Equal(knowsNonce ? 1 : 0, await post.Outbox.SendDueAsync(Cancellation));

            Assert.Single(post.Platform.Messages);
            Assert.Equal(knowsNonce ? ("sent", "") : ("unknown", "The program was stopped while it was being sent."), await post.StateAsync("once"));
        }
    }

    [Fact]
    public async Task A_sender_that_was_too_slow_does_not_overwrite_what_another_one_noted()
    {
        await using var post = await PostRoom.OpenAsync(knowsNonce: true);
        await post.QueueAsync("once");
        var platforms = new Dictionary<string, TimeSpan>(StringComparer.Ordinal) { [Loopback.Name] = TimeSpan.FromMinutes(5) };
        var store = post.OutboxStore;
        var slow = Assert.Single(await store.ClaimAsync(platforms, 8, Cancellation));
        post.Time.Advance(OutboxStore.Lease + TimeSpan.FromSeconds(1));
        var quick = Assert.Single(await store.ClaimAsync(platforms, 8, Cancellation));

        Assert.True(await store.SettleAsync(quick, new Arrival.Delivered("m7"), TimeSpan.Zero, TimeSpan.FromMinutes(5), Cancellation));
        Assert.False(await store.SettleAsync(slow, new Arrival.Refused(Hindrance.PlaceGone, "late"), TimeSpan.Zero, TimeSpan.FromMinutes(5), Cancellation));

        Assert.Equal(("sent", ""), await post.StateAsync("once"));
    }

    [Fact]
    public async Task When_the_bot_is_removed_from_a_server_its_places_are_forgotten_and_nothing_more_goes_there()
    {
        await using var post = await PostRoom.OpenAsync(place: "server/channel");
        var other = await post.PlaceAsync("server/other");
        var elsewhere = await post.PlaceAsync("another/channel");
        await post.QueueAsync("here");
        await post.QueueAsync("there", place: other);
        await post.QueueAsync("elsewhere", place: elsewhere);

        Assert.Equal(2, await post.Places.ForgetAsync(new Place(Loopback.Name, "server"), Cancellation));
        await post.Outbox.SendDueAsync(Cancellation);

        Assert.Equal("another/channel", Assert.Single(post.Platform.Messages).Key.Place);
        Assert.Equal(("cancelled", "The bot was removed from there."), await post.StateAsync("here"));
        Assert.Equal(0, await post.Store.AskAsync<long>("select count(*) from place where gone_at is not null and address is not null"));
        Assert.False(await post.QueueAsync("later", place: other));
        // A study file that still names the place changes nothing; asking the bot in again does.
        Assert.Null(await post.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, "server/other"), PlaceRole.Channel, address: null, again: false, Cancellation));
        Assert.Equal(other, await post.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, "server/other"), PlaceRole.Channel, address: null, again: true, Cancellation));
        Assert.True(await post.QueueAsync("later", place: other));
    }

    [Fact]
    public async Task A_post_that_was_sent_can_be_edited_even_where_nobody_knows_whether_the_edit_arrived()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("first");
        await post.Outbox.SendDueAsync(Cancellation);
        await post.QueueAsync("edit", subject: "part_closed", edits: OutboxPost.IdOf(post.StudyKey, "first"));
        post.Platform.Next(Conduct.DropAfterAccepting, Conduct.Fail);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await post.Outbox.SendDueAsync(Cancellation));
            post.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("This part of the study is not open now.", Assert.Single(post.Platform.Messages).Value);
        Assert.Equal("sent", (await post.StateAsync("edit")).State);
    }

    [Fact]
    public async Task An_edit_waits_for_what_it_edits_and_is_not_needed_where_that_never_arrived()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("first");
        post.Platform.Next(Conduct.Fail);
        await post.Outbox.SendDueAsync(Cancellation);
        await post.QueueAsync("edit", subject: "part_closed", edits: OutboxPost.IdOf(post.StudyKey, "first"));

        await post.Outbox.SendDueAsync(Cancellation);

        Assert.Equal("cancelled", (await post.StateAsync("edit")).State);
        Assert.Equal(1, post.Platform.Tries);
    }

    /// <summary>A restart: what waited is sent, what was sent is not sent again.</summary>
    [Fact]
    public async Task A_restart_in_between_changes_nothing()
    {
        await using var post = await PostRoom.OpenAsync();
        await post.QueueAsync("before");
        await post.Outbox.SendDueAsync(Cancellation);
        await post.QueueAsync("after");
        await post.Store.ReopenAsync();

        Assert.Equal(1, await post.NewOutbox().SendDueAsync(Cancellation));

        Assert.Equal(2, post.Platform.Nonces.Distinct().Count());
        Assert.Equal(2, post.Platform.Tries);
    }

    private static async Task KillOnceAcceptedAsync(PostRoom post, bool knowsNonce)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet",
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "FossVoices.Benchmarks.dll"), "send", post.Store.Folder,
            Path.Combine(Repository.Surveys, "pypi-expectations"), SmallFlow.Study, post.Platform.Home.ToString(), knowsNonce ? "nonce" : "plain",
        ])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await post.Platform.AcceptedAsync();
        }
        finally
        {
            child.Kill(); // SIGKILL, where there are signals.
            await child.WaitForExitAsync(Cancellation);
        }

        post.Time.SetUtcNow(TimeProvider.System.GetUtcNow()); // The child's own time.
    }
}
