using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Tests.Coding;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

public sealed class CodingRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Until_people_have_decided_enough_the_lexicon_codes_alone()
    {
        await using var store = await WithAnswersAsync();
        var run = new CodingRun(CodingStoreTests.Coding(store), []);

        var coder = await run.LearnAsync("s", LearningCoders.Lexicon, practice: [], learnFrom: 8, Cancellation);
        var coded = await run.RunAsync("s", coder, progress: null, Cancellation);

        Assert.Same(LearningCoders.Lexicon, coder);
        Assert.Equal(("lexicon", 37, 1), (coded.Coder, coded.Answers, coded.Assignments));
    }

    [Fact]
    public async Task What_people_confirmed_is_learned_and_the_pipeline_takes_the_place_of_the_lexicon()
    {
        await using var store = await WithAnswersAsync();
        var coding = CodingStoreTests.Coding(store);
        var run = new CodingRun(coding, []);
        await run.RunAsync("s", LearningCoders.Lexicon, progress: null, Cancellation);
        await DecideAsync(store);

        var coder = await run.LearnAsync("s", LearningCoders.Lexicon, practice: [], learnFrom: 8, Cancellation);
        var coded = await run.RunAsync("s", coder, progress: null, Cancellation);

        Assert.Equal(("combined", coder.Version, 37), (coded.Coder, coded.CoderVersion, coded.Answers));
        var assignments = await coding.AssignmentsAsync("s", Cancellation);
        Assert.DoesNotContain(assignments, a => a is { Coder: LexiconCoder.Name, Status: AssignmentStatus.Suggested });
        Assert.Equal(36, assignments.Count(a => a.Coder == "eve"));
        Assert.All(await coding.ReadAsync("s", Cancellation), read => Assert.Equal("combined", read.Coder));

        Assert.Equal(0, (await run.RunAsync("s", coder, progress: null, Cancellation)).Answers);
        await run.RunAsync("s", LearningCoders.Lexicon, progress: null, Cancellation);
        Assert.DoesNotContain(await coding.AssignmentsAsync("s", Cancellation), a => a.Coder == CombinedCoder.Name);
    }

    /// <summary>The toy answers by four people, and one that the lexicon hears.</summary>
    private static async Task<Store> WithAnswersAsync()
    {
        var store = await Store.OpenAsync();
        var import = new ImportStore(store.Database, store.Writer, store.Time);
        var turns = LearningCoders.Answers(12).Select(answer => (answer.Speaker!, answer.Text)).Append(("ADA", "No music while painting the fence behind the house"));
        await import.TakeAsync(ImportStoreTests.File("a.md", [.. turns]), Cancellation);
        return store;
    }

    /// <summary>A person goes through the toy answers; what does not apply is rejected, which says that the answer was read.</summary>
    private static async Task DecideAsync(Store store)
    {
        var coding = CodingStoreTests.Coding(store);
        var answers = await coding.UncodedAsync("s", "eve", "", 100, Cancellation);
        await coding.SaveAsync("s", "eve", "", [.. answers.Where(a => !a.Text.StartsWith("No", StringComparison.Ordinal)).Select(Decided)], Cancellation);
        await store.Writer.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("update assignment set status = 'confirmed', decided_by = 'eve', decided_at = 1 where coder = 'eve' and confidence = 1", new { });
                await transaction.ExecuteAsync("update assignment set status = 'rejected', decided_by = 'eve', decided_at = 1 where coder = 'eve' and confidence = 0", new { });
                return await transaction.ExecuteAsync("delete from reading where coder = 'eve'", new { });
            },
            Cancellation);

        static CodedAnswer Decided(Uncoded answer)
        {
            var (code, sure) = answer.Text.Contains("tulips", StringComparison.Ordinal) ? ("garden", 1) : ("music", answer.Text.Contains("cello", StringComparison.Ordinal) ? 1 : 0);
            ImmutableArray<CodeAssignment> decided = [CodingStoreTests.Suggested(answer.Session, answer.Address, code) with { Coder = "eve", Confidence = sure }];
            return new CodedAnswer(answer.Session, answer.Address, answer.TextHash, decided);
        }
    }
}
