using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FossVoices.Storage;

/// <summary>What a study says about counting, kept beside its tallies: when it changes, they are counted anew.</summary>
internal sealed partial class TallyRules
{
    private static readonly ConcurrentDictionary<string, TallyRules> s_read = new(StringComparer.Ordinal);

    private TallyRules(ImmutableArray<TensionHalves> tensions, ImmutableArray<Question>? askedOfBoth)
    {
        Tensions = tensions;
        AskedOfBoth = askedOfBoth?.ToImmutableHashSet();
        Text = JsonSerializer.Serialize(new Form([.. tensions], askedOfBoth is { } asked ? [.. asked] : null), RulesJson.Default.Form);
    }

    /// <summary>No tensions, and the codes of all questions: what a study begins with.</summary>
    public static TallyRules None { get; } = Of([], askedOfBoth: null);

    public ImmutableArray<TensionHalves> Tensions { get; }

    /// <summary>The open questions whose codes count; null for all.</summary>
    public ImmutableHashSet<Question>? AskedOfBoth { get; }

    /// <summary>The rules as they are stored: the same for the same rules.</summary>
    public string Text { get; }

    public static TallyRules Of(IEnumerable<TensionHalves> tensions, ImmutableArray<Question>? askedOfBoth) => new(
        [.. tensions.OrderBy(tension => tension.Tension, StringComparer.Ordinal)],
        askedOfBoth is { } asked ? [.. asked.Distinct().OrderBy(q => q.Flow, StringComparer.Ordinal).ThenBy(q => q.Address, StringComparer.Ordinal)] : null);

    public static TallyRules Read(string text)
    {
        if (s_read.TryGetValue(text, out var known))
            return known;
        if (s_read.Count > 100) // One for each study, and a few from before their files changed.
            s_read.Clear();
        var form = JsonSerializer.Deserialize(text, RulesJson.Default.Form)!;
        return s_read[text] = new TallyRules([.. form.Tensions], form.AskedOfBoth is { } asked ? [.. asked] : null);
    }

    internal sealed record Form(TensionHalves[] Tensions, Question[]? AskedOfBoth);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Form))]
    private sealed partial class RulesJson : JsonSerializerContext;
}
