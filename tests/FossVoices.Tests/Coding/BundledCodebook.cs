using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;

namespace FossVoices.Tests.Coding;

/// <summary>The codebook of the bundled study, compiled once for all tests.</summary>
internal static class BundledCodebook
{
    public static Codebook Codebook { get; } = Read();

    public static LexiconCoder Coder { get; } = new(new Lexicon(Codebook));

    private static Codebook Read()
    {
        var problems = new Problems("codebook.json");
        var root = JsonFile.Read(File.ReadAllBytes(Path.Combine(Repository.Surveys, "pypi-expectations", "codebook.json")), problems);
        var codebook = root is null ? null : CodebookFile.Compile(root, problems);
        Assert.Empty(problems.InOrder());
        return codebook!;
    }
}
