using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using FossVoices.Coding;
using FossVoices.Definitions;

namespace FossVoices.Exchange;

/// <summary>
/// A study as a REFI-QDA project (<c>.qdpx</c>): the texts, the codebook, and what every coder gave. Made so that programs read it and not only the schema accepts it:
/// texts are files inside the archive, positions are code points with an exclusive end, a code of a whole answer is a span over it, and whatever a case says of a person
/// is said of the source too, since some programs drop cases.
/// </summary>
internal static class RefiProject
{
    public const string Namespace = "urn:QDA-XML:project:1.0";

    private static readonly ImmutableArray<string> s_variables = ["person", "side", "flow", "wave", "platform", "public", "may_quote"];

    /// <summary>Codings that somebody holds to: neither rejected nor superseded ones.</summary>
    private static readonly ImmutableHashSet<AssignmentStatus> s_held = [AssignmentStatus.Suggested, AssignmentStatus.Confirmed, AssignmentStatus.Gold, AssignmentStatus.Stale];

    public static void Write(Exported study, Stream stream)
    {
        var sources = study.Sessions.Select(session => RefiSource.Of(session)).OfType<RefiSource>().ToImmutableArray();
        var notes = RefiNote.Of(study, sources);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var project = Entry(archive, "project.qde", study).Open())
        using (var xml = XmlWriter.Create(project, RefiCodebook.Settings))
            WriteProject(study, sources, notes, xml);
        foreach (var (guid, words) in sources.Select(source => (source.Guid, source.Text)).Concat(notes.Select(note => (note.Guid, note.Text))))
        {
            using var text = Entry(archive, $"sources/{guid}.txt", study).Open();
            text.Write(Encoding.UTF8.GetBytes(words));
        }
    }

    // The time in the archive is the export's, so that the same export is the same file.
    private static ZipArchiveEntry Entry(ZipArchive archive, string name, Exported study)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = study.At;
        return entry;
    }

    private static void WriteProject(Exported study, ImmutableArray<RefiSource> sources, ImmutableArray<RefiNote> notes, XmlWriter xml)
    {
        var coders = sources.SelectMany(source => Held(study, source)).Select(coding => coding.Coder).Concat(notes.Select(note => note.Author)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var at = study.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z";
        xml.WriteStartElement("Project", Namespace);
        xml.WriteAttributeString("name", PlainText.InXml(study.Title));
        xml.WriteAttributeString("origin", "FossVoices");
        xml.WriteAttributeString("creationDateTime", at);
        if (!coders.IsEmpty)
        {
            Start("Users");
            foreach (var coder in coders)
            {
                Start("User");
                Attribute("guid", UserOf(study, coder));
                Attribute("name", coder);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        Start("CodeBook");
        RefiCodebook.WriteCodes(study.Codebook, xml, Namespace);
        xml.WriteEndElement();
        Start("Variables");
        foreach (var variable in s_variables)
        {
            Start("Variable");
            Attribute("guid", VariableOf(variable));
            Attribute("name", variable);
            Attribute("typeOfVariable", "Text");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        if (!sources.IsEmpty)
        {
            WriteCases();
            Start("Sources");
            foreach (var source in sources)
                WriteSource(source);
            xml.WriteEndElement();
        }

        if (!notes.IsEmpty)
            WriteNotes();
        xml.WriteElementString("Description", Namespace, PlainText.InXml(
            $"Exported from FossVoices, study {study.Study}. For the study's researchers: it holds people's own words. Rejected and superseded codings, and words that may not leave, are left out."));
        foreach (var claim in notes.Where(note => note.IsClaim))
            Reference("NoteRef", claim.Guid.ToString());
        xml.WriteEndElement();

        void WriteCases()
        {
            Start("Cases");
            foreach (var person in sources.GroupBy(source => source.Session.Session.Respondent, StringComparer.Ordinal))
            {
                Start("Case");
                Attribute("guid", RefiId.Of("case", study.Study, person.Key).ToString());
                Attribute("name", person.First().Session.Name ?? person.Key);
                Value("person", person.Key);
                Value("side", person.First().Session.Side);
                foreach (var source in person)
                    Reference("SourceRef", source.Guid.ToString());
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        void WriteNotes()
        {
            Start("Notes");
            foreach (var note in notes)
            {
                Start("Note");
                Attribute("guid", note.Guid.ToString());
                Attribute("name", note.Name);
                Attribute("plainTextPath", $"internal://{note.Guid}.txt");
                Attribute("creatingUser", UserOf(study, note.Author));
                Attribute("creationDateTime", at);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        void WriteSource(RefiSource source)
        {
            Start("TextSource");
            Attribute("guid", source.Guid.ToString());
            Attribute("name", source.Name);
            Attribute("plainTextPath", $"internal://{source.Guid}.txt");
            Attribute("creationDateTime", at);
            var place = 0;
            foreach (var coding in Held(study, source))
                WriteCoding(source, coding, place++);
            var session = source.Session.Session;
            foreach (var note in notes.Where(note => note.About.Contains(session.Id, StringComparer.Ordinal)))
                Reference("NoteRef", note.Guid.ToString());
            Value("person", session.Respondent);
            Value("side", source.Session.Side);
            Value("flow", session.Flow);
            Value("wave", session.Wave);
            Value("platform", session.Origin.Platform);
            Value("public", session.Origin.Public ? "yes" : "no");
            Value("may_quote", session.Progress.Quotes);
            xml.WriteEndElement();
        }

        void WriteCoding(RefiSource source, ExportedCoding coding, int place)
        {
            var (start, end) = source.Span(coding);
            var names = new[] { source.Guid.ToString(), coding.Address, coding.Coder, coding.Code, place.ToString(CultureInfo.InvariantCulture) };
            Start("PlainTextSelection");
            Attribute("guid", RefiId.Of(["selection", .. names]).ToString());
            Attribute("name", source.Cut(start, end));
            Attribute("startPosition", start.ToString(CultureInfo.InvariantCulture));
            Attribute("endPosition", end.ToString(CultureInfo.InvariantCulture));
            Attribute("creatingUser", UserOf(study, coding.Coder));
            Attribute("creationDateTime", at);
            xml.WriteElementString("Description", Namespace, PlainText.InXml(Memo(coding, source)));
            Start("Coding");
            Attribute("guid", RefiId.Of(["coding", .. names]).ToString());
            Attribute("creatingUser", UserOf(study, coding.Coder));
            Attribute("creationDateTime", at);
            Reference("CodeRef", RefiId.Of(study.Codebook, study.Codebook.WithId(coding.Code)!).ToString());
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        void Start(string name) => xml.WriteStartElement(name, Namespace);

        void Attribute(string name, string value) => xml.WriteAttributeString(name, PlainText.InXml(value));

        void Reference(string name, string target)
        {
            Start(name);
            Attribute("targetGUID", target);
            xml.WriteEndElement();
        }

        void Value(string variable, string value)
        {
            Start("VariableValue");
            Reference("VariableRef", VariableOf(variable));
            xml.WriteElementString("TextValue", Namespace, PlainText.InXml(value));
            xml.WriteEndElement();
        }
    }

    /// <summary>The codings of a source that can be shown: held by somebody, of a code that the codebook still has, on words that are there.</summary>
    private static IEnumerable<ExportedCoding> Held(Exported study, RefiSource source) => source.Session.Codings
        .Where(coding => s_held.Contains(coding.Status) && source.Has(coding.Address) && study.Codebook.WithId(coding.Code) is { IsCategory: false });

    private static string Memo(ExportedCoding coding, RefiSource source) => string.Create(
        CultureInfo.InvariantCulture,
        $"conf={coding.Confidence:0.##} status={Spelling.Of(coding.Status)} polarity={Spelling.Of(coding.Polarity)} rule={CodingTables.Why(coding, source.Said(coding.Address))} version={coding.CoderVersion} codebook={coding.Codebook}");

    private static string UserOf(Exported study, string coder) => RefiId.Of("user", study.Study, coder).ToString();


    private static string VariableOf(string variable) => RefiId.Of("variable", variable).ToString();
}
