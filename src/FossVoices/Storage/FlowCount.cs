using System.Runtime.InteropServices;
using System.Text;

namespace FossVoices.Storage;

/// <summary>How often each answer to a flow was given by one side, and how far own views are from guesses.</summary>
internal sealed class FlowCount(string side, string flow)
{
    private const string Own = ".own";
    private const string Guess = ".other";

    private readonly Dictionary<byte[], Question> _questions = new(Utf8Key.Comparer);

    /// <summary>Own views of the session that is being read.</summary>
    private readonly List<Question> _views = [];

    private int _session;

    public IEnumerable<ValueCount> Values =>
        from question in _questions.Values
        from cell in question.Answers
        select new ValueCount
        {
            Side = side,
            Flow = flow,
            Address = question.Address,
            Kind = cell.Key.Kind,
            Value = cell.Key.Value,
            Number = cell.Key.Number,
            Persons = cell.Value,
        };

    public IEnumerable<DifferenceCount> Differences =>
        from question in _questions.Values
        from cell in question.Differences
        select new DifferenceCount { Side = side, Flow = flow, Item = question.Address[..^Own.Length], Difference = cell.Key, Persons = cell.Value };

    public void Add(ReadOnlySpan<byte> address, string kind, string value, double? number)
    {
        ref var question = ref CollectionsMarshal.GetValueRefOrAddDefault(_questions.GetAlternateLookup<ReadOnlySpan<byte>>(), address, out var known);
        if (!known)
            question = New(Encoding.UTF8.GetString(address));
        CollectionsMarshal.GetValueRefOrAddDefault(question!.Answers, (kind, value, number), out _)++;
        if (kind != AnswerRow.Point || number is not { } point)
            return;

        (question.Point, question.Session) = (point, _session);
        if (question.IsOwn)
            _views.Add(question);
    }

    /// <summary>The session's last answer has been read.</summary>
    public void EndSession()
    {
        foreach (var own in _views)
        {
            if (own.Guess is { } guess && guess.Session == _session)
                CollectionsMarshal.GetValueRefOrAddDefault(own.Differences, (int)(own.Point - guess.Point), out _)++;
        }

        _views.Clear();
        _session++;
    }

    private Question New(string address)
    {
        var question = new Question(address);
        if (address.EndsWith(Guess, StringComparison.Ordinal) && Find(address[..^Guess.Length] + Own) is { } own)
            own.Guess = question;
        if (question.IsOwn)
            question.Guess = Find(address[..^Own.Length] + Guess);
        return question;
    }

    private Question? Find(string address) => _questions.GetValueOrDefault(Encoding.UTF8.GetBytes(address));

    private sealed class Question(string address)
    {
        public string Address => address;

        public bool IsOwn { get; } = address.EndsWith(Own, StringComparison.Ordinal);

        /// <summary>Of an own view: what the other side is guessed to say, where anybody was asked.</summary>
        public Question? Guess { get; set; }

        public Dictionary<(string Kind, string Value, double? Number), long> Answers { get; } = [];

        public Dictionary<int, long> Differences { get; } = [];

        /// <summary>The last point that was read, and the number of its session.</summary>
        public double Point { get; set; }

        public int Session { get; set; } = -1;
    }
}
