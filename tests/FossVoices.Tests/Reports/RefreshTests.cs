using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>Which figures may change. What an attacker makes of the reports is tried in <see cref="Fieldwork.AttackerTests"/>.</summary>
public sealed class RefreshTests
{
    private const int K = 10;
    private static readonly CellKey s_up = new("item/a", "upstream");

    [Fact]
    public void A_cell_changes_with_those_it_rests_on_or_not_at_all()
    {
        var (a, b, tension) = (new CellKey("item/a", "upstream"), new CellKey("item/b", "upstream"), new CellKey("tension/t", "upstream"));
        var before = Cells((a, 20, 1), (b, 20, 1), (tension, 20, 1));
        var now = Cells((a, 40, 1), (b, 23, 1), (tension, 40, 1));
        var settled = Refresh.Of(before, now, K, name => name == "tension/t" ? ["item/a", "item/b"] : []);
        Assert.Equal([40, 20, 20], new[] { a, b, tension }.Select(key => settled[key].Members.Length));
    }

    [Fact]
    public void Nothing_is_released_before_enough_people_have_come()
    {
        Assert.Empty(Refresh.Of(Cells(), Cells((s_up, 9, 1)), K, _ => []));
        Assert.Equal(10, Refresh.Of(Cells(), Cells((s_up, 10, 1)), K, _ => [])[s_up].Members.Length);
    }

    [Fact]
    public void Changing_an_answer_counts_as_much_as_coming()
    {
        Assert.Equal(1, Cell.Changed([new(1, 1), new(2, 1)], [new(1, 1), new(2, 2)]));
        Assert.Equal(2, Cell.Changed([new(1, 1), new(2, 1)], [new(1, 1), new(3, 1)]));
        Assert.Equal(0, Cell.Changed([], []));
    }

    private static Dictionary<CellKey, Cell> Cells(params (CellKey Key, int Persons, uint Said)[] cells) => cells.ToDictionary(
        cell => cell.Key, cell => new Cell([cell.Persons], [.. Enumerable.Range(1, cell.Persons).Select(i => new Member((ulong)i, cell.Said))]));
}
