using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>What must come of a case.</summary>
/// <param name="Probes">The probes in the order in which they come; null where the case says nothing of them.</param>
/// <param name="Texts">What questions must say to the letter, by address.</param>
internal sealed record Expectation(
    ImmutableArray<string> Asked, ImmutableArray<string> NotAsked, ImmutableArray<string>? Probes, ImmutableArray<KeyValuePair<string, string>> Texts);

/// <summary>One case of a study's own tests: what somebody answers, and what must be asked of them.</summary>
/// <param name="At">Where it stands in its file.</param>
/// <param name="Answers">By address; what is not listed is skipped.</param>
/// <param name="Coded">The codes to be heard in answers, by address.</param>
internal sealed record ScriptedCase(
    string Name, Position At, ImmutableDictionary<string, Reply> Answers, ImmutableDictionary<string, ImmutableArray<string>> Coded, Expectation Expected)
{
    /// <summary>Plays the case with what one seed draws.</summary>
    public CasePlay Play(Flow flow, long seed, Facts facts)
    {
        var asked = new List<(string Address, string Text)>();
        var progress = Progress.Begin(flow, seed);
        while (Prompting.Standing(flow, progress, facts) is { } prompt)
        {
            asked.Add((prompt.Address, prompt.Ask));
            var turn = FlowEngine.Take(flow, progress, Answers.GetValueOrDefault(prompt.Address, new Reply.Skip()), HeardIn(prompt.Address), DateTimeOffset.UnixEpoch);
            if (turn is Turn.Refused(_, var why))
                return new CasePlay(this, seed, [.. asked.Select(a => a.Address)], [$"the answer to '{prompt.Address}' was not taken: {Phrases.Of(why)}"]);
            progress = turn.Progress;
        }

        var texts = asked.ToDictionary(a => a.Address, a => a.Text, StringComparer.Ordinal);
        return new CasePlay(this, seed, [.. asked.Select(a => a.Address)], [.. Wrong(texts, [.. asked.Select(a => a.Address)])]);
    }

    private IEnumerable<string> Wrong(Dictionary<string, string> texts, ImmutableArray<string> asked)
    {
        foreach (var address in Expected.Asked.Where(a => !IsAsked(a, asked)))
            yield return $"'{address}' was not asked";
        foreach (var address in Expected.NotAsked.Where(a => IsAsked(a, asked)))
            yield return $"'{address}' was asked";

        var probes = asked.Where(a => a.Contains('#', StringComparison.Ordinal)).Select(a => a[(a.IndexOf('#', StringComparison.Ordinal) + 1)..]).ToArray();
        if (Expected.Probes is { } expected && !probes.SequenceEqual(expected))
            yield return $"the probes were {Listed(probes)}, and not {Listed(expected)}";

        foreach (var (address, text) in Expected.Texts)
        {
            if (!texts.TryGetValue(address, out var said))
                yield return $"'{address}' was not asked, so it could not say “{text}”";
            else if (said != text)
                yield return $"'{address}' says “{said}”, and not “{text}”";
        }

        // An answer that nobody asks for is a slip in the script, and would make the case say less than it seems to.
        foreach (var address in Answers.Keys.Where(a => !texts.ContainsKey(a)).Order(StringComparer.Ordinal))
            yield return $"'{address}' is answered in this case, and was not asked";
    }

    private Heard? HeardIn(string address) => Coded.TryGetValue(address, out var codes)
        ? new Heard([.. codes.Select(c => new HeardCode(c, 1))], Distress: false, "scripted")
        : null;

    private static bool IsAsked(string address, ImmutableArray<string> asked) =>
        asked.Contains(address) || asked.Contains($"{address}.own");

    private static string Listed(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Select(n => $"'{n}'"));
}

/// <summary>How a case went with one seed.</summary>
/// <param name="Asked">What was asked, in order.</param>
/// <param name="Wrong">What came out otherwise than expected, a sentence each; empty where the case holds.</param>
internal sealed record CasePlay(ScriptedCase Case, long Seed, ImmutableArray<string> Asked, ImmutableArray<string> Wrong);
