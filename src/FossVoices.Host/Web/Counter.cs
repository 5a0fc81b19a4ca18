using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Host.Commands;
using FossVoices.Storage;

namespace FossVoices.Host.Web;

/// <summary>Where one data folder's studies are answered: everything that takes answers and makes reports of them.</summary>
internal sealed class Counter
{
    /// <param name="channels">By which people can be written to unasked.</param>
    public Counter(Station station, OpenStudies studies, IReadOnlyList<IChannel> channels, Lottery lottery, ILoggerFactory logs, TimeProvider time)
    {
        Openings = new Openings(station.Waves, time);
        Reports = new ReportRun(station.Tallies, station.Database, new SnapshotStore(station.Database, station.Writer), lottery, time);
        Rounds = new Rounds(station.Rounds, station.Database, lottery);
        Words = new WordsRun(station.Released, station.Told, Rounds);
        Conversation = new Conversation(
            studies, new Versions(station.Bundles, logs.CreateLogger<Versions>()), station.Database, station.Turns, Openings, Reports,
            new Asides(station.Feedback, new ReminderStore(station.Database, station.Writer, time), station.Codes, station.Quotes, new OwnWords(new OwnWordsStore(station.Database, station.Writer, time), station.Told, station.Paraphrases, Rounds, station.Turns, time), Rounds, channels, lottery, time), lottery, time, logs.CreateLogger<Conversation>());
    }

    public Openings Openings { get; }

    public ReportRun Reports { get; }

    public Rounds Rounds { get; }

    public WordsRun Words { get; }

    public Conversation Conversation { get; }
}

/// <summary>The counters of the program: that of the data folder, and that of the demo while there is one.</summary>
internal sealed class Counters(Counter main, Counter? demo)
{
    public Counter Main => main;

    /// <summary>The counter at which a study is answered.</summary>
    public Counter Of(string? study) => demo is not null && study == Demo.Study ? demo : main;

    /// <summary>The counter for the study that an address names.</summary>
    public Counter For(HttpContext? context) => Of(context?.GetRouteValue("study") as string);
}
