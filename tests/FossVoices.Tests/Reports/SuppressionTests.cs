using CsCheck;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

public sealed class SuppressionTests
{
    [Fact]
    public void One_small_cell_takes_the_next_smallest_with_it() =>
        Assert.Equal([true, false, true], Suppression.Of([3, 80, 20], minimumGroup: 10));

    [Fact]
    public void Nothing_is_withheld_where_every_cell_is_large() => Assert.DoesNotContain(true, Suppression.Of([10, 80, 0], minimumGroup: 10));

    [Fact]
    public void What_is_withheld_is_never_one_cell_nor_too_few_people() => Gen.Select(Gen.Long[0, 30].Array[1, 8], Gen.Long[5, 20]).Sample((persons, k) =>
    {
        var withheld = Suppression.Of(persons, k);
        var hidden = persons.Where((_, i) => withheld[i]).ToArray();
        Assert.All(persons.Where((_, i) => !withheld[i]), shown => Assert.True(shown == 0 || shown >= k));
        // Unless everything there is has been withheld already.
        if (hidden.Length > 0 && persons.Where((_, i) => !withheld[i]).Any(shown => shown > 0))
            Assert.True(hidden.Length >= 2 && hidden.Sum() >= k);
    });
}
