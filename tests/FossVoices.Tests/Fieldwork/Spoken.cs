using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What a conversation needs beside the questions.</summary>
internal static class Spoken
{
    public static Asides Asides(Database database, TurnWriter writer, TimeProvider time, params IChannel[] channels) => new(
        new FeedbackStore(database, writer, time), new ReminderStore(database, writer, time), new CodeStore(database, writer, time), new QuoteStore(database, writer, time),
        channels, new Lottery(RandomNumberGenerator.Create()), time);
}
