using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>How a flow's files differ from the version of it that people began last.</summary>
/// <param name="Kind">The weightiest of the changes.</param>
/// <param name="Raised">Whether the file says that it is a new version, or is gone.</param>
internal sealed record SinceBegun(string Flow, ChangeKind Kind, bool Raised, ImmutableArray<FlowChange> Changes)
{
    /// <summary>What it means for the answers that are there and for those to come.</summary>
    public string Means => Kind switch
    {
        ChangeKind.Text => "a change of text: answers before and after count together",
        ChangeKind.Additive => "an addition: answers before and after count together, and what is new was not asked of everybody",
        _ when Raised => "a breaking change: answers before and after should not be put together, and the new version says so",
        _ => "a breaking change: answers before and after should not be put together",
    };

    /// <summary>Every flow that is not what it was when it was begun, by id; those that nobody began are free to change.</summary>
    /// <param name="kept">The last version kept of each flow.</param>
    public static ImmutableArray<SinceBegun> Of(Study written, IReadOnlyList<Bundle> kept) =>
        [.. kept.Where(bundle => written.Flows.GetValueOrDefault(bundle.Flow)?.Hash != bundle.Hash).Select(bundle => Between(written, bundle)).OfType<SinceBegun>()];

    /// <summary>A breaking change under the same version number, as a problem of the flow's file; null for any other change.</summary>
    public Problem? ToProblem(Study written) => Kind == ChangeKind.Breaking && !Raised
        ? new Problem(
            written.Files.Shown.Length == 0 ? $"flows/{Flow}.json" : $"{written.Files.Shown}/flows/{Flow}.json", 1, 1, Severity.Warning, "FV046",
            $"people have begun this version of '{Flow}', and it has changed in a way that keeps answers from being put together: {Changes.First(c => c.Kind == ChangeKind.Breaking).Says}",
            "raise version, or take the change back; sessions under way finish on what they began with")
        : null;

    private static SinceBegun? Between(Study written, Bundle bundle)
    {
        if (!written.Flows.TryGetValue(bundle.Flow, out var now))
            return new SinceBegun(bundle.Flow, ChangeKind.Breaking, Raised: true, [new(ChangeKind.Breaking, bundle.Flow, $"'{bundle.Flow}' is gone: who began it may finish it, and nobody else is asked")]);
        if (bundle.Open()?.Flows[bundle.Flow] is not { } then || FlowChange.Between(then, now) is not { IsEmpty: false } changes)
            return null;
        return new SinceBegun(bundle.Flow, changes.Max(c => c.Kind), now.Version > then.Version, changes);
    }
}
