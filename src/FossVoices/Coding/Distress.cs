using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Coding;

/// <summary>
/// Hears when somebody's own words sound like a crisis: self-harm, not wanting to live, despair. Then the study's help text is shown
/// and nothing more is asked.
/// It is no diagnosis and no code, and is neither stored nor reported. Showing help to someone who needs none does little harm, so a
/// joke may be taken for earnest; talk of software that is killed or dies may not.
/// </summary>
internal sealed class Distress
{
    private static readonly ImmutableArray<string> Phrases =
    [
        "kill|harm|hurt|hurting|cutting myself", "end|ending|take|taking my life", "end|take|ending|taking my own life", "end it all",
        "suicide", "suicidal", "self harm", "self injury", "want|wish to die", "rather be dead", "better off dead",
        "better off without me", "wish i dead|gone", "wish i never born", "not want to live|exist", "not want to be here|alive anymore",
        "not want to be here|alive any more", "no reason to live", "no reason to go on", "no point in living", "not worth living",
        "tired of living|life", "cannot go on like this", "cannot go on anymore|living", "cannot go on any more",
        "cannot take|bear|stand it anymore", "cannot take|bear|stand it any more", "no hope left", "feel|feeling hopeless|worthless",
        "i hopeless|worthless", "hate myself", "disappear forever", "never wake up again", "nervous|mental breakdown",
        "have|having|near breakdown", "panic attack", "cry every day|night", "cry myself to sleep", "cannot|not stop crying",
        "could not stop crying", "in despair", "i desperate", "i|me|so depressed", "my depression", "overdose",
        "thoughts of dying|death",
    ];

    private static readonly ImmutableArray<string> Guards =
    [
        "suicide burn", "suicide linux", "process|thread|server|daemon commit suicide", "career|political|commercial suicide",
        "kill myself laughing", "hurt myself laughing", "sudden death", "death march", "have breakdown of",
        "breakdown of cost|costs|numbers|time",
    ];

    private readonly Lexicon _lexicon = new(new Codebook("distress", 1,
    [
        new Code
        {
            Id = "distress",
            Label = "Distress",
            Brief = "Words of somebody in a crisis.",
            Indicators = [new Indicator("distress", Phrases, null, Guards, Confidence.Sure)],
        },
    ]));

    /// <summary>Whether these words sound like a crisis of the person who wrote them, or of one they speak of.</summary>
    public bool IsHeardIn(ReadOnlySpan<char> answer)
    {
        var heard = new Rented<Heard>(4);
        _lexicon.Hear(answer[..Math.Min(answer.Length, LexiconCoder.LongestText)], ref heard);
        var any = heard.Count > 0;
        heard.Dispose();
        return any;
    }
}
