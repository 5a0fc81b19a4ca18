namespace FossVoices.Flows;

/// <summary>
/// Estimates what answering costs: reading silently at 238 words a minute (Brysbaert 2019), typing on a phone at 36 words a
/// minute (Palin et al. 2019), and 4 seconds to find an answer and tap it.
/// </summary>
/// <param name="consent">What was read before the first question.</param>
internal sealed class Effort(string consent)
{
    private const double WordsRead = 238;
    private const double WordsTyped = 36;
    private const double SecondsToTap = 4;

    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private double _minutes = (WordCount.Of(consent) / WordsRead) + (SecondsToTap / 60);

    /// <summary>The taps so far, those of consent left out.</summary>
    public int Taps { get; private set; }

    public double Minutes => _minutes + (Taps * SecondsToTap / 60);

    public void Read(string text) => _minutes += WordCount.Of(text) / WordsRead;

    public void Add(Prompt prompt, Reply reply)
    {
        foreach (var line in prompt.Before)
            Read(line);
        Read(prompt.Ask);
        // The labels of a scale are read once, and known from then on.
        foreach (var option in prompt.Control switch { Control.OneOf c => c.Options, Control.SomeOf c => c.Options, Control.Order c => c.Options, _ => [] })
        {
            if (_labels.Add(option.Label))
                Read(option.Label);
        }

        var (taps, typed) = reply switch
        {
            Reply.Chose(var ids) => (prompt.Control is Control.OneOf ? 1 : ids.Length + 1, 0),
            Reply.Said(var text) => (1, WordCount.Of(text)),
            _ => (1, 0),
        };
        Taps += taps;
        _minutes += typed / WordsTyped;
    }
}
