using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Finds texts and lists that a platform cannot show in full, and says what people see there instead.</summary>
internal static class LimitCheck
{
    /// <summary>Looks at each text, in whichever language.</summary>
    public static void Check(IEnumerable<FoundText> texts, ImmutableArray<PlatformLimits> limits, Problems problems)
    {
        foreach (var text in texts)
        {
            foreach (var platform in limits)
            {
                var most = text.Use switch
                {
                    TextUse.Button => platform.Button,
                    TextUse.Choice => platform.Choice,
                    TextUse.Asked or TextUse.Closing or TextUse.SaidToAll => platform.Question,
                    _ => int.MaxValue,
                };
                var length = text.Text.Value.Length;
                if (length <= most)
                    continue;
                var shown = text.Use is TextUse.Button or TextUse.Choice ? platform.Beyond : platform.BeyondQuestion;
                problems.Warning("FV036", text.Text.At, $"this text has {length} characters, and {platform.Platform} shows {most} there: people on {platform.Platform} {shown}", "shorten it");
            }
        }
    }

    /// <summary>Looks at how many options each item has, which is the same in every language.</summary>
    public static void CheckOptions(IEnumerable<FoundText> texts, ImmutableArray<PlatformLimits> limits, Problems problems)
    {
        foreach (var options in texts.Where(t => t.Item is { } item && t.Address.StartsWith($"{item}.options.", StringComparison.Ordinal)).GroupBy(t => t.Item, StringComparer.Ordinal))
        {
            var all = options.ToArray();
            foreach (var platform in limits.Where(platform => all.Length > platform.Choices))
                problems.Warning("FV036", all[platform.Choices].Text.At, $"'{options.Key}' has {all.Length} options, and a list on {platform.Platform} has {platform.Choices}: people on {platform.Platform} turn pages", "offer fewer, or let an item before it narrow them down");
        }
    }
}
