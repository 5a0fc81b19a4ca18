using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>Reads a reply as the answer to a step, or says why it is none.</summary>
internal static class ReplyReader
{
    public static bool TryRead(Step step, FlowPath path, Reply reply, [NotNullWhen(true)] out Value? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        reply = reply is Reply.Placed(var places) ? new Reply.Chose(At(places, Controls.OptionsOf(step, path))) : reply;
        (value, refusal) = reply is Reply.Skip || (step.IsOptional && IsEmpty(reply))
            ? (new Value.Skipped(), null)
            : (step.Probe, step.Item) switch
            {
                (not null, _) or (_, Item.Open) => Words(reply),
                (_, Item.Mirror) => step.Mirrors == MirrorPart.Unexpected && Controls.OptionsOf(step, path) is var shown ? Several(reply, shown, 1, shown.Length, ordered: false) : Words(reply),
                (_, Item.Choice or Item.Gate) => One(reply, Controls.OptionsOf(step, path)),
                (_, Item.Rating or Item.Pair) => Point(reply, Controls.OptionsOf(step, path)),
                (_, Item.Pick pick) => Several(reply, pick.Options, pick.Least, pick.Most, ordered: false),
                (_, Item.Rank rank) => Controls.OptionsOf(step, path) is var options
                    ? Several(reply, options, 1, Math.Min(rank.Top, options.Length), ordered: true)
                    : default,
                (_, Item.Number number) => Quantity(reply, number),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        return value is not null;
    }

    /// <summary>What stands at no place is kept as what nobody can choose, so that it is refused rather than guessed.</summary>
    private static ImmutableArray<string> At(ImmutableArray<int> places, ImmutableArray<Option> options) =>
        [.. places.Select(place => place >= 0 && place < options.Length ? options[place].Id : "")];

    /// <summary>Nothing that anybody could see: white space, control and zero-width characters.</summary>
    private static bool IsEmpty(Reply reply) => reply switch
    {
        Reply.Said(var text) => text.EnumerateRunes().All(r => System.Text.Rune.IsWhiteSpace(r)
            || System.Text.Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format),
        Reply.Chose(var ids) => ids.IsEmpty,
        _ => false,
    };

    private static (Value?, Refusal?) Words(Reply reply) => reply switch
    {
        Reply.Said(var text) when text.Length > FlowEngine.LongestAnswer => (null, new Refusal.TooLong(text.Length, FlowEngine.LongestAnswer)),
        Reply.Said(var text) when !IsEmpty(reply) => (new Value.Words(text.Trim()), null),
        _ => (null, new Refusal.Empty()),
    };

    private static (Value?, Refusal?) One(Reply reply, ImmutableArray<Option> options) => TypedOptions.In(reply, options) switch
    {
        [var id] => (new Value.Option(id), null),
        _ => (null, new Refusal.NoOption()),
    };

    private static (Value?, Refusal?) Point(Reply reply, ImmutableArray<Option> options) => TypedOptions.In(reply, options) switch
    {
        [Reply.DontKnow] => (new Value.DontKnow(), null),
        [var id] => (new Value.Point(int.Parse(id, CultureInfo.InvariantCulture)), null),
        _ => (null, new Refusal.NoOption()),
    };

    private static (Value?, Refusal?) Several(Reply reply, ImmutableArray<Option> options, int least, int most, bool ordered)
    {
        var ids = TypedOptions.In(reply, options);
        return ids switch
        {
            [] when !IsEmpty(reply) => (null, new Refusal.NoOption()),
            _ when ids.Length < least => (null, new Refusal.TooFew(least)),
            _ when ids.Length > most => (null, new Refusal.TooMany(most)),
            _ => (new Value.Options(ordered ? ids : [.. options.Select(o => o.Id).Where(ids.Contains)]), null),
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
        return IsEmpty(new Reply.Said(text)) ? (null, new Refusal.Empty())
            : TypedNumber.Read(text, item.Unit) is not { } number ? (null, new Refusal.NoNumber())
            : number < item.Least || number > item.Most ? (null, new Refusal.OutOfRange(item.Least, item.Most))
            : (new Value.Quantity(number), null);
    }
}
