using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FossVoices.Flows;

namespace FossVoices.Storage;

/// <summary>What chance decided for one person, as the JSON in the session's row. The seed has a column of its own.</summary>
internal static partial class DrawsText
{
    private const int MostRead = 4000;

    /// <summary>Those read lately: whoever answers is loaded twice a turn, and draws never change.</summary>
    private static readonly ConcurrentDictionary<string, Draws> s_read = new(StringComparer.Ordinal);

    public static string Of(Draws draws) => JsonSerializer.Serialize(
        new Form(
            draws.Orders.ToDictionary(order => order.Key, order => order.Value.ToArray()),
            draws.Arms.ToDictionary(),
            [.. draws.GuessFirst],
            draws.Excerpts.IsEmpty ? null : draws.Excerpts.ToDictionary(shown => shown.Key, shown => shown.Value.ToArray())),
        DrawsJson.Default.Form);

    public static Draws Read(long seed, string text)
    {
        if (s_read.TryGetValue(text, out var known))
            return known with { Seed = seed };
        if (s_read.Count >= MostRead)
            s_read.Clear();
        return s_read[text] = Parse(seed, text);
    }

    private static Draws Parse(long seed, string text)
    {
        var form = JsonSerializer.Deserialize(text, DrawsJson.Default.Form)!;
        return new Draws(
            seed,
            form.Orders.ToImmutableSortedDictionary(order => order.Key, order => order.Value.ToImmutableArray(), StringComparer.Ordinal),
            form.Arms.ToImmutableSortedDictionary(StringComparer.Ordinal),
            form.GuessFirst.ToImmutableSortedSet(StringComparer.Ordinal))
        {
            Excerpts = (form.Excerpts ?? []).ToImmutableSortedDictionary(shown => shown.Key, shown => shown.Value.ToImmutableArray(), StringComparer.Ordinal),
        };
    }

    internal sealed record Form(Dictionary<string, string[]> Orders, Dictionary<string, int> Arms, string[] GuessFirst, Dictionary<string, string[]>? Excerpts = null);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Form))]
    private sealed partial class DrawsJson : JsonSerializerContext;
}
