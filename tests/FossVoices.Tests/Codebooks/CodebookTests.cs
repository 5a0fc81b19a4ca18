using FossVoices.Codebooks;

namespace FossVoices.Tests.Codebooks;

public sealed class CodebookTests
{
    private static readonly Code Burnout = new()
    {
        Id = "burnout",
        Label = "Burnout",
        Brief = "Exhaustion.",
        Aliases = ["worn-out"],
        Indicators = [new Indicator("burnout.1", ["burned out"], new Nearby(["work"], 5), ["candle"])],
    };

    [Theory]
    [InlineData("burnout")]
    [InlineData("#BurnOut")]
    [InlineData("burn-out")]
    [InlineData("Worn Out")]
    public void A_tag_finds_its_code_in_any_case_and_spelling(string tag) => Assert.Same(Burnout, Of(Burnout).Tagged(tag));

    [Fact]
    public void An_id_is_found_exactly_or_not_at_all()
    {
        Assert.Same(Burnout, Of(Burnout).WithId("burnout"));
        Assert.Null(Of(Burnout).WithId("Burnout"));
        Assert.Null(Of(Burnout).Tagged("burn"));
    }

    [Fact]
    public void A_merged_code_counts_as_the_last_in_its_chain_and_a_circle_as_nothing()
    {
        var codebook = Of(Burnout, Named("strain") with { MergedInto = "burnout" }, Named("load") with { MergedInto = "strain" }, Named("x") with { MergedInto = "y" }, Named("y") with { MergedInto = "x" });

        Assert.Same(Burnout, codebook.Counted(codebook.WithId("load")!));
        Assert.Null(codebook.Counted(codebook.WithId("x")!));
        Assert.Equal(["burnout"], codebook.Given.Select(code => code.Id));
    }

    [Fact]
    public void Retired_codes_and_categories_are_given_to_nothing() =>
        Assert.Empty(Of(Named("old") with { Status = CodeStatus.Retired }, Named("group") with { IsCategory = true }).Given);

    [Fact]
    public void A_new_label_changes_neither_hash_of_the_code_and_yet_the_codebook()
    {
        var renamed = Burnout with { Label = "Exhaustion" };

        Assert.Equal(Codebook.DefinitionHash(Burnout), Codebook.DefinitionHash(renamed));
        Assert.Equal(Codebook.IndicatorHash(Burnout), Codebook.IndicatorHash(renamed));
        Assert.NotEqual(Of(Burnout).Hash, Of(renamed).Hash);
    }

    [Fact]
    public void What_people_read_changes_the_definition_hash_and_what_the_lexicon_hears_the_indicator_hash()
    {
        var redefined = Burnout with { NotWhen = ["Ordinary tiredness."] };
        Assert.NotEqual(Codebook.DefinitionHash(Burnout), Codebook.DefinitionHash(redefined));
        Assert.Equal(Codebook.IndicatorHash(Burnout), Codebook.IndicatorHash(redefined));

        var indicator = Burnout.Indicators[0];
        Code[] reheard =
        [
            Burnout with { Aliases = [] },
            Burnout with { Indicators = [] },
            Burnout with { Indicators = [indicator with { Any = ["burned", "out"] }] },
            Burnout with { Indicators = [indicator with { Not = [] }] },
            Burnout with { Indicators = [indicator with { Near = null }] },
            Burnout with { Indicators = [indicator with { Near = new Nearby(["work"], 6) }] },
            Burnout with { Indicators = [indicator with { Confidence = 0.4 }] },
        ];
        Assert.Equal(reheard.Length + 1, reheard.Append(Burnout).Select(Codebook.IndicatorHash).Distinct(StringComparer.Ordinal).Count());
        Assert.All(reheard, code => Assert.Equal(Codebook.DefinitionHash(Burnout), Codebook.DefinitionHash(code)));
    }

    private static Codebook Of(params ReadOnlySpan<Code> codes) => new("test", 1, [.. codes]);

    private static Code Named(string id) => new() { Id = id, Label = id, Brief = id };
}
