using System.Text.Json;

namespace FossVoices.Definitions;

/// <summary>How a value of a closed list is spelt in files and in the database: <c>merged_into</c> for <c>MergedInto</c>.</summary>
internal static class Spelling
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
