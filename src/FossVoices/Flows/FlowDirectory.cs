using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>What a flow's conditions and texts may name, gathered before they are read.</summary>
internal sealed class FlowDirectory
{
    private readonly FrozenDictionary<string, Entry> _entries;

    private FlowDirectory(FrozenDictionary<string, Entry> entries, Setting setting, IReadOnlyCollection<string> codes)
    {
        _entries = entries;
        Addresses = [.. entries.Keys.Order(StringComparer.Ordinal)];
        Tensions = [.. setting.Tensions.Select(t => t.Id)];
        Codes = codes;
    }

    /// <summary>Everything that can be answered, by address.</summary>
    public ImmutableArray<string> Addresses { get; }

    public ImmutableArray<string> Tensions { get; }

    public IReadOnlyCollection<string> Codes { get; }

    public Entry? Find(string address) => _entries.GetValueOrDefault(address);

    public static FlowDirectory Of(Node.Object file, Setting setting, IReadOnlyCollection<string> codes)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in Items(file))
        {
            if (item.TextOf("id") is { } id)
            {
                var options = Options(file, item);
                foreach (var address in item.TextOf("type") == "pair" ? [$"{id}.own", $"{id}.other"] : (string[])[id])
                    entries.TryAdd(address, new Entry(index, options));
                if (item.TextOf("type") == "text")
                {
                    foreach (var probe in item.ListOf("probes").OfType<Node.Object>())
                        entries.TryAdd($"{id}#{probe.TextOf("id")}", new Entry(index, []));
                }
            }

            index++;
        }

        return new FlowDirectory(entries.ToFrozenDictionary(StringComparer.Ordinal), setting, codes);
    }

    /// <summary>Every item of the file in order, groups before what they hold.</summary>
    public static IEnumerable<Node.Object> Items(Node.Object holder) =>
        holder.ListOf("items").OfType<Node.Object>().SelectMany(item => Items(item).Prepend(item));

    private static ImmutableArray<string> Options(Node.Object file, Node.Object item) => item.TextOf("type") switch
    {
        "gate" => ["yes", "no"],
        "scale" or "pair" => file.ObjectOf("scales")?.ObjectOf(item.TextOf("scale") ?? "") is { } scale
            ? [.. Enumerable.Range(1, scale.ListOf("points").Length).Select(n => n.ToString(CultureInfo.InvariantCulture))]
            : [],
        "rank" when item.TextOf("from") is { } from => Items(file).FirstOrDefault(i => i.TextOf("id") == from) is { } pick && pick != item
            ? [.. pick.TextMapOf("options").Select(o => o.Key)]
            : [],
        _ => [.. item.TextMapOf("options").Select(o => o.Key)],
    };

    /// <param name="Index">The item's place in the file, counted from 0.</param>
    /// <param name="Options">The ids that an answer can be.</param>
    internal sealed record Entry(int Index, ImmutableArray<string> Options);
}
