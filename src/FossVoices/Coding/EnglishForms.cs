using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>
/// What the stemmer does not know of English: contractions, irregular verbs, the two spellings, and words that carry nothing.
/// </summary>
internal static class EnglishForms
{
    /// <summary>
    /// Passed over in texts and phrases alike, so that "one person has the keys" and "one person really has all keys" meet.
    /// </summary>
    public static readonly FrozenSet<string> Light = Split("""
        a an the am is are was were be been being um uh erm er ah oh hmm mm very really actually basically literally
        simply quite pretty totally completely honestly probably
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Words whose stem would fall together with another word's: "timely" with "time", "succession" with "success", "friendly" with
    /// "friend".
    /// </summary>
    public static readonly FrozenSet<string> AsTheyAre = Split("""
        maintainer developer nobody everyone someone anyone timely success succession successor friend friendly unfriendly
        friendship organic organization organizational localization marketing market responsible responsibility responsive
        unresponsive government govern governance availability available usability usable designer manager management
        administrator administrative administration inviting feelings personal personally universal university thankful
        thankless politics policy news legal emotional emotion business busy authority employer installer transition
        accounting account hospital hospitable aws fastly magically tooling sustained direction careful emergency
        excitement outsider
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Contractions, also as they are typed without an apostrophe. The auxiliary is kept where it means something.</summary>
    public static readonly FrozenDictionary<string, ImmutableArray<string>> Contractions = ContractionTable();

    /// <summary>The plain form, then what is brought to it.</summary>
    private static readonly string[] Families =
    [
        "think thought", "know knew known", "give gave given", "pay paid", "burn burnt", "take took taken", "go went gone goes",
        "run ran", "keep kept", "leave left", "make made", "do did done does", "have had has", "get got gotten", "say said",
        "tell told", "feel felt", "find found", "break broke broken", "grow grew grown", "build built", "write wrote written",
        "see saw seen", "hear heard", "meet met", "hold held", "lose lost", "choose chose chosen", "come came", "become became",
        "begin began begun", "mean meant", "buy bought", "bring brought", "catch caught", "draw drew drawn", "drive drove driven",
        "fall fell fallen", "forget forgot forgotten", "hide hid hidden", "lead led", "rewrite rewrote rewritten", "send sent",
        "sell sold", "show shown", "speak spoke spoken", "spend spent", "stand stood", "steal stole stolen", "teach taught",
        "understand understood", "wear wore worn", "win won", "sleep slept", "owe owes owed", "die dying dies died",
        "person people persons folks folk guys ppl", "everyone everybody", "someone somebody", "anyone anybody", "woman women",
        "child children kids kid", "license licence licenses licences licensed licenced", "behavior behaviour", "labor labour",
        "program programme", "center centre", "favor favour", "honor honour", "success successes", "authority authorities",
        "business businesses", "employer employers", "installer installers", "transition transitions", "account accounts",
        "friend friends", "organic organically", "organization organizations organisation organisations", "market markets",
        "responsibility responsibilities", "responsive responsiveness", "designer designers", "manager managers",
        "administrator administrators admins", "emotion emotions", "policy policies", "government governments",
        "maintainer maintainers", "outsider outsiders", "repository repo repos repositories", "developer developers dev devs",
    ];

    private static readonly FrozenDictionary<string, string> Irregular = Families
        .Select(Split)
        .SelectMany(forms => forms.Skip(1).Select(form => KeyValuePair.Create(form, forms[0])))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word that stands for this one, before stemming: the plain form of an irregular verb, the American spelling.</summary>
    public static string Brought(string word)
    {
        if (Irregular.TryGetValue(word, out var plain))
            return plain;

        // organise, organisation → organize, organization. Words that are always spelt with s change too, on both sides, and still meet.
        foreach (var ending in (ReadOnlySpan<string>)["isation", "isations", "ise", "ised", "ises", "ising"])
        {
            if (word.Length > ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal))
                return string.Concat(word.AsSpan(0, word.Length - ending.Length), "iz", ending.AsSpan(2));
        }

        return word;
    }

    private static FrozenDictionary<string, ImmutableArray<string>> ContractionTable()
    {
        var table = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var dropped in Split("do does did is are was were have has had ai"))
            Add(dropped + "n't", dropped + "nt", ["not"]);
        foreach (var kept in Split("would could should must need might"))
            Add(kept + "n't", kept + "nt", [kept, "not"]);
        Add("can't", "cant", ["can", "not"]);
        Add("won't", null, ["will", "not"]); // "wont" without the apostrophe is nearly always meant so, but it is a word.
        Add("shan't", "shant", ["shall", "not"]);
        Add("cannot", null, ["can", "not"]);
        Add("let's", "lets", ["let"]);
        Add("gonna", null, ["go", "to"]);
        Add("wanna", null, ["want", "to"]);
        Add("gotta", null, ["get", "to"]);
        Add("noone", null, ["nobody"]);
        Add("opensource", null, ["open", "sourc"]);
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string spelt, string? typed, ImmutableArray<string> forms)
        {
            table[spelt] = forms;
            if (typed is not null)
                table[typed] = forms;
        }
    }

    private static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
