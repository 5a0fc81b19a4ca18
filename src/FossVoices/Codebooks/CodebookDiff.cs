using System.Collections.Immutable;

namespace FossVoices.Codebooks;

/// <summary>What a newer version of a codebook asks for: which codes machines have to look for again, and which ones people have to look at again.</summary>
/// <param name="Added">Codes that were not there.</param>
/// <param name="Removed">Codes that are gone from the file. Retire a code rather than remove it: then what was coded with it still has a name.</param>
/// <param name="Renamed">Another label; nothing has to be done.</param>
/// <param name="Redefined">Another definition: people's codings have to be looked at.</param>
/// <param name="Merged">From a code to the one that has taken its place since.</param>
/// <param name="Retired">Codes that are no longer given.</param>
/// <param name="Heard">Codes that a lexicon would hear elsewhere; only these have to be coded again by it.</param>
/// <param name="TagsChanged">Whether a typed hashtag may mean another code, or none; answers that hold one have to be read again.</param>
internal sealed record CodebookDiff(
    ImmutableArray<string> Added,
    ImmutableArray<string> Removed,
    ImmutableArray<string> Renamed,
    ImmutableArray<string> Redefined,
    ImmutableArray<(string From, string To)> Merged,
    ImmutableArray<string> Retired,
    ImmutableHashSet<string> Heard,
    bool TagsChanged)
{
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Renamed.IsEmpty && Redefined.IsEmpty && Merged.IsEmpty && Retired.IsEmpty && Heard.IsEmpty && !TagsChanged;

    public static CodebookDiff Between(Codebook then, Codebook now)
    {
        var both = now.Codes.Select(code => (Before: then.WithId(code.Id), Code: code)).Where(pair => pair.Before is not null).Select(pair => (Before: pair.Before!, pair.Code)).ToImmutableArray();
        var (heardThen, heardNow) = (HeardAs(then), HeardAs(now));
        return new CodebookDiff(
            [.. now.Codes.Where(code => then.WithId(code.Id) is null).Select(code => code.Id)],
            [.. then.Codes.Where(code => now.WithId(code.Id) is null).Select(code => code.Id)],
            [.. both.Where(pair => pair.Before.Label != pair.Code.Label).Select(pair => pair.Code.Id)],
            [.. both.Where(pair => Codebook.DefinitionHash(pair.Before) != Codebook.DefinitionHash(pair.Code)).Select(pair => pair.Code.Id)],
            [.. both.Where(pair => pair.Code.MergedInto is { } target && pair.Before.MergedInto != target).Select(pair => (pair.Code.Id, pair.Code.MergedInto!))],
            [.. both.Where(pair => pair.Code is { Status: CodeStatus.Retired, MergedInto: null } && pair.Before.Status != CodeStatus.Retired).Select(pair => pair.Code.Id)],
            [.. heardThen.Keys.Union(heardNow.Keys, StringComparer.Ordinal).Where(code => heardThen.GetValueOrDefault(code, "") != heardNow.GetValueOrDefault(code, ""))],
            TagsOf(then) != TagsOf(now));
    }

    /// <summary>What it asks for, a sentence each.</summary>
    public IEnumerable<string> Sentences()
    {
        if (!Added.IsEmpty)
            yield return $"New: {string.Join(", ", Added)}.";
        if (!Removed.IsEmpty)
            yield return $"Gone from the file: {string.Join(", ", Removed)}. Retire a code rather than remove it, so that what was coded with it keeps its name.";
        if (!Merged.IsEmpty)
            yield return $"Merged: {string.Join(", ", Merged.Select(pair => $"{pair.From} into {pair.To}"))}. Codings follow.";
        if (!Retired.IsEmpty)
            yield return $"Retired: {string.Join(", ", Retired)}. What people coded stays and is counted no more.";
        if (!Renamed.IsEmpty)
            yield return $"Another label: {string.Join(", ", Renamed)}. Nothing has to be done.";
        if (!Redefined.IsEmpty)
            yield return $"Another definition: {string.Join(", ", Redefined)}. What people coded with it has to be looked at again.";
        if (Heard.Count > 0)
            yield return $"Heard by other words: {string.Join(", ", Heard.Order(StringComparer.Ordinal))}. Only these have to be coded again.";
        if (TagsChanged)
            yield return "A typed hashtag may mean another code: answers that hold one have to be coded again.";
    }

    /// <summary>For each code that can be heard, by what: its own indicators and those of the codes merged into it, in order.</summary>
    private static Dictionary<string, string> HeardAs(Codebook codebook) => codebook.Codes
        .Where(code => codebook.Counted(code) is not null)
        .GroupBy(code => codebook.Counted(code)!.Id, StringComparer.Ordinal)
        .ToDictionary(code => code.Key, code => string.Join(' ', code.Select(Codebook.IndicatorHash)), StringComparer.Ordinal);

    /// <summary>Which typed tags mean which code; the same text, the same meaning.</summary>
    internal static string TagsOf(Codebook codebook) => string.Join('\n', codebook.Codes
        .SelectMany(code => code.Aliases.Append(code.Id), (code, tag) => $"{Codebook.Folded(tag)} {codebook.Counted(code)?.Id}")
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
