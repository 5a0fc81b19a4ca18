using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Reports;

/// <summary>An ordinal item as reports name it.</summary>
/// <param name="Key">The item's id in the default flow, <c>FLOW.ITEM</c> in any other.</param>
internal sealed record CatalogueItem(string Key, Flow Flow, Item Item, Scale Scale)
{
    public bool HasGuesses => Item is Item.Pair;

    /// <summary>The words for it: its short ones or, where it has none, its question.</summary>
    public string Short => Item.Short ?? (Item switch
    {
        Item.Pair pair => pair.Own,
        Item.Rating rating => rating.Ask,
        _ => throw new System.Diagnostics.UnreachableException(),
    }).Fill(name => name == "project" ? Flow.Setting.Project : null);

    /// <summary>The points that count as agreeing: <c>mostly or fully</c>.</summary>
    public string Agree => Scale.Points[(Scale.AgreeFrom - 1)..] is [.. var first, var last] && first is [_, ..]
        ? $"{string.Join(", ", first)} or {last}"
        : Scale.Points[^1];
}

/// <summary>Everything of a study that a report counts, in the order of its files.</summary>
internal static class Catalogue
{
    /// <summary>Every item with a scale, of every flow: the default flow's first.</summary>
    public static ImmutableArray<CatalogueItem> ItemsOf(Study study) =>
    [
        .. from flow in study.Flows.Values.OrderBy(flow => flow.Id == study.DefaultFlow ? 0 : 1)
           from item in flow.InFileOrder
           let scale = Labels.ScaleOf(item)
           where scale is not null
           select new CatalogueItem(Key(study, flow.Id, item.Id), flow, item, scale),
    ];

    /// <summary>The choice that tells how closely people follow the project: the item <c>follow</c> of the default flow, where it has one.</summary>
    public static Item.Choice? FollowingOf(Study study) => study.FindFlow(null)?.Find("follow") as Item.Choice;

    public static string Key(Study study, string flow, string item) => flow == study.DefaultFlow ? item : $"{flow}.{item}";
}
