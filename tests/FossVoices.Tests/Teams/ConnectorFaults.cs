namespace FossVoices.Tests.Teams;

/// <summary>What goes wrong with a request, and when in its life.</summary>
internal abstract record ConnectorFault
{
    private ConnectorFault()
    {
    }

    /// <summary>Nothing is done; the answer is this status.</summary>
    /// <param name="RetryAfter">Seconds to wait, as the header says; null leaves it out.</param>
    public sealed record Refuses(int Status, int? RetryAfter = null) : ConnectorFault;

    /// <summary>It is done all the same, and the answer is this status.</summary>
    public sealed record DoneYetRefuses(int Status) : ConnectorFault;

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    public sealed record LosesReply : ConnectorFault;

    /// <summary>It is done, and answered 202 with an empty body.</summary>
    public sealed record AnswersWithoutId : ConnectorFault;
}

/// <summary>Faults that wait for their requests.</summary>
internal sealed class ConnectorFaults
{
    private readonly Lock _gate = new();
    private readonly List<(string Line, ConnectorFault Fault)> _planned = [];

    /// <summary>The next so many requests whose line (<c>POST /v3/conversations</c> …) holds this text meet this fault.</summary>
    public void Plan(string line, ConnectorFault fault, int times = 1)
    {
        lock (_gate)
            _planned.AddRange(Enumerable.Repeat((line, fault), times));
    }

    /// <summary>How many faults still wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _planned.Count;
        }
    }

    public ConnectorFault? Take(string line)
    {
        lock (_gate)
        {
            var at = _planned.FindIndex(planned => line.Contains(planned.Line, StringComparison.Ordinal));
            if (at < 0)
                return null;
            var fault = _planned[at].Fault;
            _planned.RemoveAt(at);
            return fault;
        }
    }
}
