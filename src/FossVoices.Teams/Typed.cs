using System.Collections.Frozen;
using FossVoices.Flows;

namespace FossVoices.Teams;

/// <summary>A command as people type it: <c>/voices mydata</c>, without the slash (which Teams keeps for itself), or the one word alone.</summary>
/// <param name="Rest">What stands after the command.</param>
/// <param name="IsBare">Whether it is one word alone, which may be an answer as well.</param>
internal sealed record Typed(Act Act, string Rest, bool IsBare)
{
    /// <summary>Words that are understood after <c>voices</c> in every language, as everywhere else.</summary>
    private static readonly FrozenDictionary<string, Act> s_words = new Dictionary<string, Act>(StringComparer.OrdinalIgnoreCase)
    {
        ["start"] = Act.Show,
        ["resume"] = Act.Resume,
        ["pause"] = Act.Pause,
        ["skip"] = Act.Skip,
        ["back"] = Act.Back,
        ["change"] = Act.Back,
        ["mydata"] = Act.Mine,
        ["withdraw"] = Act.Withdraw,
        ["delete"] = Act.Withdraw,
        ["language"] = Act.Language,
        ["words"] = Act.Words,
        ["feedback"] = Act.Feedback,
        ["code"] = Act.Code,
        ["remind"] = Act.Remind,
        ["stop"] = Act.Forget,
        ["help"] = Act.Help,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentences that list, divided by commas, what each act is called when it is typed alone.</summary>
    private static readonly (string Key, Act Act)[] s_bare =
    [
        ("word_start", Act.Show), ("word_resume", Act.Resume), ("word_pause", Act.Pause), ("word_skip", Act.Skip), ("word_back", Act.Back), ("word_mine", Act.Mine),
        ("word_withdraw", Act.Withdraw), ("word_help", Act.Help), ("word_language", Act.Language), ("word_feedback", Act.Feedback), ("word_remind", Act.Remind),
    ];

    /// <summary>What was meant; null where the text is no command, but an answer.</summary>
    /// <param name="language">In which single words are understood, beside English.</param>
    public static Typed? Read(string text, string language)
    {
        var parts = text.Trim().Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var command, ..] && (Is(command, "/voices") || Is(command, "voices")))
        {
            // "Voices of users go unheard" is an answer; "/voices of users" can only be a command.
            if (parts is [_, var word, ..] && s_words.TryGetValue(word, out var act))
                return new Typed(act, parts.Length > 2 ? parts[2].Trim() : "", IsBare: false);
            return parts.Length == 1 ? new Typed(Act.Show, "", IsBare: false) : command[0] == '/' ? new Typed(Act.Help, "", IsBare: false) : null;
        }

        if (parts is not [var alone])
            return null;
        foreach (var (key, act) in s_bare)
        {
            if (Lists(language, key, alone) || Lists(Wording.Original, key, alone))
                return new Typed(act, "", IsBare: true);
        }

        return null;
    }

    private static bool Lists(string language, string key, string word) =>
        Sentences.Say(language, key).Split(',', StringSplitOptions.TrimEntries).Any(known => Is(known, word.TrimEnd('.', '!', '?').TrimStart('/')));

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
