using System.Security.Cryptography;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Fieldwork;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Benchmarks;

/// <summary>Sends what waits in an outbox, until the process is killed.</summary>
internal static class Sender
{
    public static async Task<int> SendUntilKilledAsync(string folder, string studyFolder, string study, Uri platform, bool knowsNonce)
    {
        await using var database = await Database.OpenAsync(folder, CancellationToken.None);
        await using var writer = new TurnWriter(database);
        using var channel = new Loopback(platform, knowsNonce);
        var outbox = new Outbox(
            new OutboxStore(database, writer, TimeProvider.System),
            new Posts(new OpenStudies([StudyFolder.Load(studyFolder).Study! with { Id = study }]), new SnapshotStore(database, writer), new ShownQuotes(database), new TurnStore(database, writer, TimeProvider.System),
                new Openings(new WaveStore(database, writer, TimeProvider.System), TimeProvider.System), new FeedbackStore(database, writer, TimeProvider.System),
                new WordsRun(
                    new ReleasedStore(database, writer, TimeProvider.System), new ToldStore(database, writer, TimeProvider.System),
                    new Rounds(new RoundStore(database, writer, TimeProvider.System), database, new Lottery(RandomNumberGenerator.Create())))),
            [channel], new Lottery(RandomNumberGenerator.Create()), TimeProvider.System, NullLogger<Outbox>.Instance);
        await outbox.RunAsync(CancellationToken.None);
        return 0;
    }
}
