using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Sessions;

namespace FossVoices.Storage;

/// <summary>An answer as far as it is counted: no words.</summary>
/// <param name="Value">The option, or several, one a line; the point or number as text.</param>
/// <param name="Number">The point or number.</param>
internal sealed record StoredAnswer(string Kind, string Value, double? Number, bool OnPath)
{
    /// <summary>What was coded in it, where it is in words.</summary>
    public CodesGiven Coded { get; init; } = CodesGiven.NotRead;
}

/// <summary>What coders and people made of an answer.</summary>
/// <param name="Read">Whether anybody has read it for codes.</param>
/// <param name="Codes">The codes that count in it, and whether a person has confirmed each.</param>
internal sealed record CodesGiven(bool Read, ImmutableArray<(string Code, bool Confirmed)> Codes)
{
    public static CodesGiven NotRead { get; } = new(Read: false, []);

    /// <summary>Of an answer that its author released for nothing, so that it does not even count as one to be read.</summary>
    public static CodesGiven Nothing { get; } = new(Read: false, []) { Withheld = true };

    public bool Withheld { get; private init; }

    /// <summary>See <see cref="Recount.Mentioned"/>: the same, of one answer.</summary>
    /// <param name="readers">Everybody who has read it, machines included.</param>
    public static CodesGiven Of(IReadOnlyList<string> readers, IEnumerable<(string Code, string Status, string Coder)> assigned)
    {
        var settled = readers.Contains(Coders.Gold, StringComparer.Ordinal);
        return new(readers.Count > 0,
        [
            .. from its in assigned.GroupBy(assignment => assignment.Code, StringComparer.Ordinal)
               let counting = its.Where(one => one.Status is "suggested" or "stale" or "confirmed" or "gold"
                   && !(one.Coder == Coders.Llm && one.Status == "suggested") && (one.Coder == Coders.Gold || !settled)).ToList()
               let confirmed = counting.Exists(one => one.Status is "confirmed" or "gold")
               where confirmed || (counting.Count > 0 && !its.Any(one => one.Status == "rejected"))
               select (its.Key, confirmed),
        ]);
    }
}

/// <summary>A session as far as it is counted.</summary>
/// <param name="Side">As stored: <c>upstream</c>, <c>downstream</c>, or empty.</param>
/// <param name="Answers">By address.</param>
internal sealed record StoredSession(
    string Session, string Flow, string Wave, Origin Origin, string Release, string Side, bool Both, long StartedAt, bool Core, bool Finished,
    IReadOnlyDictionary<string, StoredAnswer> Answers)
{
    /// <param name="coded">What was coded in the answers that are in words.</param>
    public static StoredSession Of(Session session, string? side, bool both, Func<string, bool> onPath, IReadOnlyDictionary<string, CodesGiven> coded) => new(
        session.Id, session.Flow, session.Wave, session.Origin, Release: "", side ?? "", both, session.StartedAt.ToUnixTimeMilliseconds(),
        session.CoreAt is not null, session.FinishedAt is not null, AnswersOf(session.Progress, onPath, coded));

    private static Dictionary<string, StoredAnswer> AnswersOf(Progress progress, Func<string, bool> onPath, IReadOnlyDictionary<string, CodesGiven> coded)
    {
        var answers = new Dictionary<string, StoredAnswer>(progress.Answers.Count, StringComparer.Ordinal);
        foreach (var answer in progress.Answers.Values)
        {
            var (kind, value, number) = AnswerRow.Plain(answer.Value);
            answers.Add(answer.Address, new StoredAnswer(kind, number is null ? value : TallyCell.Text(number), number, onPath(answer.Address))
            {
                Coded = coded.GetValueOrDefault(answer.Address, CodesGiven.NotRead),
            });
        }

        return answers;
    }
}
