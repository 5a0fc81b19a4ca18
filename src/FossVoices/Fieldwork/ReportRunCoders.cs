using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Gaps;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>Measures how well the coders behind a report agree with people, on the answers that both have read.</summary>
/// <param name="rows">Of the people who answered here.</param>
/// <param name="fewest">Fewer persons than this in the sample, and nothing is said: of so few it could be told who they are.</param>
internal sealed class ReportRunCoders(ImmutableArray<DoubleCodedRow> rows, int fewest)
{
    private bool IsEnough => rows.Select(row => row.Respondent).Distinct(StringComparer.Ordinal).Take(fewest).Count() >= fewest;

    /// <summary>Krippendorff's alpha over all answers and codes; null where too few answers were read by both, or it is undefined.</summary>
    public double? Overall(IReadOnlyList<string> codes) => IsEnough ? codes.Aggregate(default(Cells), (sum, code) => sum + CellsOf(code)).Alpha : null;

    /// <summary>What is known of one code; null where nothing is.</summary>
    public CodingQuality? Of(string code)
    {
        var cells = CellsOf(code);
        if (!IsEnough || cells.Both + cells.CoderAlone + cells.GoldAlone == 0)
            return null;
        var errors = new BySide<CoderError>(ErrorsOf(code, Sides.Downstream), ErrorsOf(code, Sides.Upstream));
        return new(cells.Alpha, errors.All(error => error.CanTell) ? errors : null);
    }

    private Cells CellsOf(string code)
    {
        var given = rows.Where(row => row.Code == code).ToDictionary(row => row.Answer, StringComparer.Ordinal);
        return rows.Where(row => row.Code.Length == 0).Aggregate(default(Cells), (sum, read) => sum + (given.GetValueOrDefault(read.Answer) switch
        {
            { Machine: 1, People: 1 } => new Cells(1, 0, 0, 0),
            { Machine: 1 } => new Cells(0, 1, 0, 0),
            { People: 1 } => new Cells(0, 0, 1, 0),
            _ => new Cells(0, 0, 0, 1),
        }));
    }

    /// <summary>By person, as the report counts: with the code where any of the answers that people read whole has it.</summary>
    private CoderError ErrorsOf(string code, string side)
    {
        var (found, missed, wrong, right) = (0L, 0L, 0L, 0L);
        foreach (var person in rows.Where(row => row.Whole == 1 && row.Side == side).GroupBy(row => row.Respondent, StringComparer.Ordinal))
        {
            var (machine, people) = (person.Any(row => row.Code == code && row.Machine == 1), person.Any(row => row.Code == code && row.People == 1));
            found += machine && people ? 1 : 0;
            missed += !machine && people ? 1 : 0;
            wrong += machine && !people ? 1 : 0;
            right += !machine && !people ? 1 : 0;
        }

        return new(found, missed, wrong, right);
    }
}
