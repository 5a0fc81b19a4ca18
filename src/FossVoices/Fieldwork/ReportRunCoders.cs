using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Gaps;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>How well the coders behind a report agree with people, on the answers that both have read.</summary>
/// <param name="counted">By code and side, the sum of what <see cref="Count"/> counts; of a code that nobody has checked, zeros.</param>
/// <param name="fewest">Fewer persons than this in the sample of a side, and it is left out: of so few it could be told who they are.</param>
internal sealed class ReportRunCoders(Func<string, string, ImmutableArray<long>> counted, int fewest)
{
    /// <summary>
    /// What is counted of one person and code: one person; answers in which the code was found by both, by the machine alone, by people
    /// alone, by neither; and, where people read an answer whole, one person with the code truly found, missed, wrongly given, rightly not given.
    /// </summary>
    public const int Length = 9;

    private static readonly string[] s_sides = [Sides.Downstream, Sides.Upstream];

    /// <summary>Counts for each code, side and person.</summary>
    public static Dictionary<(string Code, string Side), ImmutableArray<(string Respondent, ImmutableArray<long> Counts)>> Count(
        ImmutableArray<DoubleCodedRow> rows, IEnumerable<string> codes)
    {
        var given = rows.Where(row => row.Code.Length > 0).ToDictionary(row => (row.Code, row.Answer));
        var people = rows.Where(row => row.Code.Length == 0).GroupBy(row => (row.Respondent, row.Side)).ToArray();
        return (from code in codes
                from side in s_sides
                select (Key: (code, side), Persons: people.Where(person => person.Key.Side == side).Select(person => (person.Key.Respondent, Of(code, person))).ToImmutableArray()))
            .ToDictionary(one => one.Key, one => one.Persons);

        ImmutableArray<long> Of(string code, IEnumerable<DoubleCodedRow> read)
        {
            var answers = read.Select(row => (row.Whole, Given: given.GetValueOrDefault((code, row.Answer)))).Select(row => (row.Whole, Machine: row.Given?.Machine == 1, People: row.Given?.People == 1)).ToArray();
            var whole = answers.Where(answer => answer.Whole == 1).ToArray();
            var (machine, person) = (whole.Any(answer => answer.Machine), whole.Any(answer => answer.People));
            return
            [
                1, .. Table((was, said) => answers.LongCount(answer => answer.Machine == was && answer.People == said)),
                .. Table((was, said) => whole.Length > 0 && machine == was && person == said ? 1 : 0),
            ];
        }

        // Found by both, by the machine alone, by people alone, by neither; the report counts persons in the order found, missed, wrong, right.
        static long[] Table(Func<bool, bool, long> of) => [of(true, true), of(true, false), of(false, true), of(false, false)];
    }

    /// <summary>Krippendorff's alpha over all answers and codes; null where too few answers were read by both, or it is undefined.</summary>
    public double? Overall(IReadOnlyList<string> codes) => codes.Aggregate(default(Cells), (sum, code) => sum + AnswersOf(code)).Alpha;

    /// <summary>What is known of one code; null where nothing is.</summary>
    public CodingQuality? Of(string code)
    {
        var answers = AnswersOf(code);
        if (answers.Both + answers.CoderAlone + answers.GoldAlone == 0)
            return null;
        var errors = new BySide<CoderError>(ErrorsOf(code, Sides.Downstream), ErrorsOf(code, Sides.Upstream));
        return new(answers.Alpha, errors.All(error => error.CanTell) ? errors : null);
    }

    private Cells AnswersOf(string code) => s_sides.Select(side => Counted(code, side)).Aggregate(default(Cells), (sum, v) => sum + new Cells(v[1], v[2], v[3], v[4]));

    /// <summary>By person, as the report counts: with the code where any of the answers that people read whole has it.</summary>
    private CoderError ErrorsOf(string code, string side) => Counted(code, side) is var v ? new(v[5], v[7], v[6], v[8]) : throw new System.Diagnostics.UnreachableException();

    private ImmutableArray<long> Counted(string code, string side) => counted(code, side) is { Length: Length } known && known[0] >= fewest ? known : [.. new long[Length]];
}
