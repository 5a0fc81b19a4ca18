using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>Says what a report does not show, and why.</summary>
internal static class Withholding
{
    public static ImmutableArray<string> Of(BySide<Presence> presence, Disclosure disclosure, GapCounts counts, GapTable table)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        var k = disclosure.MinimumGroup;
        if (presence.All(side => side == Presence.Nobody))
            return ["Nobody has answered yet."];

        foreach (var (side, name) in new[] { (presence.Upstream, "upstream"), (presence.Downstream, "downstream") })
        {
            if (side == Presence.Nobody)
                reasons.Add($"Nobody {name} has answered yet.");
            else if (side == Presence.TooFew)
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"Fewer than {k} people {name} have answered, so nothing of what they said is shown: in so small a group people could be recognised."));
        }

        if (!presence.All(side => side == Presence.Enough))
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"A comparison of the sides needs at least {k} people on each."));
            return reasons.ToImmutable();
        }

        Add(table.Items.Count(row => row.Comparison is null), "question", "questions", "answered");
        Add(table.Codes.Any(row => row.Comparison is not null) || counts.Codes.All(code => code.Mentioning.All(side => side.Of == 0)) ? 0 : table.Codes.Length, "code", "codes", "wrote something");
        Add(table.Tensions.Count(row => row.Downstream is null || row.Upstream is null), "tension", "tensions", "answered both halves");
        return reasons.ToImmutable();

        void Add(int rows, string one, string many, string did)
        {
            if (rows > 0)
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? one : many)}: on at least one side fewer than {k} people {did}, so that side is not shown."));
        }
    }
}
