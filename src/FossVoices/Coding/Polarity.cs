namespace FossVoices.Coding;

/// <summary>
/// How the words are meant that point to a code. A negated hit still is about the code ("I never worry about the bus factor"), so it
/// is kept and marked.
/// </summary>
internal enum Polarity
{
    Asserted,
    Negated,

    /// <summary>Supposed or feared, not said to be so: "if Ana left".</summary>
    Hypothetical,

    /// <summary>Said of somebody else: "she was worn out".</summary>
    OtherPerson,
}

/// <summary>
/// Decides polarity by the words before a hit, after NegEx (Chapman et al. 2001): a negation reaches five words within its clause, a
/// supposition ten words within its sentence,
/// and the last person named before the hit is the one it is said of.
/// </summary>
internal sealed class PolarityCues
{
    private const int NegationReach = 5;
    private const int SuppositionReach = 10;
    private const int PersonReach = 8;

    private const string Negations = "no not never without hardly neither nor nobody none nothing rarely";
    private const string Turns = "but although though however except yet";
    private const string Suppositions = "if unless imagine suppose hypothetically might whether";
    private const string Selves = "i we me us my our mine ours myself ourselves";
    private const string Others = "he she they him her them his their hers theirs himself herself themselves someone";

    private readonly Cue[] _cues;

    /// <param name="vocabulary">While it is still learning.</param>
    public PolarityCues(Vocabulary vocabulary)
    {
        var cues = new List<(int Number, Cue Cue)>();
        Learn(Negations, Cue.Negation);
        Learn(Turns, Cue.Turn);
        Learn(Suppositions, Cue.Supposition);
        Learn(Selves, Cue.Self);
        Learn(Others, Cue.Other);
        _cues = new Cue[cues.Max(cue => cue.Number) + 1];
        foreach (var (number, cue) in cues)
            _cues[number] = cue;

        void Learn(string words, Cue cue)
        {
            foreach (var word in words.Split(' '))
                cues.Add((vocabulary.Learn(word).First, cue));
        }
    }

    private enum Cue : byte
    {
        None,
        Negation,
        Turn,
        Supposition,
        Self,
        Other,
    }

    public Polarity Of(ReadOnlySpan<HeardWord> words, int from)
    {
        var (person, supposed, closed) = (Cue.None, false, false);
        for (var back = 1; back <= SuppositionReach && from - back >= 0 && words[from - back].Sentence == words[from].Sentence; back++)
        {
            var word = words[from - back];
            closed |= word.Clause != words[from].Clause;
            switch (CueOf(word.Number))
            {
                case Cue.Turn:
                    closed = true;
                    break;
                case Cue.Negation when !closed && back <= NegationReach:
                    return Polarity.Negated;
                case Cue.Supposition:
                    supposed = true;
                    break;
                case (Cue.Self or Cue.Other) and var whose when person == Cue.None && back <= PersonReach:
                    person = whose;
                    break;
            }
        }

        return supposed ? Polarity.Hypothetical : person == Cue.Other ? Polarity.OtherPerson : Polarity.Asserted;
    }

    private Cue CueOf(int number) => number < _cues.Length ? _cues[number] : Cue.None;
}
