using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>Reads a reply as the answer to a step, or says why it is none.</summary>
internal static class ReplyReader
{
    public static bool TryRead(Step step, FlowPath path, Reply reply, [NotNullWhen(true)] out Value? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = reply is Reply.Skip
            ? (new Value.Skipped(), null)
            : (step.Probe, step.Item) switch
            {
                (not null, _) or (_, Item.Open) => Words(reply),
                (_, Item.Choice choice) => One(reply, choice.Options),
                (_, Item.Gate gate) => One(reply, GateOptions(gate)),
                (_, Item.Pick pick) => Several(reply, pick.Options, pick.Least, pick.Most, ordered: false),
                (_, Item.Rank rank) => RankOptions(rank, path) is var options
                    ? Several(reply, options, 1, Math.Min(rank.Top, options.Length), ordered: true)
                    : default,
                (_, Item.Rating rating) => Point(reply, rating.Scale),
                (_, Item.Pair pair) => Point(reply, pair.Scale),
                (_, Item.Number number) => Quantity(reply, number),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        return value is not null;
    }

    public static ImmutableArray<Option> GateOptions(Item.Gate gate) => [new("yes", gate.Yes), new("no", gate.No)];

    /// <summary>The options to rank: those that were picked, in the picking item's order, or the item's own.</summary>
    public static ImmutableArray<Option> RankOptions(Item.Rank rank, FlowPath path) =>
        rank.From is { } from && path.Value(from) is Value.Options picked
            ? [.. path.Steps.Select(s => s.Item).OfType<Item.Pick>().First(p => p.Id == from).Options.Where(o => picked.Ids.Contains(o.Id))]
            : rank.Options;

    private static (Value?, Refusal?) Words(Reply reply) => reply switch
    {
        Reply.Said(var text) when text.Length > FlowEngine.LongestAnswer => (null, new Refusal.TooLong(text.Length, FlowEngine.LongestAnswer)),
        Reply.Said(var text) when !string.IsNullOrWhiteSpace(text) => (new Value.Words(text.Trim()), null),
        _ => (null, new Refusal.Empty()),
    };

    private static (Value?, Refusal?) One(Reply reply, ImmutableArray<Option> options) => Ids(reply, options) switch
    {
        [var id] => (new Value.Option(id), null),
        _ => (null, new Refusal.NoOption()),
    };

    private static (Value?, Refusal?) Several(Reply reply, ImmutableArray<Option> options, int least, int most, bool ordered)
    {
        var ids = Ids(reply, options);
        return ids switch
        {
            [] when reply is Reply.Chose([]) => (null, new Refusal.TooFew(least)),
            [] => (null, new Refusal.NoOption()),
            _ when ids.Length < least => (null, new Refusal.TooFew(least)),
            _ when ids.Length > most => (null, new Refusal.TooMany(most)),
            _ => (new Value.Options(ordered ? ids : [.. options.Select(o => o.Id).Where(ids.Contains)]), null),
        };
    }

    private static (Value?, Refusal?) Point(Reply reply, Scale scale)
    {
        var points = scale.Points.Select((label, i) => new Option((i + 1).ToString(CultureInfo.InvariantCulture), label));
        var options = scale.DontKnow is { } label ? points.Append(new Option(Reply.DontKnow, label)) : points;
        return Ids(reply, [.. options]) switch
        {
            [Reply.DontKnow] => (new Value.DontKnow(), null),
            [var id] => (new Value.Point(int.Parse(id, CultureInfo.InvariantCulture)), null),
            _ => (null, new Refusal.NoOption()),
        };
    }

    private static (Value?, Refusal?) Quantity(Reply reply, Item.Number item)
    {
        var text = reply switch
        {
            Reply.Said(var said) => said,
            Reply.Chose([var only]) => only,
            _ => "",
        };
        if (string.IsNullOrWhiteSpace(text))
            return (null, new Refusal.Empty());

        // A comma is what half the world writes for a point; no one answers a survey with thousands separators.
        var written = text.Trim().Replace(',', '.');
        return !double.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (null, new Refusal.NoNumber())
            : number < item.Least || number > item.Most
                ? (null, new Refusal.OutOfRange(item.Least, item.Most))
                : (new Value.Quantity(number), null);
    }

    /// <summary>The ids that a reply names, each once; empty where any of it names nothing.</summary>
    private static ImmutableArray<string> Ids(Reply reply, ImmutableArray<Option> options)
    {
        var named = reply switch
        {
            Reply.Chose(var ids) => ids.Select(id => options.FirstOrDefault(o => o.Id == id)?.Id),
            Reply.Said(var text) when text.Length > 1000 => [null],
            Reply.Said(var text) => Typed(text, options) is { } whole
                ? [whole]
                : text.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => Typed(part, options)),
            _ => [],
        };
        var found = named.ToImmutableArray();
        return found.Contains(null) ? [] : [.. found.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>An option as people type it: its number in the list, its label, or its id.</summary>
    private static string? Typed(string text, ImmutableArray<Option> options)
    {
        var said = text.Trim().TrimEnd('.', '!');
        if (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 && number <= options.Length ? options[number - 1].Id : null;

        return options.FirstOrDefault(o => Same(o.Label)) is { } byLabel ? byLabel.Id : options.FirstOrDefault(o => Same(o.Id))?.Id;

        bool Same(string name) => string.Equals(name.Trim().TrimEnd('.', '!'), said, StringComparison.OrdinalIgnoreCase);
    }
}
