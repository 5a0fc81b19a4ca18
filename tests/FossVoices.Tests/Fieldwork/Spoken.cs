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

    public static Asides Asides(Database database, TurnWriter writer, TimeProvider time, params IChannel[] channels)
    {
        var rounds = Rounds(database, writer, time);
        return new Asides(
            new FeedbackStore(database, writer, time), new ReminderStore(database, writer, time), new CodeStore(database, writer, time), new QuoteStore(database, writer, time),
            new OwnWords(
                new OwnWordsStore(database, writer, time), new ToldStore(database, writer, time), new ParaphraseStore(database, writer, time), rounds, new TurnStore(database, writer, time), time),
            rounds, channels, new Lottery(RandomNumberGenerator.Create()), time);
    }

    public static Rounds Rounds(Database database, TurnWriter writer, TimeProvider time) => new(new RoundStore(database, writer, time), database, new Lottery(RandomNumberGenerator.Create()));

    public static WordsRun Words(Database database, TurnWriter writer, TimeProvider time) =>
        new(new ReleasedStore(database, writer, time), new ToldStore(database, writer, time), Rounds(database, writer, time));
}
