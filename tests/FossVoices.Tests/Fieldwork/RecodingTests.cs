using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Tests.Codebooks;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>The codebook changes, and only what has to be is coded again.</summary>
public sealed class RecodingTests
{
    private static readonly Codebook s_book = new("toy", 1,
    [
        new Code { Id = "garden", Label = "Garden", Brief = "Plants.", Indicators = [new Indicator("garden.1", ["tulips"], null, [])] },
        new Code { Id = "music", Label = "Music", Brief = "Sound.", Indicators = [new Indicator("music.1", ["cello"], null, [])] },
    ]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_a_codebook_is_edited_coding_again_what_changed_equals_coding_everything_from_the_start() => await Gen.Select(
        AnyCodebook.Sound, AnyCodebook.Edit.Array[1, 5], AnyCodebook.Answer.Array[1, 6]).SampleAsync(
        async (book, edits, answers) =>
        {
            await using var store = await WithAsync(answers);
            await CodeAsync(store, book);
            foreach (var edit in edits)
                await CodeAsync(store, book = edit(book));
            await using var fresh = await WithAsync(answers);
            await CodeAsync(fresh, book);

            Assert.Equal(await CodedAsync(fresh), await CodedAsync(store));
        },
        iter: Long.Run(always: 30, lots: 3000), threads: 1);

    [Fact]
    public async Task Only_codes_that_would_be_heard_elsewhere_are_written_anew()
    {
        await using var store = await WithAsync("The tulips and the cello");
        await CodeAsync(store, s_book);

        await CodeAsync(store, With(2, code => code.Id == "music" ? code with { Indicators = [new Indicator("music.1", ["the cello"], null, [])] } : code));

        var codebooks = await store.AskAsync<string>("select group_concat(code || ' ' || codebook, ', ') from (select code, codebook from assignment order by code)");
        Assert.Equal("garden 1, music 2", codebooks);
    }

    [Fact]
    public async Task Another_label_asks_nothing_of_anybody()
    {
        await using var store = await WithAsync("The tulips and the cello");
        await CodeAsync(store, s_book);

        Assert.Equal(0, await CodeAsync(store, With(2, code => code with { Label = $"{code.Label}s" })));
    }

    [Fact]
    public async Task A_hashtag_is_the_author_s_own_coding_and_not_the_lexicon_s()
    {
        await using var store = await WithAsync("#garden and nothing else");
        await CodeAsync(store, s_book);

        var coded = Assert.Single(await CodingStoreTests.Coding(store).AssignmentsAsync("s", Cancellation));

        Assert.Equal(("author", "garden", 1.0, "tag"), (coded.Coder, coded.Code, coded.Confidence, coded.Evidence[0].Indicator));
        Assert.StartsWith("author-1-", coded.CoderVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_definition_marks_what_people_coded_and_deletes_nothing()
    {
        await using var store = await WithAsync("The tulips");
        await DecideAsync(store, given: "garden", not: "music");
        var changed = With(2, code => code with { Full = "Another meaning." });

        Assert.Equal(new PeopleFollowed(1, 0, 0), await FollowAsync(store, changed));
        Assert.Equal([("garden", AssignmentStatus.Stale), ("music", AssignmentStatus.Rejected)], await SaidAsync(store));
        Assert.Equal(new PeopleFollowed(0, 0, 0), await FollowAsync(store, changed));
        Assert.Equal(new PeopleFollowed(0, 1, 0), await FollowAsync(store, s_book));
        Assert.Equal([("garden", AssignmentStatus.Confirmed), ("music", AssignmentStatus.Rejected)], await SaidAsync(store));
    }

    [Fact]
    public async Task What_people_gave_a_merged_code_follows_it()
    {
        await using var store = await WithAsync("The tulips");
        await DecideAsync(store, given: "garden", not: "music");
        var merged = With(2, code => code.Id == "garden" ? code with { MergedInto = "music" } : code);

        Assert.Equal(new PeopleFollowed(0, 0, 1), await FollowAsync(store, merged));
        Assert.Equal(new PeopleFollowed(0, 0, 0), await FollowAsync(store, merged));

        Assert.Equal(
            [("garden", AssignmentStatus.Superseded), ("music", AssignmentStatus.Superseded), ("music", AssignmentStatus.Confirmed)],
            await SaidAsync(store));
    }

    private static Codebook With(int version, Func<Code, Code> change) => new(s_book.Id, version, [.. s_book.Codes.Select(change)]);

    private static async Task<Store> WithAsync(params string[] answers)
    {
        var store = await Store.OpenAsync();
        // A turn without words is no answer.
        await new ImportStore(store.Database, store.Writer, store.Time).TakeAsync(ImportStoreTests.File("a.md", [.. answers.Select(answer => ("ADA", $"So {answer}"))]), Cancellation);
        return store;
    }

    private static CodebookStore Codebooks(Store store) => new(store.Database, store.Writer, store.Time);

    private static Task<PeopleFollowed> FollowAsync(Store store, Codebook codebook) => Codebooks(store).FollowAsync("s", codebook, Cancellation);

    /// <returns>How many answers were read.</returns>
    private static async Task<int> CodeAsync(Store store, Codebook codebook)
    {
        await Codebooks(store).KeepAsync("s", codebook, Cancellation);
        var run = new CodingRun(CodingStoreTests.Coding(store), await Codebooks(store).AllAsync("s", Cancellation));
        return (await run.RunAsync("s", await run.CodersAsync("s", new Lexicon(codebook), practice: [], learnFrom: 8, Cancellation), progress: null, Cancellation))[^1].Answers;
    }

    private static async Task<List<string>> CodedAsync(Store store) =>
    [
        .. (await CodingStoreTests.Coding(store).AssignmentsAsync("s", Cancellation)).Select(coded => string.Create(
            CultureInfo.InvariantCulture,
            $"{coded.Address} {coded.Coder} {coded.Code} {coded.Start}+{coded.Length} {coded.Confidence:R} {coded.Polarity} {coded.Status} {string.Join(' ', coded.Evidence)}"))
            .Order(StringComparer.Ordinal),
    ];

    private static async Task DecideAsync(Store store, string given, string not)
    {
        var waiting = Assert.Single(await CodingStoreTests.Coding(store).UncodedAsync("s", "nobody", "", 10, Cancellation));
        var hash = CodingStore.HashOf(store.Database.StudyKey("s"), waiting.Text);
        var people = new PeopleStore(store.Database, store.Writer, store.Time);
        await people.SaveAsync(
            "s", new PersonCoding(waiting.Session, waiting.Address, hash, "eve", "eve", [Given(given)], [Given(not)], ""), Cancellation);

        static GivenCode Given(string code) => new(code, null, null, Polarity.Asserted, GivenCode.Of(s_book.WithId(code)!));
    }

    private static async Task<ImmutableArray<(string Code, AssignmentStatus Status)>> SaidAsync(Store store) =>
        [.. (await CodingStoreTests.Coding(store).AssignmentsAsync("s", Cancellation)).Select(coded => (coded.Code, coded.Status))];
}
