using System.Security.Cryptography;
using System.Text.Json;

namespace FossVoices.Storage;

/// <summary>One line of the log.</summary>
/// <param name="Number">Counts from 1 in each study.</param>
/// <param name="Who">A user of the operating system, or of the web pages.</param>
/// <param name="What">What was looked at, or where it went.</param>
/// <param name="Quantity">How many answers.</param>
internal sealed record AccessLine(int Number, DateTimeOffset At, string Who, string What, int Quantity);

/// <summary>The log of one study as it was found.</summary>
/// <param name="Broken">The first line that is not as it was written, or is missing; null where all are.</param>
/// <param name="Seal">Of the last line. Noted elsewhere, it shows later that no line was taken off the end.</param>
internal sealed record AccessChain(string Study, IReadOnlyList<AccessLine> Lines, int? Broken, string Seal);

/// <summary>
/// Remembers who has looked at what people said: every export, page of review and report with quotes. Lines are added and never changed. Each carries a keyed
/// hash of itself and of the one before, so that whoever changes or takes out a line, without the keys that lie apart, is found out.
/// </summary>
internal sealed class AccessLog(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Adds a line. To be called before anything is handed out: what cannot be logged is not shown.</summary>
    /// <param name="who">Who is looking, such as <c>user ada</c>.</param>
    /// <param name="what">What is handed out, such as <c>export csv</c>; never a respondent's words.</param>
    /// <param name="count">How many answers.</param>
    /// <exception cref="StorageUnavailable">It could not be logged.</exception>
    public Task RecordAsync(string study, string who, string what, int count, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var last = await transaction.FindAsync<Row>($"{Row.Select} where study = @study order by number desc limit 1", new { study });
            var line = new Row
            {
                Study = study,
                Number = (last?.Number ?? 0) + 1,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Who = who,
                What = what,
                Quantity = count,
            };
            return await transaction.ExecuteAsync(
                "insert into access (study, number, at, who, what, quantity, seal) values (@Study, @Number, @At, @Who, @What, @Quantity, @Seal)",
                line with { Seal = line.SealAfter(last?.Seal ?? "", KeyOf(study)) });
        },
        cancellationToken);

    /// <summary>The logs of all studies, each checked from its first line to its last.</summary>
    public Task<IReadOnlyList<AccessChain>> VerifyAsync(CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<AccessChain>>(
        async moment => [.. (await moment.ListAsync<Row>($"{Row.Select} order by study, number", new { }))
            .GroupBy(line => line.Study, (study, lines) => Verify(study, [.. lines]), StringComparer.Ordinal)],
        cancellationToken);

    private AccessChain Verify(string study, IReadOnlyList<Row> lines)
    {
        var (key, seal) = (KeyOf(study), "");
        int? broken = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (broken is null && (lines[i].Number != i + 1 || lines[i].Seal != lines[i].SealAfter(seal, key)))
                broken = i + 1;
            seal = lines[i].Seal;
        }

        return new AccessChain(study, [.. lines.Select(line => line.ToLine())], broken, seal);
    }

    private byte[] KeyOf(string study) => HMACSHA256.HashData(database.StudyKey(study), "access log"u8);

    private sealed record Row
    {
        public const string Select = "select study, number, at, who, what, quantity, seal from access";

        public string Study { get; init; } = "";

        public int Number { get; init; }

        public long At { get; init; }

        public string Who { get; init; } = "";

        public string What { get; init; } = "";

        public int Quantity { get; init; }

        public string Seal { get; init; } = "";

        public string SealAfter(string before, byte[] key) => Convert.ToHexStringLower(
            HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes<object[]>([before, Study, Number, At, Who, What, Quantity])));

        public AccessLine ToLine() => new(Number, DateTimeOffset.FromUnixTimeMilliseconds(At), Who, What, Quantity);
    }
}
