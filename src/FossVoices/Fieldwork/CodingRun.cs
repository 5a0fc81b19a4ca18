using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Exchange;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>What a coding run did.</summary>
/// <param name="Answers">How many answers were read; those read before by the same coder version are left out.</param>
/// <param name="Assignments">How many codes they were given.</param>
internal sealed record Coded(string Coder, string CoderVersion, int Answers, int Assignments);

/// <summary>
/// Runs the coders over the answers that their present version has not read. It can be stopped at any time and goes on where it was. Only the
/// pipeline's last word is kept, so that a code which it drops is not counted on the lexicon's word alone.
/// </summary>
/// <param name="codebooks">The codebooks that answers were read by, the present one last; none where that is not to be noted.</param>
internal sealed class CodingRun(CodingStore store, ImmutableArray<KeptCodebook> codebooks)
{
    private const int Batch = 500;

    private static readonly ImmutableArray<string> Pipelines = [LexiconCoder.Name, CombinedCoder.Name];

    /// <summary>The whole pipeline, learned from practice and from what people have decided so far; the lexicon alone while that is too little.</summary>
    /// <param name="practice">The study's practice answers.</param>
    /// <param name="learnFrom">The examples that a code needs before it is learned.</param>
    public async Task<ICoder> LearnAsync(string study, LexiconCoder lexicon, ImmutableArray<GoldAnswer> practice, int learnFrom, CancellationToken cancellationToken)
    {
        var answers = await store.DecidedAsync(study, cancellationToken);
        if (practice.Length + answers.Count < learnFrom)
            return lexicon;

        var assignments = (await store.AssignmentsAsync(study, cancellationToken)).ToLookup(assignment => (assignment.Session, assignment.Address));
        return CombinedCoder.Learn(
            lexicon,
            new Examples(practice, [.. answers.Select(answer => Example(answer, assignments[(answer.Session, answer.Address)], lexicon.Lexicon.Codebook))], learnFrom)).Pipeline;
    }

    /// <summary>Who codes the answers of a study: their authors by the tags they typed, and the pipeline.</summary>
    /// <inheritdoc cref="LearnAsync"/>
    public async Task<(AuthorCoder Author, ICoder Pipeline)> CodersAsync(
        string study, Lexicon lexicon, ImmutableArray<GoldAnswer> practice, int learnFrom, CancellationToken cancellationToken)
    {
        var pipeline = await LearnAsync(study, new LexiconCoder(lexicon), practice, learnFrom, cancellationToken);
        return (new AuthorCoder(lexicon), pipeline is LexiconCoder ? new LexiconCoder(lexicon, hearsTags: false) : pipeline);
    }

    /// <summary>Runs authors' coder and pipeline together: no tag of the codebook changes without the pipeline's version changing too.</summary>
    /// <returns>What the authors' coder did, in answers that hold a tag, and what the pipeline did.</returns>
    public async Task<ImmutableArray<Coded>> RunAsync(
        string study, (AuthorCoder Author, ICoder Pipeline) coders, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        var (author, answers, assignments) = ((ICoder)coders.Author, 0, 0);
        var machine = new Machine(author.Name, author.Version, Number, InPlaceOf: []);
        var recoding = new Recoding(codebooks, author);
        var pipeline = await RunAsync(study, coders.Pipeline, BeforeAsync, progress, cancellationToken);
        return [new Coded(author.Name, author.Version, answers, assignments), pipeline];

        async Task BeforeAsync(IReadOnlyList<Uncoded> batch)
        {
            var tagged = batch.Where(answer => answer.Text.Contains('#', StringComparison.Ordinal));
            ImmutableArray<CodedAnswer> coded = [.. tagged.Select(answer => Code(answer, author, recoding) with { IsNew = false })];
            if (!coded.IsEmpty)
                await store.SaveAsync(study, machine, coded, cancellationToken);
            answers += coded.Length;
            assignments += coded.Sum(c => c.Assignments.Length);
        }
    }

    /// <param name="progress">Hears how many answers have been read so far, of how many.</param>
    public Task<Coded> RunAsync(string study, ICoder coder, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken) =>
        RunAsync(study, coder, static _ => Task.CompletedTask, progress, cancellationToken);

    private int Number => codebooks.IsEmpty ? 0 : codebooks[^1].Number;

