using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>Who coded what of a study, as agreement is computed from it.</summary>
/// <param name="Read">Coder and answer, <c>session/address</c>.</param>
/// <param name="SideOf">By answer <c>upstream</c>, <c>downstream</c> or empty.</param>
internal sealed record StudyCodings(
    ImmutableArray<CodeAssignment> Assignments, ImmutableArray<(string Coder, string Answer)> Read, ImmutableDictionary<string, string> SideOf)
{
    public static async Task<StudyCodings> OfAsync(Database database, string study, CancellationToken cancellationToken)
    {
        var answers = await new ReviewStore(database).AnswersAsync(study, cancellationToken);
        var assignments = await CodingStore.AssignmentsAsync(database, study, cancellationToken);
        var read = await CodingStore.ReadAsync(database, study, cancellationToken);
        return new StudyCodings(
            assignments, [.. read.Select(reading => (reading.Coder, $"{reading.Session}/{reading.Address}"))],
            answers.ToImmutableDictionary(answer => answer.Id, answer => answer.Side, StringComparer.Ordinal));
    }

    /// <summary>How far each code that can be given is to be relied on, in the order of the codebook.</summary>
    public ImmutableArray<CodeReliability> Reliability(Codebook codebook) =>
        CodeReliability.Of(Assignments, Read, SideOf.GetValueOrDefault, [.. codebook.Given.Select(code => code.Id)]);
}
