using System.Collections.Immutable;
using System.Text;
using CsCheck;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Exchange;
using FossVoices.Tests.Codebooks;

namespace FossVoices.Tests.Exchange;

public sealed class CodebookExchangeTests
{
    [Fact]
    public void A_codebook_comes_back_from_its_own_format_as_it_was() => AnyCodebook.Sound.Sample(codebook =>
    {
        using var stream = Written(stream => CodebookJson.Write(codebook, stream));
        var problems = new Problems("codebook.json");

        var back = CodebookFile.Compile(JsonFile.Read(stream.ToArray(), problems)!, problems);

        Assert.Empty(problems.InOrder());
        Assert.Equal(codebook.Hash, back!.Hash);
        Assert.Null(CodebookTaken.Whole(codebook, back).Result);
    });

    [Fact]
    public void A_codebook_comes_back_from_REFI_QDA_as_it_was_and_keeps_its_indicators() => AnyCodebook.Sound.Sample(codebook =>
        ComesBack(codebook, RefiCodebook.Read(Written(stream => RefiCodebook.Write(codebook, stream))), hasLooks: true));

    [Fact]
    public void A_codebook_comes_back_from_Taguette_s_CSV_as_it_was_and_keeps_its_indicators() => AnyCodebook.Sound.Sample(codebook =>
        ComesBack(codebook, CodebookCsv.Read(Written(stream => CodebookCsv.Write(codebook, stream))), hasLooks: false));

    [Fact]
    public void The_bundled_codebook_comes_back_too()
    {
        var codebook = Coding.BundledCodebook.Codebook;

        ComesBack(codebook, RefiCodebook.Read(Written(stream => RefiCodebook.Write(codebook, stream))), hasLooks: true);
        ComesBack(codebook, CodebookCsv.Read(Written(stream => CodebookCsv.Write(codebook, stream))), hasLooks: false);
    }

    [Theory]
    [InlineData("urn:QDA-XML:codebook:1.0")]
    [InlineData("urn:QDA-XML:codebook:1:0")]
    [InlineData("urn:QDA-XML:codebook:0:4")]
    public void Codebooks_of_other_programs_are_read_with_their_ids_and_colours(string space)
    {
        var codes = RefiCodebook.Read(new MemoryStream(Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="utf-8"?>
            <CodeBook xmlns="{space}"><Codes>
              <Code guid="1B594C18-2A8F-4C4A-A2B5-1F5E0C8C6B11" name="Épuisement &amp; co" isCodable="true" color="#AA3300"><Description>When people
            can no more.</Description><Code guid="1b594c18-2a8f-4c4a-a2b5-1f5e0c8c6b12" name="Sub" isCodable="true"/></Code>
              <Code guid="1b594c18-2a8f-4c4a-a2b5-1f5e0c8c6b13" name="Sub" isCodable="false"/>
            </Codes></CodeBook>
            """)));

        Assert.Equal(["epuisement_co", "sub", "sub_2"], codes.Select(code => code.Id));
        Assert.Equal(("Épuisement & co", "When people", "When people\ncan no more.", "1b594c18-2a8f-4c4a-a2b5-1f5e0c8c6b11", "#AA3300"), (codes[0].Label, codes[0].Brief, codes[0].Full, codes[0].Guid, codes[0].Color));
        Assert.Equal(("epuisement_co", false, true), (codes[1].Parent, codes[1].IsCategory, codes[2].IsCategory));
    }

    [Fact]
    public void A_codebook_of_Taguette_is_read_with_its_paths()
    {
        var codes = CodebookCsv.Read(new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("tag,description\r\npeople,\r\npeople.Worn out,\"What, it costs\"\r\nother.lone,x\r\n")]));

        Assert.Equal([("people", null, "people"), ("worn_out", "people", "What, it costs"), ("lone", null, "x")], codes.Select(code => (code.Id, code.Parent, code.Brief)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<CodeBook/>")]
    [InlineData("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes></Codes></CodeBook>")]
    [InlineData("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes><Code")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\">&a;</CodeBook>")]
    [InlineData("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes><Code guid=\"x\" isCodable=\"true\"/></Codes></CodeBook>")]
    public void What_is_no_codebook_is_refused_in_one_sentence(string text) =>
        Assert.EndsWith(".", Assert.Throws<FormatException>(() => RefiCodebook.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Codes_that_are_nested_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<Code guid=\"x\" name=\"a\" isCodable=\"true\">", 50));

        Assert.Contains("deep", Assert.Throws<FormatException>(() => RefiCodebook.Read(new MemoryStream(Encoding.UTF8.GetBytes($"<CodeBook xmlns=\"{RefiCodebook.Namespace}\"><Codes>{deep}")))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,text\na,b\n")]
    [InlineData("tag,description\n")]
    [InlineData("tag,description\n,b\n")]
    public void A_table_without_tags_is_refused_in_one_sentence(string text) =>
        Assert.EndsWith(".", Assert.Throws<FormatException>(() => CodebookCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_code_that_is_gone_from_the_file_is_retired_and_never_deleted()
    {
        var taken = CodebookTaken.Of(ExportSample.Codebook, [ExportSample.Codebook.Codes[0] with { Brief = "Another." }, new Code { Id = "fresh", Label = "Fresh", Brief = "New." }], hasLooks: false);

        Assert.Equal(["fresh", "burnout", "trust"], [.. taken.Added, .. taken.Changed, .. taken.Retired]);
        Assert.Equal((4, CodeStatus.Retired, true), (taken.Result!.Version, taken.Result.WithId("trust")!.Status, taken.Result.WithId("people")!.IsCategory));
    }

    private static void ComesBack(Codebook codebook, ImmutableArray<Code> codes, bool hasLooks)
    {
        var taken = CodebookTaken.Of(codebook, codes, hasLooks);

        Assert.Equal(codebook.Codes.Select(code => code.Id).Order(StringComparer.Ordinal), codes.Select(code => code.Id).Order(StringComparer.Ordinal));
        Assert.True(taken.Result is null, $"changed: {string.Join(", ", taken.Changed)}");
    }

    private static MemoryStream Written(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        stream.Position = 0;
        return stream;
    }
}
