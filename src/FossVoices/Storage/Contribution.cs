namespace FossVoices.Storage;

/// <summary>
/// What one person adds to the tallies of a wave: a function of what is stored of the person and of nothing else, by the rules of <see cref="Recount"/>.
/// What is subtracted before a change and added after it keeps the tallies right.
/// </summary>
internal sealed class Contribution(TallyRules rules)
{
    private readonly Dictionary<TallyCell, long> _cells = [];

    /// <summary>The cells that change, and by how much.</summary>
    public IEnumerable<KeyValuePair<TallyCell, long>> Changes => _cells.Where(cell => cell.Value != 0);

    /// <summary>Adds or takes away all that a person counts for.</summary>
    /// <param name="person">The person's sessions, in whatever waves.</param>
    /// <param name="sign">1 or -1.</param>
    public void Count(IReadOnlyList<StoredSession> person, int sign)
    {
        foreach (var wave in person.GroupBy(session => session.Wave, StringComparer.Ordinal))
            Count(wave.Key, [.. wave], sign, rests: null);
    }

    /// <summary>Counts the change of one session, of which only answers, side and progress may differ.</summary>
    /// <param name="others">The person's other sessions of the wave.</param>
    public void Change(IReadOnlyList<StoredSession> others, StoredSession before, StoredSession after)
    {
        // Whoever changes sides takes everything along; else only what rests on a changed answer can change.
        var rests = (before.Side, before.Both, before.Origin) == (after.Side, after.Both, after.Origin) ? Rests.On(before, after) : null;
        Count(before.Wave, [.. others, before], sign: -1, rests);
        Count(after.Wave, [.. others, after], sign: 1, rests);
    }

    private void Count(string wave, IReadOnlyList<StoredSession> sessions, int sign, Rests? rests)
    {
        Came(wave, sessions, sign);
        foreach (var isPublic in new[] { false, true })
        {
            foreach (var attested in new[] { false, true })
            {
                var counted = sessions.Where(s => s.Origin.Public == isPublic && (s.Origin.Attested || !attested) && !IsOutdated(s, sessions)).ToList();
                if (counted.Count > 0)
                    Count(new TallyCell(wave, isPublic, attested, SideOf(Telling(counted)), ""), counted, sign, rests);
            }
        }
    }

    private void Count(TallyCell stratum, List<StoredSession> counted, int sign, Rests? rests)
    {
        foreach (var session in counted.Where(session => session.Flow != Sessions.Session.ImportedFlow && (rests is null || session.Session == rests.Session)))
        {
            foreach (var address in rests?.Addresses ?? session.Answers.Keys)
                Answer(stratum, session, address, sign, rests);
        }

        foreach (var tension in rules.Tensions.Where(tension => rests is null || rests.Hold(tension.A) || rests.Hold(tension.B)))
        {
            if (PointOf(counted, tension.A) is { } a && PointOf(counted, tension.B) is { } b)
                Add(stratum with { About = TallyCell.Tension, Name = tension.Tension, Kind = TallyCell.Held(a >= tension.A.AgreeFrom, b >= tension.B.AgreeFrom) }, sign);
        }

        if (rests is null || rests.OnWords)
            Words(stratum, counted, sign);
    }

    private void Answer(TallyCell stratum, StoredSession session, string address, int sign, Rests? rests)
    {
        if (session.Answers.GetValueOrDefault(address) is not { OnPath: true } answer)
            return;

        Add(stratum with { About = TallyCell.Answer, Area = session.Flow, Name = address, Kind = answer.Kind, Value = answer.Value }, sign);
        if (PairOf(address) is not { } pair || (pair.IsGuess && (rests?.Addresses.Contains($"{pair.Id}.own") ?? true)))
            return; // A pair whose halves both change is counted once, with its first half.

        if (session.Answers.GetValueOrDefault($"{pair.Id}.own") is { OnPath: true, Kind: AnswerRow.Point } own
            && session.Answers.GetValueOrDefault($"{pair.Id}.other") is { OnPath: true, Kind: AnswerRow.Point } guess)
        {
            Add(stratum with { About = TallyCell.Difference, Area = session.Flow, Name = pair.Id, Value = TallyCell.Text(own.Number - guess.Number) }, sign);
        }
    }

