using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>Finds the options that a reply names: by their ids where they were chosen, and as people write them where they were typed.</summary>
internal static class TypedOptions
{
    /// <summary>Whoever types so much is telling a story, not naming options.</summary>
    private const int LongestNaming = 1000;

    private static readonly char[] s_separators = [',', ';', '\n', '，', '、', '،'];

    /// <summary>The ids that a reply names, each once, in the order named; empty where any of it names nothing.</summary>
    public static ImmutableArray<string> In(Reply reply, ImmutableArray<Option> options) => reply switch
    {
        Reply.Chose(var ids) => Each(ids, id => Find(options, o => o.Id == id)),
        Reply.Said(var text) when text.Length <= LongestNaming => Typed(text, options) is { } whole ? [whole] : Listed(text, options),
        _ => [],
    };

    private static ImmutableArray<string> Listed(string text, ImmutableArray<Option> options)
    {
        var parts = text.Split(s_separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // "1 3 5" is a list too; "working on it" is not.
        if (parts is [var only] && only.All(c => char.IsAsciiDigit(c) || c == ' '))
            parts = only.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Each(parts, part => Typed(part, options));
    }

    private static ImmutableArray<string> Each(IEnumerable<string> parts, Func<string, string?> find)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var part in parts)
        {
            if (find(part) is not { } id)
                return [];
            if (!found.Contains(id))
                found.Add(id);
        }

        return found.ToImmutable();
    }

    /// <summary>An option as people type it: its label, its number in the list, or its id. A label may itself be a number.</summary>
    private static string? Typed(string text, ImmutableArray<Option> options)
    {
        var said = Plain(text);
        if (Find(options, o => IsSame(Plain(o.Label), said)) is { } byLabel)
            return byLabel;
        if (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 && number <= options.Length ? options[number - 1].Id : null;
        return Find(options, o => IsSame(o.Id, said));
    }

    private static string? Find(ImmutableArray<Option> options, Func<Option, bool> fits)
    {
        foreach (var option in options)
        {
            if (fits(option))
                return option.Id;
        }

        return null;
    }

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Phones write curly apostrophes, and people end a reply with a full stop.</summary>
    private static string Plain(string text) => text.Trim().TrimEnd('.', '!').Replace('’', '\'');
}
