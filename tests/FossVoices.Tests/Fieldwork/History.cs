using System.Collections.Immutable;
using FossVoices.Reports;
using FossVoices.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What happens to a study: who is in it at each look, which is what an attacker may know, and apart from that what they say.</summary>
internal sealed record History(ImmutableArray<ImmutableArray<Somebody>> Looks, ImmutableDictionary<(int Name, int Version), Voice> Voices)
{
    /// <param name="Deed">What somebody does between two looks.</param>
    /// <param name="Says">What would be said, as a number.</param>
    internal readonly record struct Event(int Person, int Deed, int Says);

    /// <param name="events">What happens before each look.</param>
    public static History Of(Event[][] events)
    {
        var people = new SortedDictionary<int, Somebody>();
        var voices = ImmutableDictionary.CreateBuilder<(int, int), Voice>();
        var last = new Dictionary<int, int>();
        var looks = ImmutableArray.CreateBuilder<ImmutableArray<Somebody>>();
        foreach (var before in events)
        {
            foreach (var (person, deed, says) in before)
                Happens(person, deed, says);
            looks.Add([.. people.Values]);
        }

        return new(looks.ToImmutable(), voices.ToImmutable());

        void Happens(int person, int deed, int says)
        {
            var there = people.GetValueOrDefault(person);
            switch (deed)
            {
                case 0 or 1:
                    people.Remove(person);
                    break;
                case 2 when there is not null:
                    people[person] = there with { Side = there.Side switch { Sides.Upstream => Sides.Downstream, Sides.Downstream => Sides.Both, _ => Sides.Upstream } };
                    break;
                case 3 when there is not null:
                    people[person] = there with { Attested = true };
                    break;
                case 4 when there is not null:
                    people[person] = there with { Checked = true };
                    break;
                default:
                    var version = last[person] = last.GetValueOrDefault(person) + 1;
                    voices[(person, version)] = Says(there is null ? null : voices[(person, there.Version)], says);
                    people[person] = there is null
                        ? new(person, (person % 3) switch { 0 => Sides.Upstream, 1 => Sides.Both, _ => Sides.Downstream }, version, person % 2 == 0, Checked: says % 8 != 0)
                        : there with { Version = version, Checked = says % 4 != 0 };
                    break;
            }
        }
    }

    /// <summary>A change is a change of everything that was said.</summary>
    private static Voice Says(Voice? before, int says) => before is null
        ? new(says % 5 + 1, says / 5 % 5 + 1, says / 25 % 5 + 1, says / 125 % 3, says / 375 % 2 == 0, says / 750 % 2 == 0)
        : new(
            (before.A + says % 4) % 5 + 1, (before.Guess + says / 5 % 4) % 5 + 1, (before.B + says / 25 % 4) % 5 + 1, (before.Follow + says / 125 % 2 + 1) % 3,
            !before.Machine, !before.Human);

    /// <summary>The reports of the history, as drawn after one another.</summary>
    /// <param name="remembers">Whether what was released before holds back what is released now; else everything is shown as it is.</param>
    public ImmutableArray<(GapReport Report, ImmutableDictionary<CellKey, Cell> Released)> Reports(bool remembers = true)
    {
        var reports = ImmutableArray.CreateBuilder<(GapReport Report, ImmutableDictionary<CellKey, Cell> Released)>();
        foreach (var people in Looks)
        {
            reports.Add(Attacked.Draw(
                people, Voices, remembers && reports.Count > 0 ? reports[^1].Released : ImmutableDictionary<CellKey, Cell>.Empty));
        }

        return reports.ToImmutable();
    }
}
