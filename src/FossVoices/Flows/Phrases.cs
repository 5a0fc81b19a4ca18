using System.Globalization;

namespace FossVoices.Flows;

/// <summary>The engine's own sentences to the people who answer.</summary>
public static class Phrases
{
    /// <summary>A refusal, in words that say what to do.</summary>
    public static string Of(Refusal refusal) => refusal switch
    {
        Refusal.NoOption => "Please choose one of the answers shown, or skip the question.",
        Refusal.TooFew(1) => "Please choose at least one, or skip the question.",
        Refusal.TooFew(var least) => $"Please choose at least {least}, or skip the question.",
        Refusal.TooMany(var most) => $"Please choose up to {most}.",
        Refusal.Empty => "There is nothing in the answer yet. Please write a few words, or skip the question.",
        Refusal.TooLong(var length, var most) => string.Create(CultureInfo.InvariantCulture,
            $"Your answer has {length:N0} characters and up to {most:N0} can be kept. Please shorten it; nothing of it has been stored yet."),
        Refusal.NoNumber => "Please answer with a number, such as 3.",
        Refusal.OutOfRange(var least, var most) => string.Create(CultureInfo.InvariantCulture, $"Please answer with a number from {least} to {most}."),
        Refusal.NothingBefore => "This is the first question.",
        Refusal.NotAsked => "You have not been asked that, so there is nothing to change.",
        Refusal.NothingOpen => "You have answered everything. You can still change an answer or withdraw.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
