using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>What can be compared with an answer.</summary>
internal enum AnswerKind
{
    /// <summary>One option, or several.</summary>
    Options,

    /// <summary>A point of a scale.</summary>
    Point,

    Number,

    /// <summary>The person's own words.</summary>
    Words,
}

/// <summary>What a flow's conditions and texts may name, gathered before they are read.</summary>
internal sealed class FlowDirectory
{
    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly Dictionary<Node.Object, Spot> _spots;

    private FlowDirectory(Dictionary<string, Entry> entries, Dictionary<Node.Object, Spot> spots, Setting setting, IReadOnlyCollection<string> codes)
    {
        _entries = entries.ToFrozenDictionary(StringComparer.Ordinal);
        _spots = spots;
        Addresses = [.. entries.Keys.Order(StringComparer.Ordinal)];
        Tensions = [.. setting.Tensions.Select(t => t.Id)];
        Codes = codes;
    }

    /// <summary>Everything that can be answered, by address.</summary>
    public ImmutableArray<string> Addresses { get; }

    public ImmutableArray<string> Tensions { get; }

    /// <summary>The ids of the items whose options can be ranked.</summary>
    public IEnumerable<string> Picks => _spots.Keys.Where(item => item.TextOf("type") == "pick").Select(item => item.TextOf("id")).OfType<string>();

    public IReadOnlyCollection<string> Codes { get; }

    public Entry? Find(string address) => _entries.GetValueOrDefault(address);

    public Spot? PickNamed(string id) => _spots.FirstOrDefault(s => s.Key.TextOf("type") == "pick" && s.Key.TextOf("id") == id).Value;

    /// <summary>Where an item or a probe stands.</summary>
    public Spot SpotOf(Node.Object node) => _spots[node];

    public static FlowDirectory Of(Node.Object file, Setting setting, IReadOnlyCollection<string> codes)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var spots = new Dictionary<Node.Object, Spot>(ReferenceEqualityComparer.Instance);
        Gather(file, []);
        return new FlowDirectory(entries, spots, setting, codes);

        void Gather(Node.Object holder, ImmutableArray<Fork> forks)
        {
            var child = 0;
            foreach (var item in holder.ListOf("items").OfType<Node.Object>())
            {
                var spot = spots[item] = new Spot(spots.Count, [.. forks, new Fork(holder, child++)]);
                foreach (var (address, entry) in EntriesFor(file, item, spot))
                    entries.TryAdd(address, entry);
                foreach (var probe in item.ListOf("probes").OfType<Node.Object>())
                {
                    spots[probe] = spot with { Place = spots.Count };
                    entries.TryAdd($"{item.TextOf("id")}#{probe.TextOf("id")}", new Entry(spots[probe], AnswerKind.Words, []));
                }

                Gather(item, spots[item].Forks);
            }
        }
    }

    /// <summary>Every item of the file in order, groups before what they hold.</summary>
    public static IEnumerable<Node.Object> Items(Node.Object holder) =>
        holder.ListOf("items").OfType<Node.Object>().SelectMany(item => Items(item).Prepend(item));

    private static IEnumerable<(string Address, Entry Entry)> EntriesFor(Node.Object file, Node.Object item, Spot spot)
    {
        var id = item.TextOf("id") ?? "";
        return item.TextOf("type") switch
        {
            "notice" or "group" => [],
            "pair" => [($"{id}.own", Scale(file, item, spot)), ($"{id}.other", Scale(file, item, spot))],
            "scale" => [(id, Scale(file, item, spot))],
            "number" => [(id, new Entry(spot, AnswerKind.Number, []))],
            "text" => [(id, new Entry(spot, AnswerKind.Words, []))],
            "mirror" => [
                (id, new Entry(spot, AnswerKind.Words, [])),
                .. item.Find("differently") is null ? Array.Empty<(string, Entry)>() : [($"{id}.differently", new Entry(spot, AnswerKind.Words, []))],
                .. item.Find("unexpected") is null ? Array.Empty<(string, Entry)>() : [($"{id}.unexpected", new Entry(spot, AnswerKind.Options,
                    [.. Enumerable.Range(1, (item.WholeOf("other_side") ?? 0) + (item.WholeOf("own_side") ?? 0)).Select(n => n.ToString(CultureInfo.InvariantCulture)), "none"]))]],
            "gate" => [(id, new Entry(spot, AnswerKind.Options, ["yes", "no"]))],
            "rank" when item.TextOf("from") is { } from => [(id, new Entry(spot, AnswerKind.Options, OptionsOf(Items(file).FirstOrDefault(i => i.TextOf("id") == from))))],
            _ => [(id, new Entry(spot, AnswerKind.Options, OptionsOf(item)))],
        };
    }

    private static Entry Scale(Node.Object file, Node.Object item, Spot spot)
    {
        var scale = file.ObjectOf("scales")?.ObjectOf(item.TextOf("scale") ?? "");
        var points = Enumerable.Range(1, scale?.ListOf("points").Length ?? 0).Select(n => n.ToString(CultureInfo.InvariantCulture));
        return new Entry(spot, AnswerKind.Point, [.. points, .. scale?.Find("dont_know") is null ? Array.Empty<string>() : [Reply.DontKnow]]);
    }

    private static ImmutableArray<string> OptionsOf(Node.Object? item) => item is null ? [] : [.. item.TextMapOf("options").Select(o => o.Key)];

    /// <param name="Options">The ids that an answer can be.</param>
    internal sealed record Entry(Spot Spot, AnswerKind Kind, ImmutableArray<string> Options);

    /// <summary>Where an item stands.</summary>
    /// <param name="Place">Counted from 0 through the file, probes included.</param>
    /// <param name="Forks">The way down to it, from the file through each group.</param>
    internal sealed record Spot(int Place, ImmutableArray<Fork> Forks)
    {
        /// <summary>Whether both stand in a group of random order, so that chance decides which comes first.</summary>
        public bool IsShuffledWith(Spot other)
        {
            foreach (var (mine, theirs) in Forks.Zip(other.Forks))
            {
                if (!ReferenceEquals(mine.Group, theirs.Group))
                    return false;
                if (mine.Child != theirs.Child)
                    return mine.Group.TextOf("order") == "random";
            }

            return false;
        }
    }

    /// <summary>One step down: which entry of which group, or of the file.</summary>
    internal readonly record struct Fork(Node.Object Group, int Child);
}
