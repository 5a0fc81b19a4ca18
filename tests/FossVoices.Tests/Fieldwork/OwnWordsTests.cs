using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Whoever said something reads it as it is kept, changes it, and says what may become of it.</summary>
public sealed class OwnWordsTests
{
    private const string Story = "I asked Ada Lovelace about the quinquereme, and nothing happened for weeks.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Until_its_author_says_so_an_answer_is_for_counting_only()
    {
        await using var street = await SpeaksAsync();

        var own = await OwnAsync(street, "ada", new Said.Words());

        var word = Assert.Single(own.Words);
        Assert.Equal((Release.Count, "Why?", Story, null), (word.Release, word.Ask, word.Text, word.At));
        Assert.Equal("I asked […] about the quinquereme, and nothing happened for weeks.", word.Shown);
        Assert.Equal([Release.None, Release.Count, Release.Paraphrase, Release.Anonymous, Release.Named], own.Offered.Select(offered => offered.Release));
        Assert.Empty(await ReleasedAsync(street));
    }

    [Fact]
    public async Task What_was_released_when_and_under_which_text_is_kept_and_nothing_of_it_readable()
    {
        await using var street = await SpeaksAsync();

        var own = await OwnAsync(street, "ada", TypedCommand.Read("/voices words 1 named Countess of Elsewhere")!);

        var word = Assert.Single(own.Words);
        Assert.Equal((Release.Named, "Countess of Elsewhere", street.Store.Time.GetUtcNow()), (word.Release, word.Name, word.At));
        Assert.Equal(["named"], await ReleasedAsync(street));
        Assert.Equal("Anybody in the next round reads it.", await street.Store.AskAsync<string>("select t.text from release_terms t join own_words o on o.study = t.study and o.terms = t.terms"));
        Assert.False(street.Store.Holds("Countess"));
        Assert.False(street.Store.Holds("quinquereme"));
    }

    [Theory]
    [InlineData("1 hide quinquereme", "I asked […] about the […], and nothing happened for weeks.", Release.Count)]
    [InlineData("1 change It took weeks.", "It took weeks.", Release.Count)]
    [InlineData("all anonymous", "I asked […] about the quinquereme, and nothing happened for weeks.", Release.Anonymous)]
    public async Task A_typed_command_says_it_too(string typed, string shown, Release release)
    {
        await using var street = await SpeaksAsync();

        var word = Assert.Single((await OwnAsync(street, "ada", TypedCommand.Read($"/voices words {typed}")!)).Words);

        Assert.Equal((shown, release), (word.Shown, word.Release));
    }

    [Theory]
    [InlineData("7 anonymous", "There is no such answer of yours")]
    [InlineData("1 loudly", "That is not offered here.")]
    [InlineData("1 named", "Say under which name")]
    public async Task What_can_not_be_is_said_so_and_changes_nothing(string typed, string note)
    {
        await using var street = await SpeaksAsync();

        var own = await OwnAsync(street, "ada", TypedCommand.Read($"/voices words {typed}")!);

        Assert.StartsWith(note, own.Note, StringComparison.Ordinal);
        Assert.Equal(Release.Count, Assert.Single(own.Words).Release);
    }

    [Fact]
    public async Task A_release_is_of_the_words_as_they_are_so_changing_the_answer_ends_it()
    {
        await using var street = await SpeaksAsync();
        await OwnAsync(street, "ada", new Said.Release("1", "anonymous"));

        await street.SaysAsync("ada", new Reply.Change("why"));
        await street.SaysAsync("ada", new Reply.Said("Something else."));

        Assert.Empty(await ReleasedAsync(street));
        Assert.Equal(Release.Count, Assert.Single((await OwnAsync(street, "ada", new Said.Words())).Words).Release);
    }

    [Fact]
    public async Task What_is_cut_is_gone()
    {
        await using var street = await SpeaksAsync();

        var own = await OwnAsync(street, "ada", TypedCommand.Read("/voices words 1 cut")!);

        Assert.Empty(own.Words);
        Assert.Equal("skipped", await street.Store.AskAsync<string>("select kind from answer where address = 'why'"));
    }

    [Fact]
    public async Task What_is_released_for_nothing_is_neither_coded_nor_counted_nor_exported()
    {
        await using var street = await SpeaksAsync();
        await CodeAsync(street, "burnout");
        Assert.NotEqual(0, await street.Store.AskAsync<long>("select count(*) from tally where about = 'code'"));

        await OwnAsync(street, "ada", new Said.Release("1", "none"));

        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from tally where about in ('code', 'read', 'unread')"));
        Assert.Empty(await CodingStoreTests.Coding(street.Store).UncodedAsync(SmallFlow.Study, "lexicon", "9", 100, Cancellation));
        var exported = await new ExportStore(street.Store.Database).LoadAsync(SmallFlow.Study, [await SessionAsync(street)], _ => "", Cancellation);
        Assert.DoesNotContain("why", Assert.Single(exported).Session.Progress.Answers.Keys);
        Assert.Empty((await new Tallies(street.Store.Database, street.Store.Writer).CompareAsync(Cancellation)).Faults);

        await OwnAsync(street, "ada", new Said.Release("1", "count"));
        Assert.Single(await CodingStoreTests.Coding(street.Store).UncodedAsync(SmallFlow.Study, "lexicon", "9", 100, Cancellation));
        Assert.Empty((await new Tallies(street.Store.Database, street.Store.Writer).CompareAsync(Cancellation)).Faults);
    }

