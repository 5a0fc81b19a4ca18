using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class TurnStoreTests
{
    private static readonly Heard Burnout = new([new HeardCode("burnout", 0.95), new HeardCode("money", 0.5)], Distress: false, "lexicon-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_was_answered_comes_back_as_it_was()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        await store.SayAsync("1", SmallFlow.Choose("upstream"));
        await store.SayAsync("2", SmallFlow.Choose("4"));
        await store.SayAsync("3", SmallFlow.Choose(Reply.DontKnow));
        await store.SayAsync("4", new Reply.Said("I am tired \0 \ud800 שלום 🙂"), heard: Burnout);
        await store.SayAsync("5", new Reply.Skip());
        await store.SayAsync("6", SmallFlow.Choose("money", "time"));
        var kept = await store.SayAsync("7", new Reply.Said("12.5"));

        var now = Assert.IsType<Kept.Now>(kept);
        Assert.IsType<Turn.Finished>(now.Turn);
        var session = await store.LoadAsync();
        Assert.Equal(Print(now.Session), Print(session));
        Assert.Equal(7, session.Progress.Answers.Count);
        Assert.Equal(new Value.Words("I am tired \0 \ud800 שלום 🙂"), session.Progress.Answers["why"].Value);
        Assert.Equal(Burnout.Codes, session.Progress.Heard["why"].Codes);
        Assert.Equal(7, session.Revision);
        Assert.Equal(store.Time.GetUtcNow(), session.CoreAt);
        Assert.Equal(store.Time.GetUtcNow(), session.FinishedAt);
    }

    [Fact]
    public async Task A_delivery_heard_twice_changes_nothing_and_finds_what_was_said()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        await store.SayAsync("1", SmallFlow.Choose("upstream"));
        await store.SayAsync("2", SmallFlow.Choose("5"));

        var again = Assert.IsType<Kept.Before>(await store.SayAsync("1", SmallFlow.Choose("downstream")));

        Assert.Equal(OutcomeKind.Asked, again.Outcome.Kind);
        Assert.Equal(1, again.Outcome.Revision);
        Assert.Equal(2, again.Session.Revision);
        Assert.Equal(new Value.Option("upstream"), (await store.LoadAsync()).Progress.Answers["role"].Value);
    }

    [Fact]
    public async Task A_refusal_is_remembered_with_its_reason_and_moves_nothing()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();

        var refused = Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("nobody")));
        var again = Assert.IsType<Kept.Before>(await store.SayAsync("1", SmallFlow.Choose("nobody")));

        Assert.Equal(0, refused.Session.Revision);
        Assert.Equal(new Outcome(OutcomeKind.Refused, "role", 0, new Refusal.NoOption()), again.Outcome);
    }

    [Fact]
    public async Task A_card_from_an_earlier_question_writes_no_answer()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        await store.SayAsync("1", SmallFlow.Choose("upstream"), asked: 0);

        var late = Assert.IsType<Kept.TooLate>(await store.SayAsync("2", SmallFlow.Choose("downstream"), asked: 0));
        var lateAgain = Assert.IsType<Kept.Before>(await store.SayAsync("2", SmallFlow.Choose("downstream"), asked: 0));

        Assert.Equal(1, late.Session.Revision);
        Assert.Equal(OutcomeKind.TooLate, lateAgain.Outcome.Kind);
        Assert.Single((await store.LoadAsync()).Progress.Answers);
    }

    [Fact]
    public async Task Who_begins_a_second_time_gets_the_first_session_back()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1");
        await store.SayAsync("1", SmallFlow.Choose("upstream"));

        var sameDelivery = Assert.IsType<Kept.Before>(await store.TryBeginAsync("begin s1", "ada", "s2"));
        var otherDelivery = Assert.IsType<Kept.Before>(await store.TryBeginAsync("another", "ada", "s3"));
        var otherWave = await store.TryBeginAsync("yet another", "ada", "s4", wave: "w2");

        Assert.Equal("s1", sameDelivery.Session.Id);
        Assert.Equal("s1", otherDelivery.Session.Id);
        Assert.Equal(1, otherDelivery.Outcome.Revision);
        Assert.IsType<Kept.Now>(otherWave);
        Assert.Equal("s4", (await store.Turns.FindAsync(SmallFlow.Study, SmallFlow.Id, "w2", "ada", Cancellation))!.Id);
    }

    [Fact]
    public async Task A_reply_to_no_session_leaves_no_trace()
    {
        await using var store = await Store.OpenAsync();

        Assert.IsType<Kept.Nothing>(await store.SayAsync("1", SmallFlow.Choose("upstream"), session: "none"));

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from inbox"));
    }

    [Fact]
    public async Task Answers_that_a_change_leaves_behind_are_kept_and_marked()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        await store.SayAsync("1", SmallFlow.Choose("downstream"));
        await store.SayAsync("2", SmallFlow.Choose("4"));
        await store.SayAsync("3", SmallFlow.Choose("2"));
        await store.SayAsync("4", SmallFlow.Choose("work"));
        await store.SayAsync("5", new Reply.Change("role"));
        await store.SayAsync("6", SmallFlow.Choose("upstream"));

        Assert.Equal("use", await store.AskAsync<string>("select address from answer where on_path = 0"));
        Assert.Equal("upstream", await store.AskAsync<string>("select side from session"));

        await store.SayAsync("7", new Reply.Change("role"));
        await store.SayAsync("8", SmallFlow.Choose("downstream"));

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from answer where on_path = 0"));
        Assert.Equal(8, (await store.LoadAsync()).Revision);
    }

    [Fact]
    public async Task A_session_is_found_by_its_receipt_and_by_its_person()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1");
        await store.BeginAsync("bob", "s2");
        var receipt = Receipt.Of(store.Database.StudyKey(SmallFlow.Study), SmallFlow.Study, "s2");

        Assert.Equal("s2", (await store.Turns.FindByReceiptAsync(SmallFlow.Study, receipt.Fingerprint, Cancellation))!.Id);
        Assert.Equal("s1", (await store.Turns.FindAsync(SmallFlow.Study, SmallFlow.Id, "", "ada", Cancellation))!.Id);
        Assert.Null(await store.Turns.FindAsync("another", SmallFlow.Id, "", "ada", Cancellation));
    }

    [Fact]
    public async Task Whether_words_may_be_quoted_can_be_changed()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();

        Assert.True(await store.Turns.SetQuotesAsync(SmallFlow.Study, "s1", "anonymous", Cancellation));
        Assert.False(await store.Turns.SetQuotesAsync(SmallFlow.Study, "s2", "anonymous", Cancellation));

        Assert.Equal("anonymous", (await store.LoadAsync()).Progress.Quotes);
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_nothing()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        var before = Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("upstream")));

        await store.ReopenAsync();

        Assert.Equal(Print(before.Session), Print(await store.LoadAsync()));
        Assert.IsType<Kept.Before>(await store.SayAsync("1", SmallFlow.Choose("upstream")));
        Assert.IsType<Kept.Now>(await store.SayAsync("2", SmallFlow.Choose("3"), asked: 1));
    }

    [Fact]
    public async Task No_id_of_a_platform_is_stored()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        await store.SayAsync("interaction-4711", SmallFlow.Choose("upstream"));

        Assert.False(store.Holds("interaction-4711"));
    }

    /// <summary>A session in full, for comparing: collections inside records compare by reference.</summary>
    internal static string Print(Session session)
    {
        var p = session.Progress;
        var answers = p.Answers.Values.OrderBy(a => a.Address, StringComparer.Ordinal)
            .Select(a => $"{a.Address}={(a.Value is Value.Options(var ids) ? string.Join('+', ids) : a.Value)}@{a.At:O}");
        var heard = p.Heard.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}~{h.Value.Lexicon}{h.Value.Distress}{string.Join(',', h.Value.Codes)}");
        return string.Join('\n', [
            (session with { Progress = Progress.Begin(SmallFlow.Flow, 0) with { Draws = Empty } }).ToString().ReplaceLineEndings(""),
            $"{p.Draws.Seed} {string.Join(' ', p.Draws.Orders.Select(o => $"{o.Key}:{string.Join(',', o.Value)}"))} {string.Join(' ', p.Draws.Arms)} {string.Join(' ', p.Draws.GuessFirst)}",
            $"{p.Revisiting} {p.Paused} {p.Quotes}",
            .. answers,
            .. heard,
        ]);
    }

    private static Draws Empty { get; } = new(
        0, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, ImmutableSortedDictionary<string, int>.Empty, ImmutableSortedSet<string>.Empty);
}
