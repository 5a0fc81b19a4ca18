namespace FossVoices.Channels;

/// <summary>The participant's command as typed text, for wherever there are no commands to choose from.</summary>
public static class TypedCommand
{
    /// <summary>The word that stops reminders, said in every reminder.</summary>
    public const string Stop = "/voices stop";

    /// <summary>What was meant; null where the text is no command, but an answer.</summary>
    /// <param name="address">How the person can be written to, for <c>remind</c>; null where nobody can.</param>
    public static Said? Read(string text, string? address = null)
    {
        if (text.Trim().Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries) is not [var command, .. var rest] || !Is(command, "/voices"))
            return null;

        var argument = rest.Length > 1 ? rest[1].Trim() : "";
        return rest is [var word, ..] ? word.ToLowerInvariant() switch
        {
            "start" => new Said.Hello(argument.Length > 0 ? argument : null),
            "resume" => new Said.Answer(new Flows.Reply.Resume()),
            "pause" => new Said.Answer(new Flows.Reply.Pause()),
            "mydata" => new Said.MyData(),
            "withdraw" => new Said.Withdraw(),
            "words" => Words(argument),
            "language" => new Said.Language(argument),
            "feedback" => new Said.Feedback(argument),
            "code" => new Said.Attest(argument),
            "remind" when address is not null => new Said.Remind(address),
            "stop" => new Said.NoReminder(),
            _ => new Said.Help(),
        } : new Said.Hello();
    }

    /// <summary><c>words</c>, <c>words N RELEASE [NAME]</c>, <c>words N hide PHRASE</c>, <c>words N change TEXT</c>, <c>words N cut</c>, <c>words N yes</c>, <c>words N no</c>, <c>words N reply TEXT</c>; <c>all</c> for every N.</summary>
    private static Said Words(string argument)
    {
        var parts = argument.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            return new Said.Words();
        var (which, rest) = (parts[0].ToLowerInvariant(), parts.Length > 2 ? parts[2].Trim() : "");
        return parts[1].ToLowerInvariant() switch
        {
            "hide" => new Said.Release(which, "", Also: rest),
            "change" when rest.Length > 0 && which != "all" => new Said.Release(which, "", Text: rest),
            "cut" when which != "all" => new Said.Release(which, "", Text: ""),
            "yes" when which != "all" => new Said.Approve(which, Yes: true),
            "no" when which != "all" => new Said.Approve(which, Yes: false),
            "reply" when rest.Length > 0 && which != "all" => new Said.Approve(which, Yes: true, rest),
            "change" or "cut" or "yes" or "no" or "reply" => new Said.Words(),
            var level => new Said.Release(which, level, rest),
        };
    }

    private static bool Is(string typed, string word) => string.Equals(typed, word, StringComparison.OrdinalIgnoreCase);
}
