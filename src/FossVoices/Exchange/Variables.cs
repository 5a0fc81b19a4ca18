using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Exchange;

/// <summary>
/// The columns of one flow, over all its versions. A question that is asked in several of them is one column, unless it is asked in another way
/// or on another scale: then it has a column for each.
/// </summary>
internal static class Variables
{
    private const int LongestName = 60;

    /// <param name="versions">All versions of one flow, the first one first.</param>
    public static ImmutableArray<Variable> Of(IReadOnlyList<Flow> versions)
    {
        var drafts = new Dictionary<Key, Draft>();
        foreach (var flow in versions)
        {
            foreach (var step in flow.Steps.All.Where(step => !step.IsNotice))
            {
                foreach (var key in KeysOf(step, flow))
                {
                    if (!drafts.TryGetValue(key, out var draft))
                        drafts[key] = draft = new Draft(flow.Version);
                    draft.In[flow.Hash] = step;
                    draft.Options.AddRange(Controls.OptionsIn(step, flow).Select(option => option.Id).Except(draft.Options));
                    draft.BelowZero |= step.Item is Item.Number { Least: < 0 };
                }
            }
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. drafts.Select(pair => new Variable(
                Named(pair.Key, versions[0].Id, pair.Value.Since, taken), pair.Key.Address, pair.Key.Option, pair.Key.Measure,
                pair.Key.Measure == Measure.Choice ? [.. pair.Value.Options] : [], pair.Value.BelowZero, pair.Value.In.ToImmutableDictionary())),
        ];
    }

    /// <summary>What is asked at a step, as columns: a pick has one for each option, and words have one that says whether there are any.</summary>
    private static IEnumerable<Key> KeysOf(Step step, Flow flow) => step.Item switch
    {
        _ when step.Probe is not null => Words(step),
        Item.Open => Words(step),
        Item.Mirror when step.Mirrors != MirrorPart.Unexpected => Words(step),
        Item.Mirror => Controls.OptionsIn(step, flow).Select(option => new Key(step.Address, option.Id, Measure.Picked, "")),
        Item.Pick => Controls.OptionsIn(step, flow).Select(option => new Key(step.Address, option.Id, Measure.Picked, "")),
        Item.Rank => Controls.OptionsIn(step, flow).Select(option => new Key(step.Address, option.Id, Measure.Place, "")),
        Item.Rating rating => [new Key(step.Address, null, Measure.Point, ScaleOf(rating.Scale))],
        Item.Pair pair => [new Key(step.Address, null, Measure.Point, ScaleOf(pair.Scale))],
        Item.Number number => [new Key(step.Address, null, Measure.Number, number.Unit ?? "")],
        _ => [new Key(step.Address, null, Measure.Choice, "")],
    };

    private static IEnumerable<Key> Words(Step step) =>
        [new Key(step.Address, null, Measure.Words, ""), new Key(step.Address, null, Measure.Given, "")];

    private static string ScaleOf(Scale scale) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{scale.Points.Length}/{scale.AgreeFrom}");

    private static string Named(Key key, string flow, int since, HashSet<string> taken)
    {
        var parts = key.Address.Replace('#', '.');
        var whole = $"{flow}.{parts}{(key.Option is null ? "" : $".{key.Option}")}{(key.Measure == Measure.Given ? ".given" : "")}";
        var name = Columns.Safe(whole, LongestName);
        if (!taken.Add(name))
        {
            name = Columns.Free(Columns.Safe($"{name}.v{since}", LongestName), taken);
            taken.Add(name);
        }

        return name;
    }

    private sealed record Key(string Address, string? Option, Measure Measure, string Form);

    private sealed class Draft(int since)
    {
        public int Since => since;

        public Dictionary<string, Step> In { get; } = new(StringComparer.Ordinal);

        public List<string> Options { get; } = [];

        public bool BelowZero { get; set; }
    }
}

/// <summary>Names of columns that every program takes.</summary>
internal static class Columns
{
    /// <summary>Begins with a letter; letters, digits, dots and underscores; does not end in a dot or underscore, which SPSS keeps for itself.</summary>
    public static string Safe(string name, int longest)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '_'));
        safe = safe.Length > 0 && char.IsAsciiLetter(safe[0]) ? safe : $"v{safe}";
        return safe[..Math.Min(safe.Length, longest)].TrimEnd('.', '_');
    }

    /// <summary>The name, or with the first number behind it that makes it one of its own.</summary>
    public static string Free(string name, IReadOnlySet<string> taken)
    {
        var free = name;
        for (var number = 2; taken.Contains(free); number++)
            free = $"{name}.{number}";
        return free;
    }
}
