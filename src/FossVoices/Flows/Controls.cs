using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>How each kind of step is answered.</summary>
internal static class Controls
{
    public static Control Of(Step step, FlowPath path, Pipes pipes) => step.Control ?? step.Item switch
    {
        Item.Rank rank => RankedFrom(rank, path) is var options ? new Control.Order(options, Math.Min(rank.Top, options.Length)) : default!,
        Item.Mirror mirror => new Control.SomeOf(pipes.Labelled(mirror, OptionsOf(step, path)), 1, OptionsOf(step, path).Length),
        Item.Open { Hint: { } hint } => new Control.Write(pipes.Fill(hint)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The control where it is the same for everybody; null where it depends on earlier answers, or where nothing is to be answered.</summary>
    public static Control? Fixed(Step step) => (step.Probe, step.Item) switch
    {
        (not null, _) => new Control.Write(null),
        (_, Item.Choice i) => new Control.OneOf(i.Options, null, IsScale: false),
        (_, Item.Gate i) => new Control.OneOf([new Option("yes", i.Yes), new Option("no", i.No)], null, IsScale: false),
        (_, Item.Pick i) => new Control.SomeOf(i.Options, i.Least, i.Most),
        (_, Item.Rank { From: null } i) => new Control.Order(i.Options, Math.Min(i.Top, i.Options.Length)),
        (_, Item.Rating i) => Points(i.Scale),
        (_, Item.Pair i) => Points(i.Scale),
        (_, Item.Open i) => i.Hint is null or { IsFixed: true } ? new Control.Write(i.Hint?.Fill(_ => null)) : null,
        (_, Item.Mirror) => step.Mirrors == MirrorPart.Unexpected ? null : new Control.Write(null),
        (_, Item.Number i) => new Control.Count(i.Least, i.Most, i.Unit),
        _ => null,
    };

    /// <summary>Everything that can be chosen at a step, "I don't know" last.</summary>
    public static ImmutableArray<Option> OptionsOf(Step step, FlowPath path) =>
        step is { Item: Item.Mirror mirror, Mirrors: MirrorPart.Unexpected } ? Places(path.Progress.Draws.Excerpts.GetValueOrDefault(mirror.Id, []).Length, path.Flow)
        : step is { Item: Item.Rank { From: not null } rank } ? RankedFrom(rank, path) : OptionsIn(step, path.Flow);

    /// <summary>Everything that anybody could ever choose at a step, whatever was picked before.</summary>
    public static ImmutableArray<Option> OptionsIn(Step step, Flow flow) => step switch
    {
        { Control: Control.OneOf(var options, null, _) } => options,
        { Control: Control.OneOf(var options, { } apart, _) } => options.Add(apart),
        { Control: Control.SomeOf(var options, _, _) } => options,
        { Control: Control.Order(var options, _) } => options,
        { Item: Item.Rank { From: { } from } } => flow.Find(from) is Item.Pick pick ? pick.Options : [],
        { Item: Item.Mirror mirror, Mirrors: MirrorPart.Unexpected } => Places(mirror.Rule.Most, flow),
        _ => [],
    };

    /// <summary>What was shown, by its place, and none of it.</summary>
    private static ImmutableArray<Option> Places(int count, Flow flow) =>
    [
        .. Enumerable.Range(1, count).Select(place => place.ToString(CultureInfo.InvariantCulture)).Select(place => new Option(place, place)),
        new Option("none", Phrases.Say(flow.Language, "mirror_none")),
    ];

    /// <summary>What was picked, in the order of the picking item.</summary>
    private static ImmutableArray<Option> RankedFrom(Item.Rank rank, FlowPath path) =>
        rank.From is { } from && path.Find(from)?.Item is Item.Pick pick && path.Value(from) is Value.Options(var picked)
            ? [.. pick.Options.Where(o => picked.Contains(o.Id))]
            : rank.Options;

    private static Control.OneOf Points(Scale scale) => new(
        [.. scale.Points.Select((label, i) => new Option((i + 1).ToString(CultureInfo.InvariantCulture), label))],
        scale.DontKnow is { } label ? new Option(Reply.DontKnow, label) : null,
        IsScale: true);
}
