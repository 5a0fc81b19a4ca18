using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Looks for each part that a consent text must have, by words that tell of it. It finds what was forgotten, and judges nothing.</summary>
internal static class ConsentCheck
{
    /// <summary>Signs that are the same in every language.</summary>
    private static readonly ImmutableArray<(string Part, ImmutableArray<string> Signs)> s_everywhere =
    [
        ("until when answers are kept", ["{retention_date}"]),
        ("how to withdraw", ["/voices withdraw"]),
        ("whom to ask", ["@", "http"]),
    ];

    private static readonly ImmutableArray<(string Part, ImmutableArray<string> Signs)> s_english =
    [
        ("who asks", ["who asks", "we are", "we study", "asked by", "run by"]),
        ("why", ["why", "to learn", "to find out", "we want to", "purpose"]),
        ("how long it takes", ["minute"]),
        ("that taking part is voluntary", ["voluntary", "stop at any time", "free to", "need not"]),
        ("what cannot be undone", ["cannot be undone", "can't be undone", "already posted", "once posted"]),
        ("who reads the words", ["who reads", "read by", "reads your", "will read"]),
        ("which ethics review it had, or that it had none", ["ethics", "review board", "irb"]),
    ];

    private static readonly ImmutableArray<(string Part, ImmutableArray<string> Signs)> s_french =
    [
        ("who asks", ["qui pose", "qui demande", "nous sommes", "menée par", "mené par"]),
        ("why", ["pourquoi", "pour savoir", "pour comprendre", "nous voulons", "but de"]),
        ("how long it takes", ["minute"]),
        ("that taking part is voluntary", ["volontaire", "facultati", "libre", "à tout moment"]),
        ("what cannot be undone", ["ne peut être annulé", "ne peut pas être annulé", "irréversible", "déjà publié", "déjà été publié"]),
        ("who reads the words", ["qui lit", "qui lira", "lus par", "lues par", "sera lu"]),
        ("which ethics review it had, or that it had none", ["éthique"]),
    ];

    /// <param name="at">Where the text stands.</param>
    public static void Check(Flow flow, Position at, Problems problems)
    {
        var text = flow.Consent.Text.Source;
        if (text.Length == 0)
            return; // A missing text is complained of as such.

        var own = flow.Language.Split('-')[0].ToLowerInvariant() switch { "en" => s_english, "fr" => s_french, _ => [] };
        foreach (var (part, signs) in s_everywhere.AddRange(own))
        {
            if (!signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase)))
                problems.Warning("FV024", at, $"the consent text does not seem to say {part}", $"say it, with words such as {string.Join(" or ", signs.Take(2).Select(s => $"'{s}'"))}");
        }
    }
}
