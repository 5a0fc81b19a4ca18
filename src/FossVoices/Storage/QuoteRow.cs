using FossVoices.Channels;

namespace FossVoices.Storage;

/// <summary>A quote as it lies in the database, with the answer that it is part of.</summary>
internal sealed record QuoteRow
{
    /// <summary>What people chose on agreeing who let their very words be quoted.</summary>
    public const string MayBeQuoted = "s.quotes in ('anonymous', 'named') and s.public = 0";

    public const string Columns = """
        select q.study as Study, q.quote as Id, q.session as Session, q.address as Address, q.span_start as Start, q.span_length as Length, q.parts as Parts, q.state as State,
               a.words as Words
          from quote q
          join session s on s.study = q.study and s.session = q.session
          join answer a on a.study = q.study and a.session = q.session and a.address = q.address
        """;

    public string Study { get; init; } = "";

    public string Id { get; init; } = "";

    public string Session { get; init; } = "";

    public string Address { get; init; } = "";

    public int Start { get; init; }

    public int Length { get; init; }

    public string Parts { get; init; } = "";

    public string State { get; init; } = "";

    public byte[] Words { get; init; } = [];

    /// <summary>The very words, nothing hidden.</summary>
    public string Quote(Vault vault)
    {
        var text = Read(vault, Study, Session, Address, Words);
        return Start + Length <= text.Length ? text.Substring(Start, Length) : "";
    }

    public AskedQuote Asked(Vault vault) => new(Id, QuoteParts.Of(Quote(vault), Parts), State);

    public static string Read(Vault vault, string study, string session, string address, byte[] words) =>
        Storage.Words.FromBytes(Storage.Words.NeedKey(words) ? vault.Find(study, session) : null, address, words);
}
