namespace FossVoices.Discord.Gateway;

/// <summary>All that one connection to the gateway knows between two events. A value: <see cref="GatewayProtocol"/> makes the next one.</summary>
/// <param name="Stage">How far the present connection has come.</param>
/// <param name="Session">What a resume needs, or null where the next connection must identify.</param>
/// <param name="Sequence">The last number of a dispatched event, or null before the first.</param>
/// <param name="IsAcknowledged">Whether the last heartbeat was answered.</param>
/// <param name="FailedResumes">Resumes in a row that did not succeed.</param>
/// <param name="FailedConnections">Connections in a row that did not become ready.</param>
internal sealed record GatewayState(
    GatewayStage Stage, ResumableSession? Session, long? Sequence, bool IsAcknowledged, int FailedResumes, int FailedConnections)
{
    public static GatewayState Start { get; } = new(GatewayStage.Away, null, null, true, 0, 0);

    /// <summary>Without the session: the next connection identifies, and counts its events anew.</summary>
    public GatewayState Afresh() => this with { Session = null, Sequence = null, FailedResumes = 0 };
}

/// <summary>A session that Discord keeps for a while after its connection is gone.</summary>
/// <param name="ResumeUrl">Where it is to be resumed.</param>
internal sealed record ResumableSession(string Id, string ResumeUrl);

/// <summary>How far a connection has come.</summary>
internal enum GatewayStage
{
    /// <summary>No connection.</summary>
    Away,

    /// <summary>Connected; Discord has not said hello.</summary>
    Connected,

    Identifying,

    Resuming,

    Ready,

    /// <summary>Never again: see <see cref="GatewayDeed.GiveUp"/>.</summary>
    Ended,
}
