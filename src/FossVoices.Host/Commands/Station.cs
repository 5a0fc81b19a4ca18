using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary>The data folder opened for one run of the program, with everything that reads and writes it.</summary>
internal sealed class Station : IAsyncDisposable
{
    private Station(Database database, TimeProvider time)
    {
        Database = database;
        Writer = new TurnWriter(database);
        Turns = new TurnStore(database, Writer, time);
        Bundles = new BundleStore(database, Writer, time);
        Waves = new WaveStore(database, Writer, time);
        Imports = new ImportStore(database, Writer, time);
        Codings = new CodingStore(database, Writer, time);
        Codebooks = new CodebookStore(database, Writer, time);
        Tallies = new Tallies(database, Writer);
        Outbox = new OutboxStore(database, Writer, time);
        Places = new PlaceStore(database, Writer, time);
        Feedback = new FeedbackStore(database, Writer, time);
        Codes = new CodeStore(database, Writer, time);
        Quotes = new QuoteStore(database, Writer, time);
        Rounds = new RoundStore(database, Writer, time);
        Released = new ReleasedStore(database, Writer, time);
        Told = new ToldStore(database, Writer, time);
        Paraphrases = new ParaphraseStore(database, Writer, time);
        People = new PeopleStore(database, Writer, time);
        Accesses = new AccessLog(database, Writer, time);
    }

    public Database Database { get; }

    public TurnWriter Writer { get; }

    public TurnStore Turns { get; }

    public BundleStore Bundles { get; }

    public WaveStore Waves { get; }

    public ImportStore Imports { get; }

    public CodingStore Codings { get; }

    public CodebookStore Codebooks { get; }

    public Tallies Tallies { get; }

    public OutboxStore Outbox { get; }

    public PlaceStore Places { get; }

    public FeedbackStore Feedback { get; }

    public CodeStore Codes { get; }

    public QuoteStore Quotes { get; }

    public RoundStore Rounds { get; }

    public ReleasedStore Released { get; }

    public ToldStore Told { get; }

    public ParaphraseStore Paraphrases { get; }

    public PeopleStore People { get; }

    public AccessLog Accesses { get; }

    /// <summary>Who gave the command, as <see cref="AccessLog"/> names them.</summary>
    public static string Operator => $"user {Environment.UserName}";

    /// <exception cref="StorageUnavailable">The folder can't be used; the message says why and what to do.</exception>
    public static async Task<Station> OpenAsync(string dataFolder, TimeProvider time, CancellationToken cancellationToken) =>
        new(await Database.OpenAsync(dataFolder, cancellationToken), time);

    /// <summary>Writes what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Database.DisposeAsync();
    }
}
