using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Exchange;

/// <summary>What taking in a codebook would make of the one that is there.</summary>
/// <param name="Result">The next version; null where nothing changes.</param>
internal sealed record CodebookTaken(Codebook? Result, ImmutableArray<string> Added, ImmutableArray<string> Changed, ImmutableArray<string> Retired)
{
    /// <summary>
    /// Puts codes from another program in place of the present ones. What the format can't carry, such as indicators, stays where the id is the same. A code that
    /// is no longer there is retired, never deleted: what was coded with it stays.
    /// </summary>
    /// <param name="present">The study's codebook.</param>
    /// <param name="codes">As they came.</param>
    /// <param name="hasLooks">Whether the format carries ids of other programs and colours.</param>
    public static CodebookTaken Of(Codebook present, ImmutableArray<Code> codes, bool hasLooks)
    {
        return Between(present, [.. codes.Select(code => Kept(present, code, hasLooks))], Same);
    }

    private static CodebookTaken Between(Codebook present, ImmutableArray<Code> taken, Func<Code, Code, bool> same)
    {
        var gone = present.Codes.Where(code => taken.All(other => other.Id != code.Id))
            .Select(code => code.IsCategory ? code : code with { Status = CodeStatus.Retired })
            .Select(code => code.Parent is null || taken.Any(other => other.Id == code.Parent) || present.WithId(code.Parent) is not null ? code : code with { Parent = null });
        ImmutableArray<Code> all = [.. taken, .. gone];
        ImmutableArray<string> added = [.. all.Where(code => present.WithId(code.Id) is null).Select(code => code.Id)];
        ImmutableArray<string> retired = [.. all.Where(code => code.Status == CodeStatus.Retired && present.WithId(code.Id) is { Status: not CodeStatus.Retired }).Select(code => code.Id)];
        ImmutableArray<string> changed = [.. all.Where(code => present.WithId(code.Id) is { } before && !same(before, code)).Select(code => code.Id).Except(retired)];
        return added.IsEmpty && changed.IsEmpty && retired.IsEmpty
            ? new CodebookTaken(null, [], [], [])
            : new CodebookTaken(new Codebook(present.Id, present.Version + 1, all), added, changed, retired);
    }

    /// <summary>Puts a codebook in the study's own format in place of the present one: everything in it counts, and what it lacks is retired.</summary>
    public static CodebookTaken Whole(Codebook present, Codebook other)
    {
        var change = Between(present, other.Codes, (before, after) => Same(before, after) && Codebook.IndicatorHash(before) == Codebook.IndicatorHash(after));
        return change.Result is null ? change : change with { Result = new Codebook(present.Id, Math.Max(present.Version + 1, other.Version), change.Result.Codes) };
    }

    private static Code Kept(Codebook present, Code code, bool hasLooks)
    {
        if (present.WithId(code.Id) is not { } before)
            return code;
        var guid = hasLooks && code.Guid != RefiId.Of(present, before with { Guid = null }).ToString() ? code.Guid : before.Guid;
        return code with { Indicators = before.Indicators, Guid = guid, Color = hasLooks ? code.Color : before.Color };
    }

    /// <summary>Records compare their lists by identity, so codes are compared by what is in them.</summary>
    private static bool Same(Code a, Code b) =>
        a.Label == b.Label && a.Parent == b.Parent && a.IsCategory == b.IsCategory && a.Status == b.Status && a.MergedInto == b.MergedInto && a.Guid == b.Guid && a.Color == b.Color
        && Codebook.DefinitionHash(a) == Codebook.DefinitionHash(b) && a.Aliases.SequenceEqual(b.Aliases);
}
