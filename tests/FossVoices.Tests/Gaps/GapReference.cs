using System.Text.Json;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

/// <summary>
/// Figures of the same made-up data from scipy, statsmodels and R. They lie beside the checkout; a test that needs them is
/// skipped elsewhere.
/// </summary>
internal static class GapReference
{
    public static JsonElement Of(params string[] path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("reference", "gap-reference.json")));
        return path.Aggregate(document.RootElement, (element, key) => element.GetProperty(key)).Clone();
    }

    public static Histogram Histogram(JsonElement counts) => FossVoices.Gaps.Histogram.Of([.. counts.EnumerateArray().Select(count => count.GetInt64())]);

    public static Share Share(JsonElement pair) => new(pair[0].GetInt64(), pair[1].GetInt64());

    public static double? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();

    public static void Same(JsonElement expected, double? actual)
    {
        if (Number(expected) is { } number)
            Near.Equal(number, actual);
        else
            Assert.Null(actual);
    }

    public static void Same(JsonElement expected, Interval actual)
    {
        Near.Equal(expected[0].GetDouble(), actual.Low);
        Near.Equal(expected[1].GetDouble(), actual.High);
    }
}
