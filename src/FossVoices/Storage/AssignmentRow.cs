using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FossVoices.Coding;
using FossVoices.Definitions;

namespace FossVoices.Storage;

/// <summary>One assignment as its columns.</summary>
internal sealed partial record AssignmentRow
{
    public const string Columns = """
        m.session, m.address, m.coder, m.place, m.code, m.span_start as SpanStart, m.span_length as SpanLength, m.coder_version as CoderVersion,
        m.confidence, m.polarity, m.evidence, m.status
        """;

    public const string Insert = """
        insert into assignment (study, session, address, coder, place, code, span_start, span_length, coder_version, confidence, polarity, evidence, status, codebook)
        values (@Study, @Session, @Address, @Coder, @Place, @Code, @SpanStart, @SpanLength, @CoderVersion, @Confidence, @Polarity, @Evidence, @Status, @Codebook)
        """;

    public string Study { get; init; } = "";

    public string Session { get; init; } = "";

    public string Address { get; init; } = "";

    public string Coder { get; init; } = "";

    public int Place { get; init; }

    public string Code { get; init; } = "";

    public int? SpanStart { get; init; }

    public int? SpanLength { get; init; }

    public string CoderVersion { get; init; } = "";

    public double Confidence { get; init; }

    public string Polarity { get; init; } = "";

    public string Evidence { get; init; } = "";

    public string Status { get; init; } = "";

    /// <summary>The number of the codebook that it was given by; 0 where that was not noted.</summary>
    public int Codebook { get; init; }

    public static AssignmentRow Of(string study, int place, CodedAnswer answer, string coder, string coderVersion, CodeAssignment assignment) => new()
    {
        Study = study,
        Session = answer.Session,
        Address = answer.Address,
        Coder = coder,
        Place = place,
        Code = assignment.Code,
        SpanStart = assignment.Start,
        SpanLength = assignment.Length,
        CoderVersion = coderVersion,
        Confidence = assignment.Confidence,
        Polarity = Spelling.Of(assignment.Polarity),
        Evidence = JsonSerializer.Serialize([.. assignment.Evidence], EvidenceJson.Default.EvidenceArray),
        Status = Spelling.Of(assignment.Status),
    };

    public CodeAssignment ToAssignment() => new(
        Session, Address, Code, SpanStart, SpanLength, Coder, CoderVersion, Confidence,
        Named<Polarity>(Polarity),
        JsonSerializer.Deserialize(Evidence, EvidenceJson.Default.EvidenceArray)!.ToImmutableArray(),
        Named<AssignmentStatus>(Status));

    /// <summary>The member whose name, in snake case, was stored: <c>other_person</c> is OtherPerson.</summary>
    private static T Named<T>(string stored)
        where T : struct, Enum => Enum.Parse<T>(stored.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Coding.Evidence[]))]
    private sealed partial class EvidenceJson : JsonSerializerContext;
}
