using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A reminder comes to whoever asked for it while pausing, once, and to nobody else.</summary>
public sealed class ReminderTests
{
    private const string Address = "771827364500112233";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asked_for_it_is_reminded_once_after_the_waves_days_and_never_again()
    {
        await using var street = await Street.OpenAsync();
        Assert.Equal(ReminderOffer.Offered, (await street.PausesAsync("ada")).Reminder);
        Assert.StartsWith("You will be reminded once.", await street.NotedAsync("ada", new Said.Remind(Address)), StringComparison.Ordinal);
        Assert.Equal(ReminderOffer.Asked, Assert.IsType<Outcome.Paused>(await street.SaysAsync("ada", new Said.Hello())).Reminder);
        Assert.False(street.Store.Holds(Address));

        await street.PassAsync(TimeSpan.FromDays(2.5));
        Assert.Empty(street.Platform.Messages);
        await street.PassAsync(TimeSpan.FromDays(1));

        var (message, text) = Assert.Single(street.Platform.Messages);
        Assert.Equal(Address, message.Place);
        Assert.Contains("/voices stop", text, StringComparison.Ordinal);
        Assert.Contains("no other reminder", text, StringComparison.Ordinal);
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from contact"));

        Assert.StartsWith("You have had your one reminder.", await street.NotedAsync("ada", new Said.Remind(Address)), StringComparison.Ordinal);
        await street.PassAsync(TimeSpan.FromDays(30));
        Assert.Single(street.Platform.Messages);
    }

    [Fact]
    public async Task Who_did_not_ask_is_not_reminded()
    {
        await using var street = await Street.OpenAsync();
        await street.PausesAsync("ada");

        await street.PassAsync(TimeSpan.FromDays(30));

        Assert.Equal(0, street.Platform.Tries);
    }

    [Theory]
    [InlineData("goes on")]
    [InlineData("finishes")]
    [InlineData("withdraws")]
    [InlineData("says stop")]
    [InlineData("the wave is closed")]
    public async Task Nothing_is_sent_to_somebody_who(string what)
    {
        await using var street = await Street.OpenAsync();
        await street.PausesAsync("ada");
        await street.SaysAsync("ada", new Said.Remind(Address));
        await street.PassAsync(TimeSpan.FromDays(1));
        switch (what)
        {
            case "goes on":
                await street.SaysAsync("ada", new Reply.Resume());
                break;
            case "finishes":
                await street.FinishesAsync("ada");
                break;
            case "withdraws":
                await street.SaysAsync("ada", new Said.Withdraw());
                Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from outbox"));
                break;
            case "says stop":
                Assert.Equal("You will not be reminded.", await street.NotedAsync("ada", TypedCommand.Read("/voices stop")!));
                break;
            default:
                await new WaveStore(street.Store.Database, street.Store.Writer, street.Store.Time).SayAsync(SmallFlow.Study, Street.Wave, open: false, Cancellation);
                break;
        }

        await street.PassAsync(TimeSpan.FromDays(30));

        Assert.Equal(0, street.Platform.Tries);
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from contact"));
        Assert.False(street.Store.Holds(Address));
    }

    [Fact]
    public async Task Who_goes_on_and_pauses_again_may_ask_again_as_long_as_none_was_sent()
    {
        await using var street = await Street.OpenAsync();
        await street.PausesAsync("ada");
        await street.SaysAsync("ada", new Said.Remind("an old address"));
        await street.SaysAsync("ada", new Reply.Resume());
        await street.SaysAsync("ada", new Reply.Pause());
        Assert.StartsWith("You will be reminded once.", await street.NotedAsync("ada", new Said.Remind(Address)), StringComparison.Ordinal);

        await street.PassAsync(TimeSpan.FromDays(5));

        Assert.Equal(Address, Assert.Single(street.Platform.Messages).Key.Place);
    }

    [Fact]
    public async Task In_the_web_chat_there_is_nobody_to_remind_so_it_is_not_offered()
    {
        await using var street = await Street.OpenAsync();
        Assert.Equal(ReminderOffer.None, (await street.PausesAsync("ada", Place.Web)).Reminder);

        Assert.Equal("Nobody can be reminded here.", await street.NotedAsync("ada", new Said.Remind(Address), Place.Web));
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task A_wave_that_reminds_nobody_or_closes_before_offers_nothing()
    {
        await using var silent = await Street.OpenAsync(study => study with { Waves = [study.Waves[0] with { RemindAfterDays = null }] });
        Assert.Equal(ReminderOffer.None, (await silent.PausesAsync("ada")).Reminder);

        await using var shortly = await Street.OpenAsync(study => study with { Waves = [study.Waves[0] with { RemindAfterDays = 20 }] });
        await shortly.PausesAsync("ada");
        Assert.StartsWith("The study closes before", await shortly.NotedAsync("ada", new Said.Remind(Address)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_asked_for_only_while_pausing()
    {
        await using var street = await Street.OpenAsync();
        await street.FinishesAsync("ada");

        Assert.Equal("A reminder can be asked for while you pause.", await street.NotedAsync("ada", new Said.Remind(Address)));
        Assert.Equal("A reminder can be asked for while you pause.", await street.NotedAsync("nobody yet", new Said.Remind(Address)));
    }

    [Fact]
    public async Task Somebody_who_blocked_the_bot_is_left_alone()
    {
        await using var street = await Street.OpenAsync();
        await street.PausesAsync("ada");
        await street.SaysAsync("ada", new Said.Remind(Address));
        street.Platform.Next(LoopbackPlatform.Conduct.Forbidden);

        await street.PassAsync(TimeSpan.FromDays(15));

        Assert.Equal(1, street.Platform.Tries);
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from contact"));
    }
}
