using System.Collections.Immutable;
using System.Text.Json;
using FossVoices.Flows;

namespace FossVoices.Tests.Studies;

/// <summary>One case of a study's <c>tests/FLOW.json</c>: what somebody answers, and what must be asked of them.</summary>
internal sealed record ScriptedCase(string Name, JsonElement Answers, JsonElement Coded, JsonElement Expected)
{
    public static ImmutableArray<ScriptedCase> In(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.GetProperty("tests").EnumerateArray().Select(test => test.Clone()).Select(test => new ScriptedCase(
            test.GetProperty("name").GetString()!,
            test.GetProperty("answers"),
            test.TryGetProperty("coded", out var coded) ? coded : default,
            test.GetProperty("expect")))];
    }

    /// <summary>Plays the case with what one seed draws, and says everything that came out otherwise.</summary>
    public ImmutableArray<string> Play(Flow flow, long seed)
    {
        var wrong = ImmutableArray.CreateBuilder<string>();
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        var progress = Progress.Begin(flow, seed);
        while (Prompting.Standing(flow, progress, new Facts("1 May 2030", 10)) is { } prompt)
        {
            asked[prompt.Address] = prompt.Ask;
            var turn = FlowEngine.Take(flow, progress, ReplyTo(prompt), HeardIn(prompt), DateTimeOffset.UnixEpoch);
            if (turn is Turn.Refused refused)
                return [$"{prompt.Address}: the case's answer was refused ({refused.Why})"];
            progress = turn.Progress;
        }

        wrong.AddRange(Names("asked").Where(address => !asked.ContainsKey(address)).Select(address => $"{address} was not asked"));
        wrong.AddRange(Names("not_asked").Where(item => asked.Keys.Any(a => a == item || a.StartsWith(item + ".", StringComparison.Ordinal)))
            .Select(item => $"{item} was asked"));
        var probes = asked.Keys.Where(a => a.Contains('#', StringComparison.Ordinal)).Select(a => a[(a.IndexOf('#', StringComparison.Ordinal) + 1)..]).ToArray();
        if (Expected.TryGetProperty("probes", out _) && !probes.SequenceEqual(Names("probes")))
            wrong.Add($"the probes were: {string.Join(", ", probes)}");
        if (Expected.TryGetProperty("text", out var texts))
        {
            wrong.AddRange(texts.EnumerateObject().Where(t => asked.GetValueOrDefault(t.Name) != t.Value.GetString())
                .Select(t => $"{t.Name} reads: {asked.GetValueOrDefault(t.Name)}"));
        }

        // An answer that nobody asks for is a slip in the script, and would make the case say less than it seems to.
        wrong.AddRange(Answers.EnumerateObject().Where(a => !asked.ContainsKey(a.Name)).Select(a => $"{a.Name} is answered and was not asked"));
        return wrong.ToImmutable();
    }

    private ImmutableArray<string> Names(string key) =>
        Expected.TryGetProperty(key, out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];

    private Reply ReplyTo(Prompt prompt) => !Answers.TryGetProperty(prompt.Address, out var answer)
        ? new Reply.Skip()
        : (answer.ValueKind, prompt.Control) switch
        {
            (JsonValueKind.Array, _) => new Reply.Chose([.. answer.EnumerateArray().Select(e => e.GetString()!)]),
            (_, Control.OneOf) => new Reply.Chose([answer.ToString()]),
            _ => new Reply.Said(answer.ToString()),
        };

    private Heard? HeardIn(Prompt prompt) => Coded.ValueKind == JsonValueKind.Object && Coded.TryGetProperty(prompt.Address, out var codes)
        ? new Heard([.. codes.EnumerateArray().Select(c => new HeardCode(c.GetString()!, 1))], Distress: false, "scripted")
        : null;
}
