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

    /// <param name="key">Of the session; asked for where there are words to seal.</param>
    public static AnswerRow Of(Answer answer, bool onPath, SessionKey? key)
    {
        var row = new AnswerRow { Address = answer.Address, OnPath = onPath ? 1 : 0, At = answer.At.ToUnixTimeMilliseconds() };
        return answer.Value switch
        {
            Flows.Value.Option(var id) => row with { Kind = "option", Value = id },
            Flows.Value.Options(var ids) => row with { Kind = "options", Value = string.Join('\n', ids) },
            Flows.Value.Point(var point) => row with { Kind = "point", Number = point },
            Flows.Value.DontKnow => row with { Kind = "dont_know" },
            Flows.Value.Words(var text) => row with { Kind = InWords, Words = Storage.Words.ToBytes(key!, answer.Address, text) },
            Flows.Value.Quantity(var number) => row with { Kind = "number", Number = number },
            Flows.Value.Skipped => row with { Kind = "skipped" },
            _ => throw new System.Diagnostics.UnreachableException(answer.Value.GetType().Name),
        };
    }

    /// <param name="key">Of the session; null where it has none.</param>
    public Answer ToAnswer(SessionKey? key) => new(Address, ToValue(key), DateTimeOffset.FromUnixTimeMilliseconds(At));

    private Flows.Value ToValue(SessionKey? key) => Kind switch
    {
        "option" => new Flows.Value.Option(Value),
        "options" => new Flows.Value.Options(Value.Length == 0 ? [] : [.. Value.Split('\n')]),
        "point" => new Flows.Value.Point((int)Number!.Value),
        "dont_know" => new Flows.Value.DontKnow(),
        InWords => new Flows.Value.Words(Storage.Words.FromBytes(key, Address, Words!)),
        "number" => new Flows.Value.Quantity(Number!.Value),
        "skipped" => new Flows.Value.Skipped(),
        _ => throw new StorageUnavailable($"The database holds an answer of the unknown kind '{Kind}'; use the version that wrote it, or a newer one."),
    };
}
