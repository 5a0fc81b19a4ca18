using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using FossVoices.Channels;

namespace FossVoices.Fieldwork;

/// <summary>All that is kept of one session, as its author may see and download it.</summary>
/// <param name="KeptUntil">When it is deleted by itself.</param>
/// <param name="Quotes">Whether the words may be quoted.</param>
/// <param name="Asking">Quotes that were proposed, and what the person said to them.</param>
/// <param name="Attested">Whether the side was shown by a code or a role.</param>
/// <param name="QuotesLabel">The same as the person read it on agreeing; null where nobody was asked.</param>
internal sealed record OwnData(
    string Study, string Flow, string Receipt, DateTimeOffset StartedAt, DateTimeOffset KeptUntil, string Quotes, string? QuotesLabel, ImmutableArray<Given> Answers,
    ImmutableArray<AskedQuote> Asking, bool Attested)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name of the file in which somebody takes it along.</summary>
    public string FileName => $"my-answers-{Study}-{Flow}.json";

    /// <summary>All of it as one JSON document, UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            study = Study,
            flow = Flow,
            started = StartedAt,
            keptUntil = KeptUntil,
            quotes = Quotes,
            attested = Attested,
            quoted = Asking.Select(q => new { state = q.State, shown = q.Shown }),
            answers = Answers.Select(a => new { question = a.Address, asked = a.Ask, answer = a.Answer, at = a.At }),
        },
        s_json);
}
