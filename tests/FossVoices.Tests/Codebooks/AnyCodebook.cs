using System.Collections.Immutable;
using CsCheck;
using FossVoices.Codebooks;

namespace FossVoices.Tests.Codebooks;

/// <summary>Sound codebooks of every kind, and what researchers do to them.</summary>
internal static class AnyCodebook
{
    private static readonly string[] s_ids = ["garden", "music", "worry", "trust", "money", "people", "time", "tools"];

    private static readonly string[] s_phrases = ["tulips", "the cello", "worn out", "never ... again", "count on|upon", "paid for", "not enough hands", "too slow", "bed ... roses", "play", "hours"];

    /// <summary>Phrases of <see cref="s_phrases"/> and words around them, for answers that say something.</summary>
    public static Gen<string> Answer { get; } = Gen.OneOf(
        "tulips", "the cello", "worn out", "never", "again", "count on", "counted upon", "paid", "for", "not enough hands", "too slow", "a bed of roses", "playing", "hours", "I", "was not",
        "she", ".", ",", "if", "#garden", "#music-ish", "#worry", "#Trust", "#nobody", "#spare", "#to-ols", "🙃").Array[0, 14].Select(words => string.Join(' ', words));

    private static readonly Gen<string> s_text = Gen.String[0, 12].Select(text => Readable(text));

    private static readonly Gen<Indicator> s_indicator = Gen.Select(Gen.OneOf(s_phrases).Array[1, 3], Gen.OneOf(s_phrases).Array[0, 1], Gen.OneOf(s_phrases).Array[0, 1], Gen.Int[0, 9])
        .Select((any, near, not, sure) => new Indicator("", [.. any.Distinct()], near.Length == 0 ? null : new Nearby([.. near], 6), [.. not], sure == 0 ? null : sure / 10.0 + 0.05));

    private static readonly Gen<Code> s_code = Gen.Select(s_text, s_text.Array[0, 2], s_indicator.Array[0, 2], Gen.Int[0, 9], Gen.Int[0, 9], Gen.OneOf(null, "#a30", "#AA3300"))
        .Select((text, texts, indicators, kind, alias, color) => new Code
        {
            Id = "",
            Label = $"Label {text}".Trim(),
            Brief = $"Brief {text}".Trim(),
            Full = texts.Length > 0 ? $"Full\n  {texts[0]}\nBrief: of old" : "",
            UseWhen = [.. texts.Select(t => $"use {t}")],
            NotWhen = texts.Length > 1 ? ["not\nwhen"] : [],
            Examples = texts.Length > 1 ? ["e"] : [],
            Aliases = alias < 3 ? [$"{(alias == 0 ? "spare" : "other")}"] : [],
            Status = kind == 0 ? CodeStatus.Retired : kind == 1 ? CodeStatus.Draft : CodeStatus.Active,
            Indicators = [.. indicators],
            Color = color,
        });

    public static Gen<Codebook> Sound { get; } = Gen.Select(s_code.Array[2, s_ids.Length], Gen.Int[1, 9], Gen.Int[0, 99]).Select((codes, version, links) => Mended("toy", version, [.. codes.Select((code, i) => code with { Id = s_ids[i] })], links));

    /// <summary>One change after another: indicators added, taken away and changed; codes merged, retired, redefined, added and removed; aliases renamed.</summary>
    public static Gen<Func<Codebook, Codebook>> Edit { get; } = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7], Gen.Int[0, 7], s_code).Select((kind, at, other, fresh) => (Func<Codebook, Codebook>)(book =>
    {
        var codes = book.Codes.ToBuilder();
        var (i, j) = (at % codes.Count, other % codes.Count);
        switch (kind)
        {
            case 0:
                codes[i] = codes[i] with { Indicators = codes[i].Indicators.AddRange(fresh.Indicators) };
                break;
            case 1:
                codes[i] = codes[i] with { Indicators = codes[i].Indicators.IsEmpty ? [] : codes[i].Indicators.RemoveAt(0) };
                break;
            case 2:
                codes[i] = codes[i] with { Indicators = fresh.Indicators };
                break;
            case 3:
                codes[i] = codes[i] with { MergedInto = i == j ? null : codes[j].Id };
                break;
            case 4:
                codes[i] = codes[i] with { Status = codes[i].Status == CodeStatus.Retired ? CodeStatus.Active : CodeStatus.Retired };
                break;
            case 5:
                codes[i] = codes[i] with { Aliases = fresh.Aliases };
                break;
            case 6:
                codes[i] = codes[i] with { Full = fresh.Full, Brief = fresh.Brief };
                break;
            default:
                if (s_ids.FirstOrDefault(id => codes.All(code => code.Id != id)) is { } free)
                    codes.Insert(i, fresh with { Id = free });
                else
                    codes.RemoveAt(i);
                break;
        }

        return Mended(book.Id, book.Version + 1, codes.ToImmutable(), links: -1);
    }));

    /// <summary>The same codes with everything mended that would be an error in a file.</summary>
    private static Codebook Mended(string id, int version, ImmutableArray<Code> codes, int links)
    {
        var taken = new HashSet<string>(codes.Select(code => Codebook.Folded(code.Id)), StringComparer.Ordinal);
        var ids = codes.Select(code => code.Id).ToHashSet(StringComparer.Ordinal);
        var sound = codes.Select((code, i) => code with
        {
            Aliases = [.. code.Aliases.Where(alias => taken.Add(Codebook.Folded(alias)))],
            Parent = links >= 0 && i > 0 && (links + i) % 3 == 0 ? codes[0].Id : code.Parent is { } parent && ids.Contains(parent) && parent != code.Id ? parent : null,
            MergedInto = code.MergedInto is { } target && ids.Contains(target) ? target : null,
            Indicators = [.. code.Indicators.Select((indicator, n) => indicator with { Id = $"{code.Id}.{n + 1}" })],
        }).ToArray();
        for (var i = 0; i < sound.Length; i++)
        {
            if (Circles(sound, i))
                sound[i] = sound[i] with { MergedInto = null };
        }

        return new Codebook(id, version, [.. sound]);
    }

    private static bool Circles(Code[] codes, int from)
    {
        var next = codes[from];
        for (var steps = 0; steps <= codes.Length; steps++)
        {
            if (next.MergedInto is not { } target)
                return false;
            next = codes.First(code => code.Id == target);
        }

        return true;
    }

    private static string Readable(string text) => string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\ufffe' or '\uffff' or '\ufeff'))).Trim();
}
