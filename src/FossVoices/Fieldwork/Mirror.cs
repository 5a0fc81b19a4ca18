using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>
/// Tells somebody at the end what they guessed of the other side, and what that side really says: from the last report that was posted,
/// and never more exactly than it was posted.
/// </summary>
internal static class Mirror
{
    /// <summary>A few lines are read; the rest stands in the report.</summary>
    private const int MostLines = 2;

    /// <summary>Empty where nobody guessed anything that was posted.</summary>
    /// <param name="study">In the person's language.</param>
    /// <param name="flow">As the person was asked it.</param>
    /// <param name="posted">The last posted report for the channel; null where there is none.</param>
    public static string Of(Study study, Flow flow, Progress progress, GapReport? posted)
    {
        var path = FlowPath.Of(flow, progress);
        if (posted is null || path.Side is not { } side)
            return "";

        var other = Setting.OtherSide(side);
        var shown = posted.Sections.Single(section => section.Stratum == Stratum.Answering).Items.ToDictionary(item => item.Item, StringComparer.Ordinal);
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Catalogue.ItemsOf(study).Where(item => item.Flow.Id == flow.Id && item.HasGuesses))
        {
            if (lines.Count == MostLines)
                break;
            // Asked in other words than those reported on, a guess was of something else.
            if (path.Find($"{item.Item.Id}.other") is { } step && path.IsAnswered(step) && path.Value(step.Address) is Value.Point
                && shown.GetValueOrDefault(item.Key) is { } line && line.Item == item.Key
                && (other == Coverage.Downstream ? line.Downstream : line.Upstream)?.Agreeing is { } share)
            {
                lines.Add(Sentences.Say(
                    study.Language, "mirror", ("item", item.Short), ("side", study.Sides.GetValueOrDefault(other, other)),
                    ("guess", Labels.Of(step, path, path.Value(step.Address)!)), ("share", Said(share, study.Language)), ("agree", item.Agree)));
            }
        }

        return string.Join(' ', lines);
    }

    /// <summary>A share as posted, in the person's language: figures stay figures, words are put into that language's.</summary>
    private static string Said(ShownShare share, string language) => share.Label switch
    {
        "few" or "some" or "about half" or "most" or "nearly all" or "fewer than half" or "more than half" or "half or more" =>
            Sentences.Say(language, $"share_{share.Label.Replace(' ', '_')}"),
        ['u', 'n', 'd', 'e', 'r', ' ', .. var figure] => Sentences.Say(language, "share_under", ("figure", figure)),
        ['o', 'v', 'e', 'r', ' ', .. var figure] => Sentences.Say(language, "share_over", ("figure", figure)),
        var figure => figure,
    };
}
