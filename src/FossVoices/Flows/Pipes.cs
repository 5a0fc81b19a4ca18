using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>What the places of a text are filled with, for one person at one item.</summary>
/// <param name="path">The way so far; null before consent.</param>
/// <param name="item">The item whose text is filled; null for the flow's own texts.</param>
internal sealed class Pipes(Flow flow, FlowPath? path, Facts facts, Item? item)
{
    /// <summary>So much of somebody's own words is put into a question; what was said in full stands in the read-back.</summary>
    private const int MostQuoted = 200;

    public string Fill(Template text) => text.Fill(Value);

    private string? Value(string name) => name switch
    {
        "project" => flow.Setting.Project,
        "side" => path?.Side is { } side ? flow.Setting.Sides.GetValueOrDefault(side) : null,
        "other_side" => path?.Side is { } side ? flow.Setting.Sides.GetValueOrDefault(Setting.OtherSide(side)) : null,
        "retention_date" => facts.RetentionDate,
        "minimum_group" => facts.MinimumGroup.ToString(CultureInfo.InvariantCulture),
        "mirror" => facts.Mirror.Length > 0 ? facts.Mirror : null,
        _ => Arm(name) ?? HalfOfTension(name) ?? EarlierAnswer(name),
    };

    /// <summary>What a mirror shows, before one of its questions.</summary>
    public IEnumerable<string> Mirrored(Item.Mirror mirror, MirrorPart part)
    {
        if (part == MirrorPart.Differently)
        {
            if (facts.SaidThen.TryGetValue(mirror.Id, out var then))
                yield return Phrases.Say(flow.Language, "mirror_said_then", ("words", then));
            yield break;
        }

        for (var place = 0; place < Count(mirror); place++)
            yield return Phrases.Say(flow.Language, "mirror_line", ("place", Number(place)), ("words", Shown(mirror, place)), ("from", FromOf(mirror, place)));
    }

    /// <summary>The places with the beginning of what stands there.</summary>
    public ImmutableArray<Option> Labelled(Item.Mirror mirror, ImmutableArray<Option> places) =>
        [.. places.Select((place, i) => i < Count(mirror) ? place with { Label = $"{Number(i)}. {Beginning(Shown(mirror, i))}" } : place)];

    private int Count(Item.Mirror mirror) => path?.Progress.Draws.Excerpts.GetValueOrDefault(mirror.Id, []).Length ?? 0;

    private string Shown(Item.Mirror mirror, int place) => facts.Excerpts.GetValueOrDefault(mirror.Id) is not { IsDefault: false } shown || place >= shown.Length
        ? Phrases.Say(flow.Language, "mirror_example")
        : shown[place].Text ?? Phrases.Say(flow.Language, "mirror_taken_back");

    private string FromOf(Item.Mirror mirror, int place) =>
        facts.Excerpts.GetValueOrDefault(mirror.Id) is { IsDefault: false } shown && place < shown.Length ? shown[place].From : "…";

    private static string Number(int place) => (place + 1).ToString(CultureInfo.InvariantCulture);

    private static string Beginning(string words)
    {
        const int most = 60;
        return words.Length <= most ? words : string.Concat(words.AsSpan(0, most - (char.IsHighSurrogate(words[most - 1]) ? 1 : 0)).TrimEnd(), "…");
    }

    private string? Arm(string name)
    {
        if (item is null || path is null || !item.Vary.TryGetValue(name, out var wordings))
            return null;
        var arm = path.Progress.Draws.Arms.GetValueOrDefault($"{item.Id}.{name}");
        return wordings[Math.Min(arm, wordings.Length - 1)];
    }

    private string? HalfOfTension(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || flow.FindTension(name[..dot]) is not { } tension)
            return null;
        var half = name[(dot + 1)..] switch { "a" => tension.A, "b" => tension.B, _ => null };
        return half is null ? null : flow.Find(half)?.Short;
    }

    private string? EarlierAnswer(string address)
    {
        if (path is null || path.Find(address) is not { } step || path.Value(address) is not { } value)
            return null;
        var words = Labels.Of(step, path, value);
        return words.Length switch
        {
            0 => null,
            <= MostQuoted => words,
            _ => string.Concat(words.AsSpan(0, MostQuoted - (char.IsHighSurrogate(words[MostQuoted - 1]) ? 1 : 0)).TrimEnd(), "…"),
        };
    }
}
