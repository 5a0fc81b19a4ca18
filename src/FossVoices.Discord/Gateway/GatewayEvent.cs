using System.Text.Json;

namespace FossVoices.Discord.Gateway;

/// <summary>What can happen to a connection.</summary>
internal abstract record GatewayEvent
{
    private GatewayEvent()
    {
    }

    /// <summary>The socket is open.</summary>
    public sealed record Opened : GatewayEvent;

    /// <summary>A message came.</summary>
    /// <param name="Op">What kind.</param>
    /// <param name="Sequence">Its number; null for all but dispatched events.</param>
    /// <param name="Name">The name of a dispatched event.</param>
    public sealed record Received(int Op, long? Sequence, string? Name, JsonElement Data) : GatewayEvent;

    /// <summary>It is time for a heartbeat.</summary>
    public sealed record HeartbeatDue : GatewayEvent;

    /// <summary>The connection has had time enough to say hello, or to take up the session again.</summary>
    public sealed record Overdue : GatewayEvent;

    /// <summary>The socket is gone, or could not be opened.</summary>
    /// <param name="Code">The code that Discord closed it with, or null.</param>
    public sealed record Closed(int? Code) : GatewayEvent;
}

/// <summary>What is to be done about it.</summary>
internal abstract record GatewayDeed
{
    private GatewayDeed()
    {
    }

    /// <summary>Send a heartbeat with the last sequence.</summary>
    public sealed record Beat(long? Sequence) : GatewayDeed;

    /// <summary>Beat from now on.</summary>
    public sealed record KeepBeating(TimeSpan First, TimeSpan Every) : GatewayDeed;

    /// <summary>Begin a session. It spends one of the few identifies of the day.</summary>
    public sealed record Identify : GatewayDeed;

    public sealed record Resume(ResumableSession Session, long? Sequence) : GatewayDeed;

    /// <summary>Hand on what happened at Discord.</summary>
    public sealed record Dispatch(string Name, JsonElement Data) : GatewayDeed;

    /// <summary>Close the socket and open another.</summary>
    /// <param name="At">Where, or null for the address that Discord gives to begin with.</param>
    public sealed record Reconnect(TimeSpan After, string? At) : GatewayDeed;

    /// <summary>Do not come back. The sentence says what to do.</summary>
    public sealed record GiveUp(string Sentence) : GatewayDeed;
}
