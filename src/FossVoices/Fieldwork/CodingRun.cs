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
internal sealed class CodingRun(CodingStore store)
{
    private const int Batch = 500;

    private static readonly ImmutableArray<string> Pipelines = [LexiconCoder.Name, CombinedCoder.Name];

    /// <summary>The whole pipeline, learned from what people have decided so far; the lexicon alone while that is too little.</summary>
    /// <param name="learnFrom">The examples that a code needs before it is learned.</param>
    public async Task<ICoder> LearnAsync(string study, LexiconCoder lexicon, int learnFrom, CancellationToken cancellationToken)
    {
        var answers = await store.DecidedAsync(study, cancellationToken);
        if (answers.Count < learnFrom)
            return lexicon;

        var assignments = (await store.AssignmentsAsync(study, cancellationToken)).ToLookup(assignment => (assignment.Session, assignment.Address));
        return CombinedCoder.Learn(lexicon, [.. answers.Select(answer => Example(answer, assignments[(answer.Session, answer.Address)], lexicon.Lexicon.Codebook))], learnFrom);
    }

    /// <param name="progress">Hears how many answers have been read so far.</param>
    public async Task<Coded> RunAsync(string study, ICoder coder, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var (answers, assignments) = (0, 0);
        var former = Pipelines.Remove(coder.Name);
        while (await store.UncodedAsync(study, coder.Name, coder.Version, Batch, cancellationToken) is { Count: > 0 } batch)
        {
            var coded = batch.Select(answer => Code(answer, coder)).ToImmutableArray();
            await store.SaveAsync(study, coder.Name, coder.Version, coded, former, cancellationToken);
            answers += coded.Length;
            assignments += coded.Sum(c => c.Assignments.Length);
            progress?.Report(answers);
        }

        return new Coded(coder.Name, coder.Version, answers, assignments);
    }

    private static CodedAnswer Code(Uncoded answer, ICoder coder) => new(
        answer.Session, answer.Address, answer.TextHash,
        [.. coder.Suggest(Heard(answer.Flow, answer.Text)).Select(s => CodeAssignment.From(s, answer.Session, answer.Address, coder.Name, coder.Version))]);

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
