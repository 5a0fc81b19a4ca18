using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Host.Web.Review;

/// <summary>All that is known of a study's codings when a reviewer looks, without anybody's words.</summary>
internal sealed record ReviewDesk(Study Study, string Name, ImmutableArray<CodableAnswer> Answers, ImmutableArray<CodeAssignment> Assignments, ImmutableArray<(string Coder, string Answer)> Read)
{
    private readonly ILookup<string, string> _readers = Read.ToLookup(read => read.Answer, read => read.Coder, StringComparer.Ordinal);
    private readonly ILookup<string, CodeAssignment> _said = Assignments.ToLookup(assignment => $"{assignment.Session}/{assignment.Address}", StringComparer.Ordinal);

    /// <summary>What was said of an answer.</summary>
    public IEnumerable<CodeAssignment> Said(string answer) => _said[answer];

    public ImmutableArray<string> PeopleWhoRead(string answer) => [.. _readers[answer].Where(Coders.IsPerson).Order(StringComparer.Ordinal)];

    public bool IsSettled(string answer) => _readers[answer].Contains(Coders.Gold, StringComparer.Ordinal);

    /// <summary>An answer of the sample is coded without seeing what anybody said of it, until this person has coded it or it is settled.</summary>
    public bool IsBlind(CodableAnswer answer) => answer.Sample is not null && !PeopleWhoRead(answer.Id).Contains(Name) && !IsSettled(answer.Id);

    /// <summary>Answers outside the sample that no person has read, and those of which something was said under a definition that has changed.</summary>
    public ImmutableArray<Queued> Queue() => ReviewQueue.Order(
        [.. Answers.Where(a => a.Sample is null && (PeopleWhoRead(a.Id).IsEmpty || Said(a.Id).Any(s => s.Status == AssignmentStatus.Stale))).Select(a => a.Id)], Assignments);

    /// <summary>Answers of the sample, in its order, that this person has not coded and fewer than two others have.</summary>
    public ImmutableArray<string> ToCodeBlind() =>
        [.. Answers.Where(a => IsBlind(a) && PeopleWhoRead(a.Id).Length < 2).OrderBy(a => a.Sample).Select(a => a.Id)];

    /// <summary>Answers that two people have coded and that are not settled, those first on which they differ most.</summary>
    public ImmutableArray<(string Answer, int Differing)> ToSettle() =>
        [.. Answers.Where(a => PeopleWhoRead(a.Id).Length > 1 && !IsSettled(a.Id)).Select(a => (a.Id, Differing(a.Id).Count())).OrderByDescending(a => a.Item2)];

    /// <summary>Codes that some of those who read the answer gave, and others did not.</summary>
    public IEnumerable<string> Differing(string answer)
    {
        var people = PeopleWhoRead(answer).Length;
        return GivenByPeople(answer).GroupBy(a => a.Code, StringComparer.Ordinal).Where(code => code.Select(a => a.Coder).Distinct(StringComparer.Ordinal).Count() < people).Select(code => code.Key);
    }

    public IEnumerable<CodeAssignment> GivenByPeople(string answer) =>
        Said(answer).Where(a => Coders.IsPerson(a.Coder) && a.Status is AssignmentStatus.Confirmed or AssignmentStatus.Stale);

    /// <summary>The codes of an answer as they stand: settled, else as people gave them, else as the machine suggests.</summary>
    public IEnumerable<CodeAssignment> Standing(string answer) =>
        IsSettled(answer) ? Said(answer).Where(a => a.Coder == Coders.Gold && a.Status != AssignmentStatus.Rejected)
        : !PeopleWhoRead(answer).IsEmpty ? GivenByPeople(answer)
        : Said(answer).Where(a => a.Status == AssignmentStatus.Suggested && a.Coder != Coders.Llm);

    public CodableAnswer? Find(string session, string address) => Answers.FirstOrDefault(a => a.Session == session && a.Address == address);

    /// <summary>The code under which an assignment counts now; null for one that is retired.</summary>
    public Code? CodeOf(CodeAssignment assignment) => Study.Codebook.WithId(assignment.Code) is { } code ? Study.Codebook.Counted(code) : null;

    /// <summary>What was asked, as the study's file has it; null for a turn of a transcript, and for what is in the flow no more.</summary>
    public string? Asked(CodableAnswer answer)
    {
        if (answer.Flow == Session.ImportedFlow || Study.FindFlow(answer.Flow) is not { } flow)
            return null;
        var (item, probe) = answer.Address.Split('#') is [var first, var second] ? (first, second) : (answer.Address, null);
        return All(flow.Items).OfType<Item.Open>().FirstOrDefault(open => open.Id == item) is { } open
            ? (probe is null ? open.Ask : open.Probes.FirstOrDefault(p => p.Id == probe)?.Ask ?? open.Ask).Fill(name => name == "project" ? Study.Project : null)
            : null;
    }

    public string SideOf(CodableAnswer answer) => Study.Sides.GetValueOrDefault(answer.Side, "");

    private static IEnumerable<Item> All(IEnumerable<Item> items) => items.SelectMany(item => item is Item.Group group ? All(group.Items) : [item]);
}

/// <summary>Opens the desk of a study for whoever is signed in.</summary>
internal sealed class ReviewDesks(OpenStudies studies, Database database, Reviewers reviewers, Speech speech)
{
    /// <summary>Null where there is no such study.</summary>
    public async Task<ReviewDesk?> FindAsync(HttpContext context, string study, CancellationToken cancellationToken)
    {
        if (studies.Find(study)?.Study is not { } found)
            return null;
        var codings = await StudyCodings.OfAsync(database, study, cancellationToken);
        var answers = await new ReviewStore(database).AnswersAsync(study, cancellationToken);
        return new ReviewDesk(found.In(speech.Language), reviewers.NameIn(context)!, answers, codings.Assignments, codings.Read);
    }
}
