using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>Answers for people to read and code, and the sample of them that two people code blind. Words are read one answer at a time, so that each reading can be logged.</summary>
internal sealed class ReviewStore(Database database)
{
    private const string Columns = """
        a.session, a.address, s.flow, s.respondent, case when s.both_sides = 1 then '' else s.side end as side, b.place as sample
        """;

    private const string From = """
          from answer a
          join session s on s.study = a.study and s.session = a.session
          left join blind_sample b on b.study = a.study and b.session = a.session and b.address = a.address
         where a.study = @study and a.kind = 'words' and a.on_path = 1 and coalesce((select o.release from own_words o where o.study = a.study and o.session = a.session and o.address = a.address), s.release) <> 'none'
        """;

    /// <summary>All answers in people's own words that may be coded, without the words.</summary>
    public Task<ImmutableArray<CodableAnswer>> AnswersAsync(string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<CodableAnswer>>(
        async moment => [.. await moment.ListAsync<CodableAnswer>($"select {Columns} {From} order by s.started_at, a.session, a.address", new { study })],
        cancellationToken);

    /// <summary>One answer with its words; null where it is gone or may not be coded.</summary>
    public async Task<AnswerToRead?> ReadAsync(string study, string session, string address, CancellationToken cancellationToken)
    {
        var (found, words, memos) = await database.LookAsync(
            async moment => (
                await moment.FindAsync<CodableAnswer>($"select {Columns} {From} and a.session = @session and a.address = @address", new { study, session, address }),
                await moment.FindAsync<WordsRow>("select words, question from answer where study = @study and session = @session and address = @address and words is not null", new { study, session, address }),
                await moment.ListAsync<MemoRow>("select coder, words from memo where study = @study and session = @session and address = @address", new { study, session, address })),
            cancellationToken);
        if (found is null || words is null)
            return null;

        var its = database.Vault.Find(study, session);
        var text = Words.FromBytes(its, address, words.Words);
        return new AnswerToRead(
            found,
            words.Question is { } question ? Words.FromBytes(its, Words.QuestionOf(address), question) : null,
            text,
            CodingStore.HashOf(database.StudyKey(study), text),
            memos.ToImmutableSortedDictionary(memo => memo.Coder, memo => Words.FromBytes(its, PeopleStore.MemoOf(address, memo.Coder), memo.Words), StringComparer.Ordinal));
    }

    /// <summary>Answers that hold a memo, by id.</summary>
    public Task<ImmutableArray<string>> WithMemoAsync(string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<string>>(
        async moment => [.. await moment.ListAsync<string>("select distinct session || '/' || address from memo where study = @study order by 1", new { study })], cancellationToken);

    private sealed record WordsRow
    {
        public byte[] Words { get; init; } = [];

        public byte[]? Question { get; init; }
    }

    private sealed record MemoRow
    {
        public string Coder { get; init; } = "";

        public byte[] Words { get; init; } = [];
    }
}
