using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace FossVoices.Tests.Fieldwork;

/// <summary>An outbox with a platform to send to, both real, and one place there.</summary>
internal sealed class PostRoom : IAsyncDisposable
{
    private PostRoom(Store store, LoopbackPlatform platform, bool knowsNonce)
    {
        (Store, Platform) = (store, platform);
        Channel = new Switch { To = new Loopback(platform.Home, knowsNonce) };
        Outbox = NewOutbox();
    }

    public Store Store { get; }

    public LoopbackPlatform Platform { get; }

    public Switch Channel { get; }

    public Outbox Outbox { get; }

    /// <summary>From now on, since other processes take part; moved by hand.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public OutboxStore OutboxStore => new(Store.Database, Store.Writer, Time);

    public PlaceStore Places => new(Store.Database, Store.Writer, Time);

    public string Place { get; private set; } = "";

    public byte[] StudyKey => Store.Database.StudyKey(SmallFlow.Study);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PostRoom> OpenAsync(bool knowsNonce = false, string place = "a place")
    {
        var room = new PostRoom(await Store.OpenAsync(), await LoopbackPlatform.StartAsync(knowsNonce), knowsNonce);
        room.Place = await room.PlaceAsync(place);
        return room;
    }

    public async Task<string> PlaceAsync(string id) =>
        (await Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, id), PlaceRole.Channel, address: null, again: false, Cancellation))!;

    public Outbox NewOutbox() => new(
        OutboxStore, new Posts(
            new OpenStudies([Study]), new SnapshotStore(Store.Database, Store.Writer), new ShownQuotes(Store.Database), Store.Turns, new Openings(new WaveStore(Store.Database, Store.Writer, Time), Time),
            new FeedbackStore(Store.Database, Store.Writer, Time), Spoken.Words(Store.Database, Store.Writer, Time)), [Channel],
        new Lottery(RandomNumberGenerator.Create()), Time, new Logged<Outbox>());

    public Task<bool> QueueAsync(string once, string subject = "closed", string? place = null, string? edits = null, TimeSpan? until = null) => OutboxStore.QueueAsync(
        SmallFlow.Study,
        new OutboxPost(
            PostKind.Notice, subject, place ?? Place, Session: null, Time.GetUtcNow(), Time.GetUtcNow() + (until ?? TimeSpan.FromDays(1)), once, edits),
        Cancellation);

    public async Task<(string State, string Reason)> StateAsync(string once)
    {
        var id = OutboxPost.IdOf(StudyKey, once);
        return (await Store.AskAsync<string>($"select state from outbox where post = '{id}'"), await Store.AskAsync<string>($"select reason from outbox where post = '{id}'"));
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static Study Study => StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study! with { Id = SmallFlow.Study };

    /// <summary>A channel that can be turned elsewhere in the middle.</summary>
    internal sealed class Switch : IChannel
    {
        public required Loopback To { get; set; }

        public string Platform => To.Platform;

        public TimeSpan KnowsNonce => To.KnowsNonce;

        public Task<Arrival> SendAsync(string address, Post post, string nonce, CancellationToken cancellationToken) => To.SendAsync(address, post, nonce, cancellationToken);

        public Task<Arrival> EditAsync(string address, string message, Post post, CancellationToken cancellationToken) => To.EditAsync(address, message, post, cancellationToken);
    }
}
