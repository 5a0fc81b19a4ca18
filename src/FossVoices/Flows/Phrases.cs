using System.Globalization;

namespace FossVoices.Flows;

/// <summary>The engine's own sentences: to the people who answer, and in the reports that their words stand in.</summary>
public static class Phrases
{
    /// <summary>The sentences, in the files beside this one.</summary>
    internal static Wording Wording { get; } = Wording.Of(typeof(Phrases).Assembly, "FossVoices.Flows.Phrases");

    /// <summary>A refusal, in words that say what to do.</summary>
    /// <param name="language">The language of whoever answers.</param>
    public static string Of(Refusal refusal, string language = Wording.Original) => refusal switch
    {
        Refusal.NoOption => Wording.Say(language, "no_option"),
        Refusal.TooFew(1) => Wording.Say(language, "too_few_one"),
        Refusal.TooFew(var least) => Wording.Say(language, "too_few", ("least", Number(least))),
        Refusal.TooMany(var most) => Wording.Say(language, "too_many", ("most", Number(most))),
        Refusal.Empty => Wording.Say(language, "empty"),
        Refusal.TooLong(var length, var most) => Wording.Say(language, "too_long", ("length", Count(length, language)), ("most", Count(most, language))),
        Refusal.NoNumber => Wording.Say(language, "no_number"),
        Refusal.OutOfRange(var least, var most) => Wording.Say(language, "out_of_range", ("least", Number(least)), ("most", Number(most))),
        Refusal.InPart(_, var why) => Of(why, language),
        Refusal.NothingBefore => Wording.Say(language, "nothing_before"),
        Refusal.NotAsked => Wording.Say(language, "not_asked"),
        Refusal.NothingOpen => Wording.Say(language, "nothing_open"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal static string Say(string language, string key, params ReadOnlySpan<(string Name, string Value)> places) => Wording.Say(language, key, places);

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(int number, string language) => number.ToString("N0", CultureInfo.GetCultureInfo(language));
}
