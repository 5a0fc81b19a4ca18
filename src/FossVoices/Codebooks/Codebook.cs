using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using FossVoices.Definitions;

namespace FossVoices.Codebooks;

/// <summary>
/// One immutable version of a codebook. Its hashes say what has to be coded again after a change: a new indicator hash concerns the
/// machine,
/// a new definition hash concerns people, and a new label concerns nobody.
/// </summary>
internal sealed class Codebook
{
    private readonly FrozenDictionary<string, Code> _byId;
    private readonly FrozenDictionary<string, Code> _byTag;

    /// <exception cref="ArgumentException">
    /// Two codes share an id or a spelling, or a code names one that does not exist; <see cref="CodebookFile"/> reports both kindly.
    /// </exception>
    public Codebook(string id, int version, ImmutableArray<Code> codes)
    {
        Id = id;
        Version = version;
        Codes = codes;
        _byId = codes.ToFrozenDictionary(code => code.Id, StringComparer.Ordinal);
        _byTag = codes
            .SelectMany(
                code => code.Aliases.Append(code.Id).Select(Folded).Distinct(StringComparer.Ordinal),
                (code, tag) => KeyValuePair.Create(tag, code))
            .ToFrozenDictionary(StringComparer.Ordinal);
        Hash = HashOf(this);
    }

    public string Id { get; }

    public int Version { get; }

    public ImmutableArray<Code> Codes { get; }

    /// <summary>Of everything in it, 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The code with this id, exactly, or null.</summary>
    public Code? WithId(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The code that people mean by a tag: its id or an alias, with or without <c>#</c>, in any case, hyphens and spaces ignored; or
    /// null.
    /// </summary>
    public Code? Tagged(string tag) => _byTag.GetValueOrDefault(Folded(tag));

    /// <summary>
    /// The code under which this one is counted now: itself, or what it was merged into; null when that is retired or a category.
    /// </summary>
    public Code? Counted(Code code)
    {
        // A chain longer than the codebook is a circle, which leads nowhere.
        for (var steps = 0; code.MergedInto is { } next; steps++)
        {
            if (steps == Codes.Length || WithId(next) is not { } target)
                return null;
            code = target;
        }

        return code.Status == CodeStatus.Retired || code.IsCategory ? null : code;
    }

    /// <summary>The codes that can be given: neither categories nor retired nor merged away, in the order of the file.</summary>
    public IEnumerable<Code> Given => Codes.Where(code => code.MergedInto is null && Counted(code) is not null);

    /// <summary>
    /// Changes when what a person reads before giving the code changes. The label is not part of it: renaming asks nothing of
    /// anybody.
    /// </summary>
    public static string DefinitionHash(Code code)
    {
        using var hash = new ContentHash();
        return hash.Add(code.Brief).Add(code.Full).Add(code.UseWhen).Add(code.NotWhen).Add(code.Examples).Add(code.CounterExamples).Hex();
    }

    /// <summary>Changes when the lexicon would hear the code elsewhere: its spellings and indicators.</summary>
    public static string IndicatorHash(Code code)
    {
        using var hash = new ContentHash();
        hash.Add(code.Id).Add(code.Aliases);
        foreach (var indicator in code.Indicators)
        {
            hash.Add(indicator.Id).Add(indicator.Any).Add(indicator.Not).Add(indicator.Confidence);
            if (indicator.Near is { } near)
                hash.Add(near.Within).Add(near.Any);
            else
                hash.Add((string?)null);
        }

        return hash.Hex();
    }

    /// <summary>How spellings of a tag are compared.</summary>
    internal static string Folded(string tag)
    {
        var folded = new StringBuilder(tag.Length);
        foreach (var letter in tag)
        {
            if (letter is not ('#' or '-' or '_' or ' '))
                folded.Append(char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }

    private static string HashOf(Codebook codebook)
    {
        using var hash = new ContentHash();
        hash.Add(codebook.Id).Add(codebook.Version);
        foreach (var code in codebook.Codes)
        {
            hash.Add(code.Label).Add(code.Parent).Add(code.IsCategory ? "category" : "code").Add(code.Status.ToString()).Add(code.MergedInto)
                .Add(DefinitionHash(code)).Add(IndicatorHash(code));
        }

        return hash.Hex();
    }
}