    /// <param name="before">What else is to be done with a batch, before it counts as read.</param>
    private async Task<Coded> RunAsync(
        string study, ICoder coder, Func<IReadOnlyList<Uncoded>, Task> before, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        var (answers, assignments) = (0, 0);
        var machine = new Machine(coder.Name, coder.Version, Number, await FormerAsync(study, coder, cancellationToken));
        var recoding = new Recoding(codebooks, coder);
        var all = progress is null ? 0 : await store.CountUncodedAsync(study, coder.Name, coder.Version, cancellationToken);

        // Answers that changed while they were read come back in another round; it ends when a round finds nothing to keep.
        for (var kept = 1; kept > 0;)
        {
            kept = 0;
            var after = ("", "");
            while (await store.UncodedAsync(study, coder.Name, coder.Version, after, Batch, cancellationToken) is { Count: > 0 } batch)
            {
                await before(batch);
                var coded = batch.Select(answer => Code(answer, coder, recoding)).ToImmutableArray();
                kept += await store.SaveAsync(study, machine, coded, cancellationToken);
                after = (batch[^1].Session, batch[^1].Address);
                answers += coded.Length;
                assignments += coded.Sum(c => c.Assignments.Length);
                progress?.Report((answers, Math.Max(answers, all)));
            }
        }

        return new Coded(coder.Name, coder.Version, answers, assignments);
    }

    /// <summary>The other pipeline, where it was there before.</summary>
    private async Task<ImmutableArray<string>> FormerAsync(string study, ICoder coder, CancellationToken cancellationToken)
    {
        var former = ImmutableArray.CreateBuilder<string>();
        foreach (var other in Pipelines.Contains(coder.Name) ? Pipelines.Remove(coder.Name) : [])
        {
            if (await store.HasReadAsync(study, other, cancellationToken))
                former.Add(other);
        }

        return former.ToImmutable();
    }

    private static CodedAnswer Code(Uncoded answer, ICoder coder, Recoding recoding)
    {
        var only = recoding.Of(answer);
        var found = only is { IsEmpty: true } ? [] : coder.Suggest(Heard(answer.Flow, answer.Text));
        return new CodedAnswer(
            answer.Session, answer.Address, answer.TextHash,
            [
                .. found.Where(suggestion => only?.Contains(suggestion.Code) != false)
                    .Select(suggestion => CodeAssignment.From(suggestion, answer.Session, answer.Address, coder.Name, coder.Version)),
            ])
        {
            Only = only,
            IsNew = answer.ReadBy is null,
        };
    }

    /// <summary>
    /// Whoever decided about one code of an answer has read it, so a code that nobody named does not apply. Where a machine's suggestion still
    /// waits, a decision was made under an older definition, or people went through the codes before one was added, nothing is known of it. What two people
    /// settled goes before what either of them said.
    /// </summary>
    private static GoldAnswer Example(DecidedAnswer answer, IEnumerable<CodeAssignment> assignments, Codebook codebook)
    {
        var all = assignments.ToArray();
        var people = all.Where(assignment => !Coders.IsMachine(assignment.Coder)).ToArray();
        if (people.Any(assignment => assignment.Coder == Coders.Gold))
            all = people = [.. people.Where(assignment => assignment.Coder == Coders.Gold)];
        var named = people.Select(assignment => assignment.Code).ToHashSet(StringComparer.Ordinal);
        var wentThrough = people.Any(assignment => assignment.CoderVersion.StartsWith(CodeAssignment.ByDefinition, StringComparison.Ordinal));
        var added = wentThrough ? codebook.Given.Select(code => code.Id).Where(code => !named.Contains(code)) : [];
        var byStatus = all
            .Select(assignment => (assignment.Status, Code: codebook.WithId(assignment.Code) is { } code ? codebook.Counted(code)?.Id : null))
            .Where(assignment => assignment.Code is not null)
            .ToLookup(assignment => assignment.Status, assignment => assignment.Code!);
        var given = byStatus[AssignmentStatus.Confirmed].Concat(byStatus[AssignmentStatus.Gold]).ToImmutableHashSet(StringComparer.Ordinal);
        var open = byStatus[AssignmentStatus.Suggested].Concat(byStatus[AssignmentStatus.Stale]).Except(byStatus[AssignmentStatus.Rejected], StringComparer.Ordinal);
        return new GoldAnswer(
            $"{answer.Session}/{answer.Address}", Heard(answer.Flow, answer.Text), given, open.Concat(added).ToImmutableHashSet(StringComparer.Ordinal).Except(given), answer.Respondent);
    }

    /// <summary>An editor's note in a transcript is nobody's answer.</summary>
    private static string Heard(string flow, string text) => flow == Session.ImportedFlow ? TranscriptReader.WithoutNotes(text) : text;
}
