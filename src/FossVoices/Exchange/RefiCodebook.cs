using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using FossVoices.Codebooks;

namespace FossVoices.Exchange;

/// <summary>
/// Codebooks as REFI-QDA writes them (<c>.qdc</c>, QDA-XML 1.0). A code's name is its tag; the other fields stand in its description, since the format has no place of
/// their own for them. What the lexicon listens for does not leave.
/// </summary>
internal static partial class RefiCodebook
{
    public const string Namespace = "urn:QDA-XML:codebook:1.0";

    private const int MostNested = 20;
    private const int MostCodes = 1000;
    private const int MostCharacters = 20_000_000;

    // As programs write it, and as some wrote it before the standard was settled.
    private static readonly ImmutableArray<string> s_namespaces = [Namespace, "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:0.4"];

    /// <summary>Written as UTF-8; characters that XML has no place for become U+FFFD.</summary>
    public static void Write(Codebook codebook, Stream stream)
    {
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartElement("CodeBook", Namespace);
        xml.WriteAttributeString("origin", "FossVoices");
        WriteCodes(codebook, xml, Namespace);
        xml.WriteEndElement();
    }

    /// <exception cref="FormatException">It is no such codebook; the message is one sentence.</exception>
    public static ImmutableArray<Code> Read(Stream stream)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreWhitespace = false };
            using var xml = XmlReader.Create(stream, settings);
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "CodeBook" || !s_namespaces.Contains(xml.NamespaceURI))
                throw new FormatException("This is no REFI-QDA codebook: it does not begin with a CodeBook of QDA-XML.");
            return ReadCodes(xml);
        }
        catch (XmlException e)
        {
            throw new FormatException($"This is no REFI-QDA codebook: its XML breaks off at line {e.LineNumber}, column {e.LinePosition}.", e);
        }
    }

    internal static XmlWriterSettings Settings { get; } = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The <c>Codes</c> element, which codebooks and projects share.</summary>
    internal static void WriteCodes(Codebook codebook, XmlWriter xml, string space)
    {
        xml.WriteStartElement("Codes", space);
        foreach (var code in codebook.Codes.Where(code => code.Parent is null || codebook.WithId(code.Parent) is null))
            WriteCode(codebook, code, xml, space);
        xml.WriteEndElement();
    }

    private static void WriteCode(Codebook codebook, Code code, XmlWriter xml, string space)
    {
        xml.WriteStartElement("Code", space);
        xml.WriteAttributeString("guid", RefiId.Of(codebook, code).ToString());
        xml.WriteAttributeString("name", PlainText.InXml(code.Id));
        xml.WriteAttributeString("isCodable", code.IsCategory ? "false" : "true");
        if (code.Color is { } color && ColorPattern().IsMatch(color))
            xml.WriteAttributeString("color", color);
        xml.WriteElementString("Description", space, PlainText.InXml(CodeText.Of(code, hasParent: true)));
        foreach (var inside in codebook.Codes.Where(other => other.Parent == code.Id))
            WriteCode(codebook, inside, xml, space);
        xml.WriteEndElement();
    }

    private static ImmutableArray<Code> ReadCodes(XmlReader xml)
    {
        var read = new List<Foreign>();
        var above = new Stack<int>();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Code")
            {
                if (above.Count >= MostNested || read.Count >= MostCodes)
                    throw new FormatException(read.Count >= MostCodes ? $"The codebook has more than {MostCodes} codes, which nobody can code by." : $"The codes lie more than {MostNested} deep; bring some of them up.");
                read.Add(new Foreign(
                    xml.GetAttribute("name") ?? throw new FormatException($"A code at line {(xml as IXmlLineInfo)?.LineNumber} has no name."),
                    xml.GetAttribute("guid"), xml.GetAttribute("isCodable") is not ("false" or "0"), xml.GetAttribute("color"), above.Count > 0 ? above.Peek() : -1));
                if (!xml.IsEmptyElement)
                    above.Push(read.Count - 1);
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "Code")
            {
                above.Pop();
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Description" && above.Count > 0)
            {
                using var inner = xml.ReadSubtree();
                inner.MoveToContent();
                read[above.Peek()].Description = inner.ReadElementContentAsString();
            }
        }

        return read.Count == 0 ? throw new FormatException("The codebook has no codes.") : Named(read);
    }

    private static ImmutableArray<Code> Named(List<Foreign> read)
    {
        var ids = CodeIds.Of(read.ConvertAll(code => code.Name));
        return
        [
            .. read.Select((code, i) => CodeText.Read(ids[i], code.Name, code.Description) with
            {
                Parent = code.Above < 0 ? null : ids[code.Above],
                IsCategory = !code.Codable,
                Guid = Guid.TryParse(code.Guid, out var guid) ? guid.ToString() : null,
                Color = code.Color is { } color && ColorPattern().IsMatch(color) ? color : null,
            }),
        ];
    }

    [GeneratedRegex("^#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    internal static partial Regex ColorPattern();

    private sealed class Foreign(string name, string? guid, bool codable, string? color, int above)
    {
        public string Name => name;

        public string? Guid => guid;

        public bool Codable => codable;

        public string? Color => color;

        /// <summary>The place of the code above, or −1.</summary>
        public int Above => above;

        public string Description { get; set; } = "";
    }
}
