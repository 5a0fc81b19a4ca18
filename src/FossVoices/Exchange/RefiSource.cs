using System.Text;

namespace FossVoices.Exchange;

/// <summary>One session as a text that can be read from top to bottom, each answer below its question, and where each answer lies in it.</summary>
internal sealed class RefiSource
{
    private const int LongestName = 60;

    private readonly Dictionary<string, (string Said, int Start)> _answers;

    private RefiSource(ExportedSession session, string text, Dictionary<string, (string Said, int Start)> answers)
    {
        (Session, Text, _answers) = (session, text, answers);
        Guid = RefiId.Of("source", session.Session.Study, session.Session.Id);
    }

    public ExportedSession Session { get; }

    public Guid Guid { get; }

    /// <summary>With <c>\n</c> alone for line breaks.</summary>
    public string Text { get; }

    /// <summary>Unique in a project, and sorts by person.</summary>
    public string Name => $"{Session.Name ?? Session.Session.Respondent} · {Session.Session.Flow} · {Session.Session.Id}";

    /// <summary>Null where no words leave.</summary>
    public static RefiSource? Of(ExportedSession session)
    {
        var text = new StringBuilder($"{session.Session.Flow}, {session.Session.Id}\n");
        var length = PlainText.Length(text.ToString());
        var answers = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        foreach (var (address, said) in session.Texts)
        {
            Add($"\n[{address}] {PlainText.Of(QuestionOf(session, address))}\n");
            answers[address] = (said, length);
            Add(PlainText.Of(said));
            Add("\n");
        }

        return answers.Count == 0 ? null : new RefiSource(session, text.ToString(), answers);

        void Add(string plain)
        {
            text.Append(plain);
            length += PlainText.Length(plain);
        }
    }

    public bool Has(string address) => _answers.ContainsKey(address);

    /// <summary>The answer as it was said.</summary>
    public string Said(string address) => _answers[address].Said;

    /// <summary>Where a coding lies in the whole text, in code points, its end exclusive.</summary>
    public (int Start, int End) Span(ExportedCoding coding)
    {
        var (said, start) = _answers[coding.Address];
        var (from, to) = PlainText.Span(said, coding.Start, coding.Length);
        return (start + from, start + to);
    }

    /// <summary>The first words of a span, as other programs show them in lists.</summary>
    public string Cut(int start, int end) =>
        string.Concat(Text.EnumerateRunes().Skip(start).Take(Math.Min(end - start, LongestName)).Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));

    private static string QuestionOf(ExportedSession session, string address) =>
        session.Questions.GetValueOrDefault(address) ?? session.Asked?.Steps.At(address)?.Text?.Source ?? "";
}
