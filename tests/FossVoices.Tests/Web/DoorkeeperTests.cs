using FossVoices.Channels;
using FossVoices.Host.Web;
using FossVoices.Tests.Fieldwork;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Web;

/// <summary>One noisy person does not fill the queue that everybody waits in.</summary>
public sealed class DoorkeeperTests
{
    private static readonly Limits s_tight = new(Person: 20, PersonAfter: 1, Place: 100, PlaceAfter: 1, TimeSpan.FromHours(1), Codes: 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_thousand_turns_of_one_person_few_reach_the_store_and_the_others_all_do()
    {
        await using var street = await Street.OpenAsync();
        using var doorkeeper = new Doorkeeper(_ => street.Conversation, new([street.Study]), s_tight);
        await Task.WhenAll(Says("noisy", new Said.Agree("no")), Says("quiet", new Said.Agree("no")));

        var noisy = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Says("noisy", new Said.Answer(SmallFlow.Choose("upstream")), i)));
        var quiet = await Says("quiet", new Said.Answer(SmallFlow.Choose("upstream")));

        var refused = noisy.OfType<Outcome.Unavailable>().ToList();
        Assert.Equal(1000 - 19, refused.Count);
        Assert.All(refused, one => Assert.StartsWith("You are faster than we can follow.", one.Sentence, StringComparison.Ordinal));
        Assert.IsType<Outcome.Question>(quiet);
        Assert.Equal(20 + 2, await street.Store.AskAsync<long>("select count(*) from inbox")); // What was turned away left no trace, and can be sent again.

        Task<Outcome> Says(string person, Said said, int i = 0) => doorkeeper.HearAsync(
            new Incoming($"{person} {said.GetType().Name} {i}", SmallFlow.Study, SmallFlow.Id, new Person("discord", person), new Place("discord", person), null, said, "en"), Cancellation);
    }

    [Fact]
    public async Task Many_who_come_from_one_place_share_what_one_place_may_say()
    {
        await using var street = await Street.OpenAsync();
        using var doorkeeper = new Doorkeeper(_ => street.Conversation, new([street.Study]), s_tight);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => doorkeeper.HearAsync(
            new Incoming($"{i}", SmallFlow.Study, SmallFlow.Id, new Person("web", $"{i}"), new Place("web", "one network"), null, new Said.Hello(), "en"), Cancellation)));

        Assert.Equal(50, outcomes.Count(outcome => outcome is Outcome.Unavailable));
    }

    [Fact]
    public async Task A_whole_community_may_come_from_one_channel_at_once()
    {
        await using var street = await Street.OpenAsync();
        using var doorkeeper = new Doorkeeper(_ => street.Conversation, new([street.Study]), s_tight);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => doorkeeper.HearAsync(
            new Incoming($"{i}", SmallFlow.Study, SmallFlow.Id, new Person("discord", $"{i}"), new Place("discord", "one channel"), null, new Said.Hello(), "en"), Cancellation)));

        Assert.DoesNotContain(outcomes, outcome => outcome is Outcome.Unavailable);
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_by_trying_many()
    {
        await using var street = await Street.OpenAsync(study => study with { OneTimeCodes = true });
        using var doorkeeper = new Doorkeeper(_ => street.Conversation, new([street.Study]), s_tight);

        var outcomes = new List<Outcome>();
        for (var i = 0; i < 10; i++)
        {
            outcomes.Add(await doorkeeper.HearAsync(
                new Incoming($"{i}", SmallFlow.Study, SmallFlow.Id, new Person("web", $"another {i}"), new Place("web", "one network"), null, new Said.Hello("7k2m-9x4d-p0qr-3hfw"), "en"),
                Cancellation));
        }

        Assert.Equal(3, outcomes.Count(outcome => outcome is Outcome.CodeNeeded));
        Assert.Equal(7, outcomes.Count(outcome => outcome is Outcome.Unavailable));
    }
}
