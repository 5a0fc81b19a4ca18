using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Web;
using FossVoices.Storage;
using FossVoices.Studies;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Benchmarks;

/// <summary>One noisy person beside 99 quiet ones: what the others wait, without the noise, with it, and with the doorkeeper between.</summary>
internal static class NoisyBenchmark
{
    private const int Quiet = 99;
    private const int NoisyAtOnce = 256;
    private static readonly TimeSpan s_thinking = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(string studyFolder, int seconds)
    {
        var study = StudyFolder.Load(studyFolder).Study!;
        var (alone, _) = await MeasureAsync(study, noisy: false, guarded: true, seconds);
        var (unguarded, shouted) = await MeasureAsync(study, noisy: true, guarded: false, seconds);
        var (guarded, heard) = await MeasureAsync(study, noisy: true, guarded: true, seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 of {Quiet} quiet people, ms: alone {alone:0.0}; beside a noisy one {unguarded:0.0} ({shouted} turns of theirs kept); with the doorkeeper {guarded:0.0} ({heard} kept)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio to alone: {unguarded / alone:0.00} without, {guarded / alone:0.00} with the doorkeeper (to reach: at most 2)"));
        return guarded <= 2 * alone ? 0 : 1;
    }

    private static async Task<(double P99, long Kept)> MeasureAsync(Study study, bool noisy, bool guarded, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("voices-noisy-").FullName;
        try
        {
            await using var database = await Database.OpenAsync(folder, CancellationToken.None);
            await using var writer = new TurnWriter(database);
            var time = TimeProvider.System;
            var studies = new OpenStudies([study]);
            var lottery = new Lottery(RandomNumberGenerator.Create());
            var rounds = new Rounds(new RoundStore(database, writer, time), database, lottery);
            var conversation = new Conversation(
                studies, new Versions(new BundleStore(database, writer, time), NullLogger<Versions>.Instance), database, new TurnStore(database, writer, time),
                new Openings(new WaveStore(database, writer, time), time),
                new ReportRun(new Tallies(database, writer), database, new SnapshotStore(database, writer), lottery, time),
                new Asides(new FeedbackStore(database, writer, time), new ReminderStore(database, writer, time), new CodeStore(database, writer, time), new QuoteStore(database, writer, time), new OwnWords(new OwnWordsStore(database, writer, time), new ToldStore(database, writer, time), new ParaphraseStore(database, writer, time), rounds, new TurnStore(database, writer, time), time), rounds, [], lottery, time),
                lottery, time, NullLogger<Conversation>.Instance);
            using var doorkeeper = new Doorkeeper(_ => conversation, studies, guarded ? Limits.Usual : Limits.Usual with { Person = int.MaxValue, PersonAfter = int.MaxValue, Place = int.MaxValue, PlaceAfter = int.MaxValue });
            var waits = new List<double>();
            var oneAtATime = new Lock();
            long kept = 0;
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
            var crowd = Enumerable.Range(0, Quiet).Select(person => TalkAsync($"quiet {person}", s_thinking, waited =>
            {
                lock (oneAtATime)
                    waits.Add(waited);
            }));
            var noise = Enumerable.Range(0, noisy ? NoisyAtOnce : 0).Select(_ => TalkAsync("noisy", TimeSpan.Zero, waited => Interlocked.Increment(ref kept)));
            await Task.WhenAll(crowd.Concat(noise));
            waits.Sort();
            return (waits[(int)(waits.Count * 0.99)], kept);

            async Task TalkAsync(string person, TimeSpan thinking, Action<double> waited)
            {
                var id = 0;
                await SayAsync(new Said.Agree("no"));
                while (!over.IsCancellationRequested)
                {
                    await Task.Delay(thinking, time, CancellationToken.None);
                    var began = Stopwatch.GetTimestamp();
                    if (await SayAsync(new Said.Answer(id % 2 == 0 ? new Reply.Skip() : new Reply.Back())) is not Channels.Outcome.Unavailable)
                        waited(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    else
                        await Task.Yield(); // Noisy people do not wait, even when asked to.
                }

                Task<Channels.Outcome> SayAsync(Said said) => Task.Run(() => doorkeeper.HearAsync(
                    new Incoming($"{person} {Interlocked.Increment(ref id)} {lottery.Seed()}", study.Id, null, new Person("discord", person), new Place("discord", "a channel of " + person), null, said, "en"),
                    CancellationToken.None));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
