using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Coding;

/// <summary>What a learning coder learns from.</summary>
/// <param name="Practice">Invented answers that the codebook's authors coded; they teach what a code sounds like before anybody has coded a real answer.</param>
/// <param name="People">Real answers with the codes that people gave them; codes on which they differ are left out.</param>
/// <param name="LearnFrom">How many examples of either kind a code needs before it is learned.</param>
internal sealed record Examples(ImmutableArray<GoldAnswer> Practice, ImmutableArray<GoldAnswer> People, int LearnFrom)
{
    /// <summary>Practice first.</summary>
    public IEnumerable<GoldAnswer> All => Practice.Concat(People);
}
