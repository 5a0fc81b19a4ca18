using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What a conversation needs beside the questions.</summary>
internal static class Spoken
{
    public static ReportRun Reports(Database database, TurnWriter writer, TimeProvider time) => new(
        new Tallies(database, writer), database, new SnapshotStore(database, writer), new Lottery(RandomNumberGenerator.Create()), time);

    public static Asides Asides(Database database, TurnWriter writer, TimeProvider time, params IChannel[] channels) => new(
        new FeedbackStore(database, writer, time), new ReminderStore(database, writer, time), new CodeStore(database, writer, time), new QuoteStore(database, writer, time), new OwnWords(new OwnWordsStore(database, writer, time), new TurnStore(database, writer, time), time), new Rounds(new RoundStore(database, writer, time), database, new Lottery(System.Security.Cryptography.RandomNumberGenerator.Create())),
        channels, new Lottery(RandomNumberGenerator.Create()), time);
}
