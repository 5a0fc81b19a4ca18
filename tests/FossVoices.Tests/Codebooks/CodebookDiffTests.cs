using FossVoices.Codebooks;

namespace FossVoices.Tests.Codebooks;

public sealed class CodebookDiffTests
{
    private static readonly Codebook s_then = Book(
        new Code { Id = "garden", Label = "Garden", Brief = "Plants.", Indicators = [new Indicator("garden.1", ["tulips"], null, [])] },
        new Code { Id = "music", Label = "Music", Brief = "Sound.", Indicators = [new Indicator("music.1", ["cello"], null, [])] },
        new Code { Id = "worry", Label = "Worry", Brief = "Fear." });

    [Fact]
    public void Nothing_changed_asks_for_nothing() => Assert.True(CodebookDiff.Between(s_then, s_then).IsEmpty);

    [Fact]
    public void A_label_concerns_nobody_a_definition_people_and_an_indicator_the_machine()
    {
        var diff = CodebookDiff.Between(s_then, Book(
            s_then.Codes[0] with { Label = "Gardens" }, s_then.Codes[1] with { Full = "Otherwise." }, s_then.Codes[2] with { Indicators = [new Indicator("worry.1", ["afraid"], null, [])] }));

        Assert.Equal((["garden"], ["music"], ["worry"], false), (diff.Renamed.ToArray(), diff.Redefined.ToArray(), diff.Heard.ToArray(), diff.TagsChanged), Same);
    }

    [Fact]
    public void A_merged_code_is_heard_as_its_target_and_its_tag_means_the_target()
    {
        var diff = CodebookDiff.Between(s_then, Book(s_then.Codes[0] with { MergedInto = "music" }, s_then.Codes[1], s_then.Codes[2]));

        Assert.Equal([("garden", "music")], diff.Merged);
        Assert.Equal(["garden", "music"], diff.Heard.Order(StringComparer.Ordinal));
        Assert.True(diff.TagsChanged);
    }

    [Fact]
    public void A_retired_code_is_heard_no_more()
    {
        var diff = CodebookDiff.Between(s_then, Book(s_then.Codes[0] with { Status = CodeStatus.Retired }, s_then.Codes[1], s_then.Codes[2]));

        Assert.Equal((["garden"], ["garden"]), (diff.Retired.ToArray(), diff.Heard.ToArray()), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2));
    }

    [Fact]
    public void Everything_that_a_change_asks_for_is_said()
    {
        var diff = CodebookDiff.Between(s_then, Book(
            s_then.Codes[0] with { MergedInto = "fresh" }, new Code { Id = "fresh", Label = "Fresh", Brief = "New.", Aliases = ["new"] }, s_then.Codes[2] with { Brief = "Another.", Label = "Worries" }));

        Golden.Match(string.Join('\n', diff.Sentences()));
    }

    private static Codebook Book(params Code[] codes) => new("toy", 1, [.. codes]);

    private static bool Same((string[] A, string[] B, string[] C, bool D) a, (string[] A, string[] B, string[] C, bool D) b) =>
        a.A.SequenceEqual(b.A) && a.B.SequenceEqual(b.B) && a.C.SequenceEqual(b.C) && a.D == b.D;
}
