using System.Runtime.InteropServices;
using System.Text;

namespace FossVoices.Storage;

/// <summary>How often each answer to a flow was given by one side, how far own views are from guesses, and who holds which halves of a tension.</summary>
/// <param name="tensions">Those of which both halves are in this flow.</param>
internal sealed class FlowCount(string side, string flow, IEnumerable<TensionHalves> tensions)
{
    private const string Own = ".own";
    private const string Guess = ".other";

    private readonly Dictionary<byte[], Question> _questions = new(Utf8Key.Comparer);

    /// <summary>Own views of the session that is being read.</summary>
    private readonly List<Question> _views = [];

    private readonly Halves[] _tensions = [.. tensions.Select(tension => new Halves(tension))];

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

    public IEnumerable<HeldCount> Held =>
        from halves in _tensions
        from holdsA in (int[])[0, 1]
        from holdsB in (int[])[0, 1]
        let persons = halves.Persons[2 * holdsA + holdsB]
        where persons > 0
        select new HeldCount { Tension = halves.Tension.Tension, Side = side, HoldsA = holdsA, HoldsB = holdsB, Persons = persons };

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

        foreach (var halves in _tensions)
        {
            if (halves is { A: { } a, B: { } b } && a.Session == _session && b.Session == _session)
                halves.Persons[(a.Point >= halves.Tension.A.AgreeFrom ? 2 : 0) + (b.Point >= halves.Tension.B.AgreeFrom ? 1 : 0)]++;
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
        foreach (var halves in _tensions)
        {
            halves.A = halves.Tension.A.Address == address ? question : halves.A;
            halves.B = halves.Tension.B.Address == address ? question : halves.B;
        }

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

    /// <summary>A tension and the persons by the halves they hold: neither, b, a, both.</summary>
    private sealed class Halves(TensionHalves tension)
    {
        public TensionHalves Tension => tension;

        /// <summary>Its halves, once anybody has answered them.</summary>
        public Question? A { get; set; }

        public Question? B { get; set; }

        public long[] Persons { get; } = new long[4];
    }
}
