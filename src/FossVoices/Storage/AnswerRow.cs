using FossVoices.Flows;

namespace FossVoices.Storage;

/// <summary>One answer as its columns.</summary>
internal sealed record AnswerRow
{
    public string Address { get; init; } = "";

    public string Kind { get; init; } = "";

    /// <summary>The option's id, or several, one a line.</summary>
    public string Value { get; init; } = "";

    public double? Number { get; init; }

    public byte[]? Words { get; init; }

    public int OnPath { get; init; }

    public long At { get; init; }

    /// <summary>The kind of answers in people's own words.</summary>
    public const string InWords = "words";

    /// <summary>The kind of answers on a scale.</summary>
    public const string Point = "point";

    /// <summary>The kind that SQLite holds in these bytes.</summary>
    public static string KindOf(ReadOnlySpan<byte> utf8) =>
        utf8.SequenceEqual("point"u8) ? Point : utf8.SequenceEqual("words"u8) ? InWords : System.Text.Encoding.UTF8.GetString(utf8);

    /// <param name="key">Of the session; asked for where there are words to seal.</param>
    public static AnswerRow Of(Answer answer, bool onPath, SessionKey? key)
    {
        var (kind, value, number) = Plain(answer.Value);
        return new AnswerRow
        {
            Address = answer.Address,
            Kind = kind,
            Value = value,
            Number = number,
            Words = answer.Value is Flows.Value.Words(var text) ? Storage.Words.ToBytes(key!, answer.Address, text) : null,
            OnPath = onPath ? 1 : 0,
            At = answer.At.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>What of an answer is stored in the clear: everything but words.</summary>
    public static (string Kind, string Value, double? Number) Plain(Flows.Value value) => value switch
    {
        Flows.Value.Option(var id) => ("option", id, null),
        Flows.Value.Options(var ids) => ("options", string.Join('\n', ids), null),
        Flows.Value.Point(var point) => (Point, "", point),
        Flows.Value.DontKnow => ("dont_know", "", null),
        Flows.Value.Words => (InWords, "", null),
        Flows.Value.Quantity(var number) => ("number", "", number),
        Flows.Value.Skipped => ("skipped", "", null),
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    /// <param name="key">Of the session; null where it has none.</param>
    public Answer ToAnswer(SessionKey? key) => new(Address, ToValue(key), DateTimeOffset.FromUnixTimeMilliseconds(At));

    private Flows.Value ToValue(SessionKey? key) => Kind switch
    {
        "option" => new Flows.Value.Option(Value),
        "options" => new Flows.Value.Options(Value.Length == 0 ? [] : [.. Value.Split('\n')]),
        Point => new Flows.Value.Point((int)Number!.Value),
        "dont_know" => new Flows.Value.DontKnow(),
        InWords => new Flows.Value.Words(Storage.Words.FromBytes(key, Address, Words!)),
        "number" => new Flows.Value.Quantity(Number!.Value),
        "skipped" => new Flows.Value.Skipped(),
        _ => throw new StorageUnavailable($"The database holds an answer of the unknown kind '{Kind}'; use the version that wrote it, or a newer one."),
    };
}
