using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.Schema;
using FossVoices.Exchange;

namespace FossVoices.Tests.Exchange;

/// <summary>What makes QualCoder, NVivo, ATLAS.ti and MAXQDA read a project; passing the schema is not enough.</summary>
public sealed partial class RefiProjectTests
{
    private static readonly XNamespace s_qda = RefiProject.Namespace;

    private static readonly ImmutableSortedDictionary<string, string> s_entries = Entries(Written());

    private static readonly XElement s_project = XDocument.Parse(s_entries["project.qde"]).Root!;

    [Fact]
    public void A_span_holds_the_words_that_were_coded_counted_in_code_points_with_an_exclusive_end()
    {
        var text = SourceText(out var source);
        var spans = source.Elements(s_qda + "PlainTextSelection").Select(selection => (
            Code: NameOf(selection.Element(s_qda + "Coding")!.Element(s_qda + "CodeRef")!),
            Text: Slice(text, (int)selection.Attribute("startPosition")!, (int)selection.Attribute("endPosition")!))).ToList();

        Assert.Equal([("burnout", "alone"), ("trust", PlainText.Of(ExportSample.Hostile))], spans);
    }

    [Fact]
    public void Memos_and_claims_are_notes_with_texts_of_their_own_and_sources_refer_to_them()
    {
        var notes = s_project.Element(s_qda + "Notes")!.Elements().ToDictionary(note => note.Attribute("guid")!.Value, StringComparer.Ordinal);
        var source = s_project.Descendants(s_qda + "TextSource").Single();
        var about = source.Elements(s_qda + "NoteRef").Select(reference => notes[reference.Attribute("targetGUID")!.Value].Attribute("name")!.Value).ToList();

        Assert.Equal(["Memo on story in s_1, =eve", "Claim 1: =They give up alone."], about);
        Assert.All(notes, note => Assert.Equal($"internal://{note.Key}.txt", note.Value.Attribute("plainTextPath")!.Value));
        Assert.Equal(
            ["[story]\nAgain \"alone\" 🙃\n@home\n", "=They give up alone.\nNobody asks. 🙃\n\nRests on:\ns_1 [story]\ns_4 [story]\n", "Nothing rests on nothing.\n"],
            notes.Keys.Select(guid => s_entries[$"sources/{guid}.txt"]));
        Assert.Equal("NoteRef", source.Elements().SkipWhile(element => element.Name.LocalName == "PlainTextSelection").First().Name.LocalName);
    }

    [Fact]
    public void Texts_are_files_inside_with_plain_line_ends_and_no_mark()
    {
        var bytes = Written();
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var source = s_project.Descendants(s_qda + "TextSource").Single();

        Assert.Equal($"internal://{source.Attribute("guid")!.Value}.txt", source.Attribute("plainTextPath")!.Value);
        using var stream = archive.GetEntry($"sources/{source.Attribute("guid")!.Value}.txt")!.Open();
        var first = stream.ReadByte();
        Assert.NotEqual(0xEF, first);
        Assert.DoesNotContain('\r', SourceText(out _));
        Assert.Empty(s_project.Descendants(s_qda + "PlainTextContent"));
        Assert.Empty(source.Elements(s_qda + "Coding"));
    }

