using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Host.Commands;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>
/// A study answered by simulated people, to show what becomes of answers. It lies in a folder of its own that goes when the program
/// stops, and everything that is made of it says that its people are made up.
/// </summary>
internal sealed class Demo : IAsyncDisposable
{
    public const string Study = "demo";

    /// <summary>So many answer within a minute.</summary>
    public const int MostPeople = 5000;

    private const int MostAtATime = 16;

    private readonly DirectoryInfo _folder;

    private Demo(DirectoryInfo folder, Station station, Study its, Counter counter) => (_folder, Station, Its, Counter) = (folder, station, its, counter);

    public Station Station { get; }

    /// <summary>The study: one of the program's own, under another name and marked.</summary>
    public Study Its { get; }

    public Counter Counter { get; }

    /// <summary>Has the people answer one after the other, through the same conversation as everybody, codes what they wrote, and makes the report.</summary>
    /// <param name="like">The study whose questions they answer.</param>
    /// <param name="people">How many, on both sides together.</param>
    public static async Task<Demo> OpenAsync(Study like, int people, Lottery lottery, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-demo-");
        var station = await Station.OpenAsync(folder.FullName, time, cancellationToken);
        var study = Marked(like);
        var demo = new Demo(folder, station, study, new Counter(station, new OpenStudies([study]), [], lottery, logs, time));
        try
        {
            var limits = new ParallelOptions { MaxDegreeOfParallelism = MostAtATime, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, people, limits, (i, token) => new ValueTask(demo.AnswerAsync(i, token)));
            await new CodingRun(station.Codings, []).RunAsync(Study, new LexiconCoder(new Lexicon(study.Codebook)), progress: null, cancellationToken);
            await demo.Counter.Reports.ReportAsync(study, new Series("", Audience.Channel), cancellationToken);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AnswerAsync(int number, CancellationToken cancellationToken)
    {
        var person = new SimulatedPerson(number);
        var who = new Person(Visitor.Platform, string.Create(CultureInfo.InvariantCulture, $"simulated-{number}"));
        var deliveries = 0;
        var outcome = await SayAsync(new Said.Agree("no"), asked: null);
        while (outcome is Outcome.Question question && deliveries < 500)
            outcome = await SayAsync(new Said.Answer(person.Reply(question.Asked.Address, question.Prompt.Control)), question.Asked);

        Task<Outcome> SayAsync(Said said, Asked? asked) => Counter.Conversation.HearAsync(
            new Incoming(string.Create(CultureInfo.InvariantCulture, $"{number}-{deliveries++}"), Study, Its.DefaultFlow, who, new Place(Visitor.Platform, ""), asked, said, Its.Language),
            cancellationToken);
    }

    private static Study Marked(Study like) => like with
    {
        Id = Study,
        Title = $"Demo with simulated people: {like.Title}",
        Simulated = true,
        Waves = [],
        Schedule = null,
        Channels = [],
        Attestation = ImmutableSortedDictionary<string, Attestation>.Empty,
        Translations = like.Translations.ToImmutableSortedDictionary(t => t.Key, t => Marked(t.Value), StringComparer.Ordinal),
    };
}
