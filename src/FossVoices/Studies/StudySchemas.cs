using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>Every kind of file in a study's folder, by the name of its schema in <c>surveys/schema/</c>.</summary>
internal static class StudySchemas
{
    public static ImmutableSortedDictionary<string, Shape> All { get; } = new Dictionary<string, Shape>(StringComparer.Ordinal)
    {
        ["study"] = StudyShape.File,
        ["codebook"] = CodebookFile.Shape,
        ["flow"] = FlowShape.File,
        ["i18n"] = TranslationFile.File,
        ["tests"] = ScriptedTests.File,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