    /// <summary>The codes of what was said before any probe, to what both sides are asked.</summary>
    private void Words(TallyCell stratum, List<StoredSession> counted, int sign)
    {
        var answers = counted.SelectMany(session => session.Answers
            .Where(answer => answer.Value is { OnPath: true, Kind: AnswerRow.InWords, Coded.Withheld: false } && !answer.Key.Contains('#', StringComparison.Ordinal)
                && (session.Flow == Sessions.Session.ImportedFlow || rules.AskedOfBoth?.Contains(new Question(session.Flow, answer.Key)) != false))
            .Select(answer => answer.Value.Coded)).ToList();
        var read = answers.Count(coded => coded.Read);
        Add(stratum with { About = TallyCell.Unread, Kind = TallyCell.Answers }, sign * (answers.Count - read));
        Add(stratum with { About = TallyCell.Read, Kind = TallyCell.Answers }, sign * read);
        Add(stratum with { About = TallyCell.Read, Kind = TallyCell.Persons }, read > 0 ? sign : 0);
        foreach (var code in answers.SelectMany(coded => coded.Codes).GroupBy(code => code.Code, StringComparer.Ordinal))
        {
            var (cell, confirmed) = (stratum with { About = TallyCell.Code, Name = code.Key }, code.Count(its => its.Confirmed));
            Add(cell with { Kind = TallyCell.Persons }, sign);
            Add(cell with { Kind = TallyCell.Answers }, sign * code.Count());
            Add(cell with { Kind = TallyCell.Confirmed }, confirmed > 0 ? sign : 0);
            Add(cell with { Kind = TallyCell.ConfirmedAnswers }, sign * confirmed);
        }
    }

    private void Came(string wave, IReadOnlyList<StoredSession> sessions, int sign)
    {
        if (sessions.Count == 0)
            return;

        var telling = Telling(sessions);
        var cell = new TallyCell(wave, telling.Origin.Public, Attested: false, SideOf(telling), TallyCell.Came, telling.Origin.Platform, telling.Origin.Source);
        Add(cell with { Kind = TallyCell.Started }, sign);
        Add(cell with { Kind = TallyCell.Core }, sessions.Any(session => session.Core) ? sign : 0);
        Add(cell with { Kind = TallyCell.Finished }, sessions.Any(session => session.Finished) ? sign : 0);
    }

    private void Add(TallyCell cell, long count)
    {
        if (count != 0)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cells, cell, out _) += count;
    }

    /// <summary>Whether the person filled the same flow again later.</summary>
    private static bool IsOutdated(StoredSession session, IReadOnlyList<StoredSession> all) =>
        session.Flow != Sessions.Session.ImportedFlow && all.Any(later => later.Flow == session.Flow && IsLater(later, session));

    /// <summary>The session that tells the person's side: the last one that knows it.</summary>
    private static StoredSession Telling(IReadOnlyList<StoredSession> sessions) =>
        sessions.Aggregate((one, other) => Knows(one) == Knows(other) ? (IsLater(other, one) ? other : one) : Knows(one) ? one : other);

    private static bool Knows(StoredSession session) => session.Side.Length > 0 || session.Both;

    private static bool IsLater(StoredSession one, StoredSession other) =>
        one.StartedAt > other.StartedAt || (one.StartedAt == other.StartedAt && string.CompareOrdinal(one.Session, other.Session) > 0);

    private static string SideOf(StoredSession session) => session.Both ? Sides.Both : session.Side.Length == 0 ? Sides.Unknown : session.Side;

    private static double? PointOf(List<StoredSession> counted, TensionHalf half) =>
        counted.Find(session => session.Flow == half.Flow)?.Answers.GetValueOrDefault(half.Address) is { OnPath: true, Kind: AnswerRow.Point } answer ? answer.Number : null;

    private static (string Id, bool IsGuess)? PairOf(string address) =>
        address.EndsWith(".own", StringComparison.Ordinal) ? (address[..^4], false)
        : address.EndsWith(".other", StringComparison.Ordinal) ? (address[..^6], true)
        : null;

    /// <summary>What a change touches.</summary>
    /// <param name="Addresses">Whose answers differ.</param>
    /// <param name="OnWords">Whether one of them is in words.</param>
    private sealed record Rests(string Session, string Flow, IReadOnlySet<string> Addresses, bool OnWords)
    {
        public static Rests On(StoredSession before, StoredSession after)
        {
            var addresses = new HashSet<string>(StringComparer.Ordinal);
            addresses.UnionWith(after.Answers.Where(answer => before.Answers.GetValueOrDefault(answer.Key) != answer.Value).Select(answer => answer.Key));
            addresses.UnionWith(before.Answers.Keys.Where(address => !after.Answers.ContainsKey(address)));
            return new Rests(after.Session, after.Flow, addresses, addresses.Any(address => IsWords(before, address) || IsWords(after, address)));
        }

        public bool Hold(TensionHalf half) => half.Flow == Flow && Addresses.Contains(half.Address);

        private static bool IsWords(StoredSession session, string address) => session.Answers.GetValueOrDefault(address)?.Kind == AnswerRow.InWords;
    }
}
