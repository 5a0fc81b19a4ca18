using System.Collections.Immutable;
using System.Text;
using FossVoices.Definitions;

namespace FossVoices.Codebooks;

/// <summary>An answer that people have coded with care: coders learn from it, or are judged by it.</summary>
/// <param name="Codes">Ids of the codes it was given.</param>
/// <param name="Disputed">Ids of codes on which the people did not agree; they are not scored.</param>
/// <param name="Speaker">Whose words they are, so that learning can be judged by people not learned from; null where nobody says.</param>
internal sealed record GoldAnswer(string Id, string Text, ImmutableHashSet<string> Codes, ImmutableHashSet<string> Disputed, string? Speaker = null);

/// <summary>
/// Reads gold answers: one JSON object a line with <c>id</c>, <c>text</c>, <c>codes</c> and, where known, <c>disputed</c> and <c>speaker</c>;
/// other keys are passed over.
/// </summary>
internal static class GoldFile
{
    /// <summary>Reads to the end. Lines with errors are reported and left out; blank lines are passed over.</summary>
    public static ImmutableArray<GoldAnswer> Read(TextReader reader, Codebook codebook, Problems problems)
    {
        var answers = ImmutableArray.CreateBuilder<GoldAnswer>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line) && Answer(line, number, codebook, problems) is { } answer)
                answers.Add(answer);
        }

        if (answers.Count == 0 && !problems.AnyError)
            problems.Error("FV050", Position.Start, "the file holds no answers", "write one JSON object with id, text and codes on every line");
        return answers.ToImmutable();
    }

    private static GoldAnswer? Answer(string line, int number, Codebook codebook, Problems problems)
    {
        var found = new Problems(problems.File);
        var answer = JsonFile.Read(Encoding.UTF8.GetBytes(line), found) switch
        {
            Node.Object node => Answer(node, codebook, found),
            null => null,
            var other => Wrong(found, other.At, $"{other.Kind} stands where an answer is wanted"),
        };
        foreach (var problem in found.InOrder())
            problems.Error(problem.Code, new Position(number, problem.Column), problem.Message, problem.Suggestion);
        return found.AnyError ? null : answer;
    }

    private static GoldAnswer? Answer(Node.Object node, Codebook codebook, Problems problems)
    {
        if (node.TextOf("id") is not { } id)
            return Wrong(problems, node.Where("id"), "the key 'id' is missing or no text");
        if (node.TextOf("text") is not { } text)
            return Wrong(problems, node.Where("text"), "the key 'text' is missing or no text");
        return node.Find("codes") is Node.List
            ? new GoldAnswer(id, text, Codes(node, "codes", codebook, problems), Codes(node, "disputed", codebook, problems), node.TextOf("speaker"))
            : Wrong(problems, node.Where("codes"), "the key 'codes' is missing or no list");
    }

    private static ImmutableHashSet<string> Codes(Node.Object node, string key, Codebook codebook, Problems problems)
    {
        var codes = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var item in node.ListOf(key))
        {
            if (item is not Node.Text name)
                Wrong(problems, item.At, $"{item.Kind} stands where the id of a code is wanted");
            else if (codebook.Tagged(name.Value) is not { } code)
                problems.Unknown("FV042", name.At, "code", name.Value, codebook.Codes.Select(known => known.Id));
            else if (codebook.Counted(code) is { } counted)
                codes.Add(counted.Id);
        }

        return codes.ToImmutable();
    }

    private static GoldAnswer? Wrong(Problems problems, Position at, string message)
    {
        problems.Error("FV050", at, message, "a gold answer is {\"id\":\"…\",\"text\":\"…\",\"codes\":[\"…\"],\"disputed\":[\"…\"]}");
        return null;
    }
}
