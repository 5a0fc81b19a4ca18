namespace FossVoices.Flows;

/// <summary>
/// Everything that one person could be asked or told, in the order drawn for them: each of the steps has its place in it, and an item's
/// steps lie side by side. Which of them are on the path is decided by the answers; see <see cref="PathWalk"/>.
/// </summary>
internal sealed class Sequence
{
    private readonly Step[] _steps;

    /// <summary>By the step's number in its flow: its place, counted from 1; 0 where it has none.</summary>
    private readonly int[] _places;

    /// <summary>By place: what asks the step.</summary>
    private readonly Entry?[] _entries;

    private readonly List<int> _sideSetters = [];

    public Sequence(Flow flow)
    {
        var most = flow.Steps.All.Length;
        (_steps, _places, _entries) = (new Step[most], new int[most], new Entry?[most]);
        (Core, Gates) = (new Places(most), new Places(most));
    }

    /// <summary>How many steps there are.</summary>
    public int Length { get; private set; }

    /// <summary>The places of what an answer complete in its core needs.</summary>
    public Places Core { get; }

    public Places Gates { get; }

    /// <summary>The places whose answers set the side, in order.</summary>
    public IReadOnlyList<int> SideSetters => _sideSetters;

    public Step this[int place] => _steps[place];

    /// <summary>Where the step stands; −1 where it has no place.</summary>
    public int PlaceOf(Step step) => _places[step.Index] - 1;

    /// <summary>What asks the step at a place.</summary>
    public Entry EntryAt(int place) => _entries[place]!;

    /// <summary>Puts an item's steps at the end.</summary>
    public Entry Add(Item item, ReadOnlySpan<Step> steps, Within? within)
    {
        var entry = new Entry(item, Length, steps.Length, within);
        foreach (var step in steps)
        {
            _places[step.Index] = Length + 1;
            _entries[Length] = entry;
            if (step.IsCore)
                Core.Add(Length);
            if (item is Item.Gate)
                Gates.Add(Length);
            if (item is Item.Choice { SetsSide: true })
                _sideSetters.Add(Length);
            _steps[Length++] = step;
        }

        return entry;
    }

    /// <summary>An item in its place.</summary>
    /// <param name="From">The place of its first step.</param>
    /// <param name="Length">How many steps it has.</param>
    /// <param name="Within">The innermost group around it that has a condition.</param>
    public sealed record Entry(Item Item, int From, int Length, Within? Within);

    /// <summary>A group with a condition, which is looked at where the group begins.</summary>
    /// <param name="Outer">The next one around it.</param>
    public sealed record Within(Condition If, int From, Within? Outer);
}
