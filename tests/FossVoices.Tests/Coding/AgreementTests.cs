using System.Collections.Immutable;
using System.Text.Json;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class AgreementTests
{
    private static JsonElement Reference => JsonDocument.Parse(File.ReadAllText(Repository.Shared("reference", "agreement-reference.json"))).RootElement;

    [Fact]
    public void Alpha_equals_the_published_values_for_every_metric_they_state()
    {
        var compared = 0;
        foreach (var data in Reference.GetProperty("krippendorff").EnumerateArray())
        {
            foreach (var metric in data.GetProperty("alpha").EnumerateObject())
            {
                var expected = metric.Value.GetProperty("decimal").GetDouble();
                Assert.Equal(expected, Krippendorff.Alpha(Values(data), Enum.Parse<Metric>(metric.Name, ignoreCase: true))!.Value, 1e-12);
                compared++;
            }
        }

        Assert.True(compared >= 7, $"only {compared} values were compared");
    }

    [Fact]
    public void Alpha_is_undefined_where_chance_cannot_disagree() =>
        Assert.All(Reference.GetProperty("edgeCases").EnumerateArray().ToArray(), data => Assert.Null(Krippendorff.Alpha(Values(data), Metric.Nominal)));

    [Fact]
    public void Kappa_AC1_and_alpha_of_two_coders_equal_the_published_values()
    {
        foreach (var data in Reference.GetProperty("cohen").EnumerateArray())
        {
            var rows = data.GetProperty("table").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt64()).ToArray()).ToArray();
            var table = new long[rows.Length, rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < rows.Length; j++)
                    table[i, j] = rows[i][j];
            }

            Assert.Equal(Decimal(data, "kappa"), Agreement.CohenKappa(table)!.Value, 1e-12);
            Assert.Equal(Decimal(data, "ac1"), Agreement.GwetAc1(table)!.Value, 1e-12);
            Assert.Equal(Decimal(data, "alphaNominal"), Krippendorff.NominalAlpha(table)!.Value, 1e-12);
        }
    }

    [Fact]
    public void Kappa_of_many_raters_equals_the_published_value()
    {
        foreach (var data in Reference.GetProperty("fleiss").EnumerateArray())
        {
            var rows = data.GetProperty("counts").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt64()).ToArray()).ToArray();
            var counts = new long[rows.Length, rows[0].Length];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < rows[i].Length; j++)
                    counts[i, j] = rows[i][j];
            }

            Assert.Equal(Decimal(data, "kappa"), Agreement.FleissKappa(counts)!.Value, 1e-12);
        }
    }

    [Fact]
    public void The_distance_of_sets_equals_the_published_values()
    {
        foreach (var data in Reference.GetProperty("masi").EnumerateArray())
        {
            Assert.Equal(Decimal(data, "distance"), Masi.Distance(Set("a"), Set("b")), 1e-12);

            ImmutableHashSet<string> Set(string name) => [.. data.GetProperty(name).EnumerateArray().Select(code => code.GetString()!)];
        }
    }

    [Fact]
    public void Coders_who_never_differ_and_never_vary_agree_on_nothing_that_could_be_measured()
    {
        Assert.Null(Agreement.CohenKappa(new long[,] { { 9, 0 }, { 0, 0 } }));
        Assert.Null(Krippendorff.NominalAlpha(new long[,] { { 9, 0 }, { 0, 0 } }));
        Assert.Null(Agreement.CohenKappa(new long[2, 2]));
        Assert.Null(Agreement.GwetAc1(new long[2, 2]));
        Assert.Null(Agreement.FleissKappa(new long[,] { { 3, 0 }, { 3, 0 } }));
        Assert.Null(Agreement.FleissKappa(new long[0, 2]));
        Assert.Null(Masi.Alpha([(["a"], ["a"]), (["a"], ["a"])]));
    }

    private static double Decimal(JsonElement data, string name) => data.GetProperty(name) is { ValueKind: JsonValueKind.Object } value ? value.GetProperty("decimal").GetDouble() : data.GetProperty(name).GetDouble();

    /// <summary>Nominal values may be letters; each gets a number of its own.</summary>
    private static ImmutableArray<ImmutableArray<double?>> Values(JsonElement data) =>
        [.. data.GetProperty("values").EnumerateArray().Select(coder => coder.EnumerateArray().Select(value => value.ValueKind switch
        {
            JsonValueKind.Null => (double?)null,
            JsonValueKind.Number => value.GetDouble(),
            _ => value.GetString()![0],
        }).ToImmutableArray())];
}
