using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Finds texts that a platform cannot show in full, and says what people see there instead.</summary>
internal static class LimitCheck
{
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
                var shown = text.Use is TextUse.Button or TextUse.Choice ? platform.Beyond : "see it in several messages";
                problems.Warning("FV036", text.Text.At, $"this text has {length} characters, and {platform.Platform} shows {most} there: people on {platform.Platform} {shown}", "shorten it");
            }
        }
    }
}
