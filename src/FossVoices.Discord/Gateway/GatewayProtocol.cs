using System.Collections.Immutable;
using System.Text.Json;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord.Gateway;

/// <summary>The rules of the gateway, version 10: what a connection does about what happens to it. Pure; the socket is <see cref="GatewayShard"/>.</summary>
internal static class GatewayProtocol
{
    /// <summary>After so many resumes in a row that failed, the session is given up: an endless loop of resumes is a known fault of bots.</summary>
    public const int MostResumes = 5;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <param name="chance">A number from 0 up to 1.</param>
    public static (GatewayState Next, ImmutableArray<GatewayDeed> Deeds) Take(GatewayState state, GatewayEvent happened, double chance) => happened switch
    {
        _ when state.Stage == GatewayStage.Ended => (state, []),
        GatewayEvent.Opened => (state with { Stage = GatewayStage.Connected, IsAcknowledged = true }, []),
        GatewayEvent.HeartbeatDue => Beat(state, chance),
        GatewayEvent.Overdue => state.Stage is GatewayStage.Connected or GatewayStage.Resuming ? Close(state, null, chance) : (state, []),
        GatewayEvent.Closed(var code) => Close(state, code, chance),
        GatewayEvent.Received(10, _, _, var hello) => Greet(state, hello, chance),
        GatewayEvent.Received(11, _, _, _) => (state with { IsAcknowledged = true }, []),
        GatewayEvent.Received(1, _, _, _) => (state, [new GatewayDeed.Beat(state.Sequence)]),
        GatewayEvent.Received(7, _, _, _) => Leave(state, TimeSpan.FromSeconds(chance)),
        GatewayEvent.Received(9, _, _, var resumable) => Invalid(state, resumable.ValueKind == JsonValueKind.True, chance),
        GatewayEvent.Received(0, var sequence, { } name, var data) => Dispatch(state with { Sequence = sequence ?? state.Sequence }, name, data),
        _ => (state, []),
    };

    private static (GatewayState, ImmutableArray<GatewayDeed>) Greet(GatewayState state, JsonElement hello, double chance)
    {
        if (state.Stage != GatewayStage.Connected || ApiJson.Number(hello, "heartbeat_interval") is not { } milliseconds || milliseconds is < 1 or > 3_600_000)
            return (state, []);

        var every = TimeSpan.FromMilliseconds(milliseconds);
        var beat = new GatewayDeed.KeepBeating(every * chance, every);
        // A stale flag of the connection before would make this one look dead at its first heartbeat.
        state = state with { IsAcknowledged = true };
        return state.Session is { } session
            ? (state with { Stage = GatewayStage.Resuming }, [beat, new GatewayDeed.Resume(session, state.Sequence)])
            : (state with { Stage = GatewayStage.Identifying }, [beat, new GatewayDeed.Identify()]);
    }

    private static (GatewayState, ImmutableArray<GatewayDeed>) Beat(GatewayState state, double chance)
    {
        if (state.Stage is GatewayStage.Away)
            return (state, []);
        // No answer since the last one: the connection is dead, though the socket does not know.
        return state.IsAcknowledged
            ? (state with { IsAcknowledged = false }, [new GatewayDeed.Beat(state.Sequence)])
            : Close(state, null, chance);
    }

    private static (GatewayState, ImmutableArray<GatewayDeed>) Dispatch(GatewayState state, string name, JsonElement data)
    {
        switch (name)
        {
            case "READY" when ApiJson.Text(data, "session_id") is { Length: > 0 } id && ApiJson.Text(data, "resume_gateway_url") is { Length: > 0 } url:
                state = Settled(state) with { Session = new ResumableSession(id, url) };
                break;
            case "RESUMED":
                state = Settled(state);
                break;
        }

        return (state, [new GatewayDeed.Dispatch(name, data)]);
    }

    private static GatewayState Settled(GatewayState state) => state with { Stage = GatewayStage.Ready, FailedResumes = 0, FailedConnections = 0 };

    private static (GatewayState, ImmutableArray<GatewayDeed>) Invalid(GatewayState state, bool isResumable, double chance)
    {
        var after = TimeSpan.FromSeconds(1 + 4 * chance);
        return Leave(isResumable ? Failed(state) : state.Afresh(), after);
    }

    private static (GatewayState, ImmutableArray<GatewayDeed>) Close(GatewayState state, int? code, double chance)
    {
        if (state.Stage == GatewayStage.Away)
            return (state, []);
        if (CloseCodes.Final(code) is { } sentence)
            return (state.Afresh() with { Stage = GatewayStage.Ended }, [new GatewayDeed.GiveUp(sentence)]);

        state = CloseCodes.EndsSession(code) ? state.Afresh() : Failed(state);
        return Leave(state with { FailedConnections = state.FailedConnections + 1 }, Backoff(state.FailedConnections, chance));
    }

    /// <summary>Counts a resume that did not succeed, and gives up the session at the last one.</summary>
    private static GatewayState Failed(GatewayState state)
    {
        if (state.Session is null || state.Stage == GatewayStage.Ready)
            return state;
        return state.FailedResumes + 1 >= MostResumes ? state.Afresh() : state with { FailedResumes = state.FailedResumes + 1 };
    }

    private static (GatewayState, ImmutableArray<GatewayDeed>) Leave(GatewayState state, TimeSpan after) =>
        (state with { Stage = GatewayStage.Away }, [new GatewayDeed.Reconnect(after, state.Session?.ResumeUrl)]);

    /// <summary>1, 2, 4 … up to 60 seconds, a quarter of a second more or less, so that a thousand bots do not come back at once.</summary>
    private static TimeSpan Backoff(int failures, double chance)
    {
        var seconds = Math.Min(Math.Pow(2, Math.Min(failures, 10)), s_longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds + (chance - 0.5) / 2);
    }
}
