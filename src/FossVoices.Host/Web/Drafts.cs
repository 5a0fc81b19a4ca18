using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Flows;
using FossVoices.Host.Commands;
using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>A study as its files were at one moment.</summary>
/// <param name="Stamp">Differs as soon as a file does.</param>
internal sealed record Draft(string Stamp, LoadedStudy Loaded);

/// <summary>
/// Studies as their files are now, for their authors, and how far these have walked through them. It is all in memory: the walks that were begun last
/// are remembered, and none after the program stops.
/// </summary>
/// <param name="folder">The folder that holds the studies.</param>
internal sealed class Drafts(string folder)
{
    private const int MostWalks = 50;

    private readonly ConcurrentDictionary<string, Draft> _read = new(StringComparer.Ordinal);
    private readonly Lock _walking = new();
    private readonly Dictionary<string, (string Study, Progress Progress)> _walks = new(StringComparer.Ordinal);
    private readonly Queue<string> _inOrder = new();

    /// <summary>The study as it stands on disk; null where there is none.</summary>
    public Draft? Look(string study)
    {
        if (StampOf(study) is not { } stamp)
            return null;
        if (_read.TryGetValue(study, out var known) && known.Stamp == stamp)
            return known;
        return _read[study] = new Draft(stamp, StudyFolder.Load(Path.Combine(folder, study), Platforms.Limits));
    }

    /// <summary>Tells two states of a study's files apart; null where there is no study of that name.</summary>
    public string? StampOf(string study)
    {
        // Looked for among the folders there are, so that no name can lead elsewhere.
        if (!Directory.Exists(folder) || Directory.EnumerateDirectories(folder).FirstOrDefault(d => Path.GetFileName(d) == study) is not { } found
            || !File.Exists(Path.Combine(found, "study.json")))
        {
            return null;
        }

        var files = new DirectoryInfo(found).EnumerateFiles("*.json", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.FullName}|{(f.Exists ? f.Length : 0)}|{f.LastWriteTimeUtc.Ticks}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))).AsSpan(0, 8));
    }

    /// <summary>How far a walk through the study has come; null where it is not remembered.</summary>
    public Progress? Find(string study, string? walk)
    {
        lock (_walking)
            return walk is not null && _walks.TryGetValue(walk, out var found) && found.Study == study ? found.Progress : null;
    }

    public void Keep(string study, string walk, Progress progress)
    {
        lock (_walking)
        {
            if (!_walks.ContainsKey(walk))
                _inOrder.Enqueue(walk);
            _walks[walk] = (study, progress);
            if (_inOrder.Count > MostWalks)
                _walks.Remove(_inOrder.Dequeue());
        }
    }
}