    [Fact]
    public async Task Nobody_says_what_becomes_of_anothers_words()
    {
        await using var street = await SpeaksAsync();
        await street.FinishesAsync("bob", "Bob's own.");
        var hers = Assert.Single((await OwnAsync(street, "ada", new Said.Words())).Words);

        var his = await OwnAsync(street, "bob", new Said.Release(hers.Id, "anonymous", Text: "Changed by Bob."));

        Assert.StartsWith("There is no such answer of yours", his.Note, StringComparison.Ordinal);
        Assert.Empty(await ReleasedAsync(street));
        Assert.Equal(Story, Assert.Single((await OwnAsync(street, "ada", new Said.Words())).Words).Text);
    }

    [Fact]
    public async Task A_narrator_owns_an_imported_transcript_by_its_receipt_and_its_file_does_not_change_it_back()
    {
        await using var street = await Street.OpenAsync(Releasing);
        var file = ImportStoreTests.File("grace.md", [("GRACE", "It was Bob Ross who broke it."), ("GRACE", "I liked it.")]) with { Wave = Street.Wave, Public = false, Release = "anonymous" };
        await ImportStoreTests.Import(street.Store).TakeAsync(file, Cancellation);
        var session = await street.Store.AskAsync<string>("select session from session where flow = 'import'");
        var receipt = FossVoices.Sessions.Receipt.Of(street.Store.Database.StudyKey(SmallFlow.Study), SmallFlow.Study, session).Code;

        var own = await OwnAsync(street, receipt, new Said.Words(), Person.ByReceipt);
        Assert.Equal(["It was […] who broke it.", "I liked it."], own.Words.Select(word => word.Shown));
        Assert.All(own.Words, word => Assert.Equal(Release.Anonymous, word.Release));

        await OwnAsync(street, receipt, new Said.Release("1", "anonymous", Text: "It was somebody who broke it."), Person.ByReceipt);
        await OwnAsync(street, receipt, new Said.Release("2", "", Text: ""), Person.ByReceipt);
        await ImportStoreTests.Import(street.Store).TakeAsync(file, Cancellation);

        Assert.Equal(["It was somebody who broke it."], (await OwnAsync(street, receipt, new Said.Words(), Person.ByReceipt)).Words.Select(word => word.Shown));
        Assert.Equal(["anonymous"], await ReleasedAsync(street));
        Assert.False(street.Store.Holds("Bob Ross"));
    }

    [Fact]
    public async Task It_can_be_said_when_the_study_is_closed_and_where_nothing_is_released_it_is_said_so()
    {
        await using var street = await SpeaksAsync();
        street.Store.Time.Advance(TimeSpan.FromDays(60));
        Assert.Equal(Release.Anonymous, Assert.Single((await OwnAsync(street, "ada", new Said.Release("1", "anonymous"))).Words).Release);

        await using var other = await Street.OpenAsync();
        await other.FinishesAsync("ada", Story);
        Assert.Equal("This study shows nobody's words to anybody.", await other.NotedAsync("ada", new Said.Words()));
    }

    internal static Study Releasing(Study study) => study with
    {
        Release = new ReleaseTerms("Anybody in the next round reads it.", [Release.None, Release.Count, Release.Paraphrase, Release.Anonymous, Release.Named], "CC BY 4.0"),
    };

    private static async Task<Street> SpeaksAsync()
    {
        var street = await Street.OpenAsync(Releasing);
        await street.FinishesAsync("ada", Story);
        return street;
    }

    private static async Task<Outcome.OwnWords> OwnAsync(Street street, string person, Said said, string platform = Loopback.Name) =>
        Assert.IsType<Outcome.OwnWords>(await street.SaysAsync(person, said, platform));

    /// <summary>What of all answers others may see.</summary>
    private static async Task<string[]> ReleasedAsync(Street street) =>
        (await street.Store.AskAsync<string?>("select group_concat(release) from answer_release where release not in ('none', 'count')"))?.Split(',') ?? [];

    private static Task<string> SessionAsync(Street street) => street.Store.AskAsync<string>("select session from answer where address = 'why'");

    private static async Task CodeAsync(Street street, string code)
    {
        await new Tallies(street.Store.Database, street.Store.Writer).RuleAsync(SmallFlow.Study, TallyRules.Of([], [new Question(SmallFlow.Id, "why")]), Cancellation);
        var coding = CodingStoreTests.Coding(street.Store);
        var answers = await coding.UncodedAsync(SmallFlow.Study, "lexicon", "1", 100, Cancellation);
        await coding.SaveAsync(
            SmallFlow.Study, "lexicon", "1",
            [.. answers.Select(a => new CodedAnswer(a.Session, a.Address, a.TextHash, [CodingStoreTests.Suggested(a.Session, a.Address, code)]))], Cancellation);
    }
}
