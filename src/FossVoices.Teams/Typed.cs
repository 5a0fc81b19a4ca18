using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Teams.Cards;

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

    /// <summary>The same as a card would carry it.</summary>
    public Given Given(Desk desk) => new(
        Act == Act.Withdraw && Is(Rest, "yes") ? Act.Delete : Act, desk.Study, desk.Flow, Asked: null, desk.Chosen, Rest, ImmutableDictionary<string, string>.Empty);

    /// <summary>What was agreed to about quotes, where typed words agree; null where they don't. Whoever says nothing about quotes is not quoted.</summary>
    public static string? Agreement(Outcome.Consent consent, string text)
    {
        var agree = consent.Words.Agree;
        if (Is(text.Trim(), agree))
            return "";
        if (!text.StartsWith(agree, StringComparison.OrdinalIgnoreCase) || consent.Words.Quotes is not { Options: var options })
            return null;
        var rest = text[agree.Length..].Trim(' ', ',', '.', ':');
        return options.FirstOrDefault(option => Is(option.Label, rest) || Is(option.Id, rest))?.Id
            ?? (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= options.Length ? options[number - 1].Id : null);
    }

    /// <summary>Whether a text is one of the answers that can be chosen.</summary>
    public static bool IsOption(Control control, string text)
    {
        var (options, apart) = control switch
        {
            Control.OneOf(var some, var other, _) => (some, other),
            Control.SomeOf(var some, _, _) => (some, null),
            Control.Order(var some, _) => (some, null),
            _ => ([], null),
        };
        return options.Append(apart).Any(option => option is not null && Is(option.Label, text.Trim()));
    }
}
