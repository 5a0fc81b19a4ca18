using System.Globalization;
using System.Text.Json;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary>What <c>fossvoices doctor</c> found in a data folder that could be opened.</summary>
/// <param name="Cells">How many cells the tallies have.</param>
/// <param name="Tallies">Those that are not what a recount says.</param>
/// <param name="Open">Files and folders that other users of the machine can get at.</param>
/// <param name="Mended">How many studies were counted anew, and files closed.</param>
internal sealed record DoctorReport(
    Checkup Checkup, long Cells, IReadOnlyList<TallyFault> Tallies, IReadOnlyList<AccessChain> Accesses, IReadOnlyList<string> Open, (int Studies, int Files) Mended = default)
{
    private const int MostShown = 20;

    /// <summary>Which chat platforms are on, in a sentence.</summary>
    public string Platforms { get; init; } = "";

    /// <summary>Why a chat platform that is configured cannot start; null where nothing stands in the way.</summary>
    public string? Halfway { get; init; }

    public bool Sound => Halfway is null && Checkup.Sound && Tallies.Count == 0 && Accesses.All(chain => chain.Broken is null) && Open.Count == 0;

    public static async Task<DoctorReport> OfAsync(Station station, string dataFolder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (cells, faults) = await station.Tallies.CompareAsync(cancellationToken);
        return new DoctorReport(
            await Checkup.OfAsync(station.Database, now, cancellationToken), cells, faults, await station.Accesses.VerifyAsync(cancellationToken), TooOpen.In(dataFolder));
    }

    /// <summary>Mends what can be mended: the tallies, which are counted from the answers, and the rights of files.</summary>
    public async Task<DoctorReport> RepairAsync(Station station, CancellationToken cancellationToken)
    {
        string[] studies = [.. Tallies.Select(fault => fault.Study).Distinct(StringComparer.Ordinal)];
        if (studies.Length > 0)
            await station.Tallies.MendAsync(studies, cancellationToken);
        TooOpen.Close(Open);
        return this with { Tallies = [], Open = [], Mended = (studies.Length, Open.Count) };
    }

    public string InWords()
    {
        var lines = new List<string>
        {
            Checkup.Faults.Count == 0 ? "Database: sound." : $"Database: damaged; restore a backup. {string.Join("; ", Checkup.Faults.Take(MostShown))}",
            TalliesInWords(),
            $"Master key: the one of this database, from {(MasterKey.IsGiven ? MasterKey.Variable : "keys/master.key")}.",
            Say($"Words: {Checkup.Sealed} encrypted and readable, {Checkup.Open} from before words were encrypted, {Checkup.Unreadable.Count} unreadable."),
        };
        if (Checkup.Unreadable.Count > 0)
        {
            lines.Add("Unreadable, since their key is gone (withdrawn after the backup was made?) or another; restore data/keys/sessions.db, or withdraw them again:");
            lines.AddRange(Shown(Checkup.Unreadable.Select(answer => $"study {answer.Study}, session {answer.Session}, {answer.Address}"), Checkup.Unreadable.Count));
        }

        if (Checkup.StrayKeys > 0)
            lines.Add(Say($"Keys without a session: {Checkup.StrayKeys}. They are destroyed when 'fossvoices serve' runs."));
        lines.AddRange(Accesses.Count == 0 ? ["Log of accesses: nobody has looked at answers yet."] : Accesses.Select(chain => chain.Broken is { } broken
            ? Say($"Log of accesses, study {chain.Study}: line {broken} is missing or not as it was written. Somebody has changed the log.")
            : Say($"Log of accesses, study {chain.Study}: {chain.Lines.Count} lines, none changed. The last one's seal is {chain.Seal[..16]}; noted elsewhere, it shows whether lines were cut off the end.")));
        lines.Add(Open.Count > 0 ? "Files that other users of this machine can get at; 'fossvoices doctor --repair' closes them:"
            : Mended.Files > 0 ? Say($"Files: {Mended.Files} were open to other users and are closed now.") : "Files: their owner's alone.");
        lines.AddRange(Shown(Open, Open.Count));
        lines.Add(Halfway is null ? Platforms : $"Settings: {Halfway}");
        return string.Join(Environment.NewLine, lines);
    }

    public string InJson() => JsonSerializer.Serialize(
        new
        {
            sound = Sound,
            faults = Checkup.Faults,
            tallies = new { cells = Cells, faults = Tallies.Select(fault => new { study = fault.Study, cell = fault.Cell.ToString(), kept = fault.Kept, counted = fault.Counted }), mended = Mended.Studies },
            masterKey = MasterKey.IsGiven ? "environment" : "file",
            words = new { @sealed = Checkup.Sealed, open = Checkup.Open },
            unreadable = Checkup.Unreadable.Select(answer => new { study = answer.Study, session = answer.Session, address = answer.Address }),
            strayKeys = Checkup.StrayKeys,
            accesses = Accesses.Select(chain => new { study = chain.Study, lines = chain.Lines.Count, broken = chain.Broken, seal = chain.Seal }),
            openFiles = Open,
            settings = Halfway,
        },
        Output.Json);

    private string TalliesInWords() =>
        Mended.Studies > 0 ? Say($"Tallies: counted anew in {Mended.Studies} {(Mended.Studies == 1 ? "study" : "studies")}.")
        : Tallies.Count == 0 ? Say($"Tallies: {Cells} counts, the same as a recount.")
        : string.Join(Environment.NewLine, [
            Say($"Tallies: {Tallies.Count} of {Cells} counts differ from a recount; 'fossvoices doctor --repair' counts them anew:"),
            .. Shown(Tallies.Select(fault => Say($"study {fault.Study}, {fault.Cell}: {fault.Kept} kept, {fault.Counted} counted")), Tallies.Count)]);

    private static IEnumerable<string> Shown(IEnumerable<string> lines, int count) => lines.Take(MostShown).Select(line => $"  {line}")
        .Concat(count > MostShown ? [Say($"  and {count - MostShown} more; --json lists all.")] : []);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
