using System.Collections.Immutable;

namespace FossVoices.Exchange;

/// <summary>An interview as written down: who said what, turn by turn.</summary>
/// <param name="Name">The file's name; a transcript imported again under the same name replaces itself.</param>
internal sealed record Transcript(string Name, ImmutableArray<SpokenTurn> Turns)
{
    /// <summary>Everyone who speaks, in order of first appearance.</summary>
    public ImmutableArray<string> Speakers => [.. Turns.Select(t => t.Speaker).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// What the narrators answered: each of their turns with what the interviewers said since the narrator's turn before. Turns that hold
    /// nothing beside quotations and notes are no answers.
    /// </summary>
    /// <param name="interviewers">Who asks and does not answer.</param>
    /// <param name="narrators">When any are given, only these are kept.</param>
    public ImmutableArray<NarratedTurn> Answers(IReadOnlySet<string> interviewers, IReadOnlySet<string> narrators)
    {
        var answers = ImmutableArray.CreateBuilder<NarratedTurn>();
        var question = new List<string>();
        foreach (var turn in Turns)
        {
            if (interviewers.Contains(turn.Speaker))
            {
                if (turn.Words.Length > 0)
                    question.Add(turn.Words);
            }
            else if (!string.IsNullOrWhiteSpace(TranscriptReader.WithoutNotes(turn.Words)) && (narrators.Count == 0 || narrators.Contains(turn.Speaker)))
            {
                answers.Add(new NarratedTurn(turn.Speaker, turn.Line, string.Join("\n\n", question), turn.Words));
                question.Clear();
            }
        }

        return answers.ToImmutable();
    }
}

/// <summary>One speaker's turn.</summary>
/// <param name="Speaker">The name in capitals.</param>
/// <param name="Line">Where it begins in the file, counted from 1.</param>
/// <param name="Words">What was said, without quotations and headings; paragraphs are parted by an empty line.</param>
internal sealed record SpokenTurn(string Speaker, int Line, string Words);

/// <summary>One answer of a narrator, with the question that preceded.</summary>
internal sealed record NarratedTurn(string Narrator, int Line, string Question, string Words);