    [Fact]
    public void The_parts_stand_in_the_order_of_the_standard_and_the_origin_is_named()
    {
        Assert.Equal(["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Description", "NoteRef", "NoteRef"], s_project.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("FossVoices", s_project.Attribute("origin")!.Value);
        Assert.All(s_project.Descendants(s_qda + "Coding"), coding => Assert.Equal("CodeRef", coding.Elements().First().Name.LocalName));
        Assert.All(s_project.Descendants().Attributes().Where(a => a.Name.LocalName is "guid" or "targetGUID" or "creatingUser"), a => Assert.Matches(GuidPattern(), a.Value));
    }

    [Fact]
    public void Ids_are_each_their_own_and_everything_that_is_referred_to_is_there()
    {
        var ids = s_project.Descendants().Attributes("guid").Select(a => a.Value).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(s_project.Descendants().Attributes().Where(a => a.Name.LocalName is "targetGUID" or "creatingUser"), a => Assert.Contains(a.Value, ids));
    }

    [Fact]
    public void What_is_said_of_a_person_is_said_of_the_source_and_of_the_case()
    {
        var variables = s_project.Descendants(s_qda + "Variable").ToDictionary(v => v.Attribute("guid")!.Value, v => v.Attribute("name")!.Value);
        var said = s_project.Descendants(s_qda + "TextSource").Single().Elements(s_qda + "VariableValue")
            .ToDictionary(v => variables[v.Element(s_qda + "VariableRef")!.Attribute("targetGUID")!.Value], v => v.Element(s_qda + "TextValue")!.Value);

        Assert.Equal(("p_a", "downstream", "survey"), (said["person"], said["side"], said["flow"]));
        Assert.Equal("p_a", s_project.Descendants(s_qda + "Case").Single().Attribute("name")!.Value);
    }

    [Fact]
    public void Rejected_codings_are_left_out_and_a_memo_says_how_sure_and_why()
    {
        var memos = s_project.Descendants(s_qda + "PlainTextSelection").Select(selection => selection.Element(s_qda + "Description")!.Value).ToList();

        Assert.Equal(2, memos.Count);
        Assert.StartsWith("conf=0.81 status=suggested polarity=negated rule=burnout.1", memos[0], StringComparison.Ordinal);
        Assert.Equal(["=eve", "Ana", "lexicon"], s_project.Descendants(s_qda + "User").Select(user => user.Attribute("name")!.Value));
    }

    /// <summary>The schemas are not ours to copy: name the folder that holds Project.xsd and Codebook.xsd of REFI-QDA 1.0 to have this run.</summary>
    [Fact]
    public void The_standard_s_own_schemas_find_nothing_wrong()
    {
        var folder = Environment.GetEnvironmentVariable("FOSSVOICES_REFI_XSD");
        Assert.SkipUnless(folder is { Length: > 0 }, "needs FOSSVOICES_REFI_XSD, a folder with the schemas of REFI-QDA 1.0");
        var schemas = new XmlSchemaSet();
        schemas.Add(RefiProject.Namespace, Path.Combine(folder, "Project.xsd"));
        schemas.Add(RefiCodebook.Namespace, Path.Combine(folder, "Codebook.xsd"));
        using var codebook = new MemoryStream();
        RefiCodebook.Write(ExportSample.Codebook, codebook);

        XDocument.Parse(s_entries["project.qde"]).Validate(schemas, (_, wrong) => Assert.Fail(wrong.Message));
        XDocument.Parse(Encoding.UTF8.GetString(codebook.ToArray())).Validate(schemas, (_, wrong) => Assert.Fail(wrong.Message));
    }

    internal static ImmutableSortedDictionary<string, string> Entries(byte[] project)
    {
        using var archive = new ZipArchive(new MemoryStream(project));
        return archive.Entries.ToImmutableSortedDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open(), new UTF8Encoding(false, throwOnInvalidBytes: true));
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);
    }

    private static byte[] Written() => ExportTests.Bytes(Assert.Single(ExportFiles.Of(ExportSample.Study, "qdpx")));

    private static string SourceText(out XElement source)
    {
        source = s_project.Descendants(s_qda + "TextSource").Single();
        return s_entries[$"sources/{source.Attribute("guid")!.Value}.txt"];
    }

    private static string Slice(string text, int start, int end) => string.Concat(text.EnumerateRunes().Skip(start).Take(end - start));

    private static string NameOf(XElement reference) =>
        s_project.Descendants(s_qda + "Code").Single(code => code.Attribute("guid")!.Value == reference.Attribute("targetGUID")!.Value).Attribute("name")!.Value;

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", RegexOptions.NonBacktracking)]
    private static partial Regex GuidPattern();
}
