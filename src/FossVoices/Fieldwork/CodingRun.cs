using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Exchange;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>What a coding run did.</summary>
/// <param name="Answers">How many answers were read; those read before by the same coder version are left out.</param>
/// <param name="Assignments">How many codes they were given.</param>
internal sealed record Coded(string Coder, string CoderVersion, int Answers, int Assignments);

/// <summary>Runs a coder over the answers that its present version has not read. It can be stopped at any time and goes on where it was.</summary>
internal sealed class CodingRun(CodingStore store)
{
    private const int Batch = 500;

    /// <param name="progress">Hears how many answers have been read so far.</param>
    public async Task<Coded> RunAsync(string study, LexiconCoder coder, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var (answers, assignments) = (0, 0);
        while (await store.UncodedAsync(study, LexiconCoder.Name, coder.Version, Batch, cancellationToken) is { Count: > 0 } batch)
        {
            var coded = batch.Select(answer => Code(answer, coder)).ToImmutableArray();
            await store.SaveAsync(study, LexiconCoder.Name, coder.Version, coded, cancellationToken);
            answers += coded.Length;
            assignments += coded.Sum(c => c.Assignments.Length);
            progress?.Report(answers);
        }

        return new Coded(LexiconCoder.Name, coder.Version, answers, assignments);
    }

    private static CodedAnswer Code(Uncoded answer, LexiconCoder coder)
    {
        // An editor's note in a transcript is nobody's answer.
        var heard = answer.Flow == Session.ImportedFlow ? TranscriptReader.WithoutNotes(answer.Text) : answer.Text;
        return new CodedAnswer(answer.Session, answer.Address, answer.TextHash,
            [.. coder.Suggest(heard).Select(s => CodeAssignment.From(s, answer.Session, answer.Address, LexiconCoder.Name, coder.Version))]);
    }
}
