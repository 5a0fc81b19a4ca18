namespace FossVoices.Tests.Discord;

/// <summary>How a connection is to end.</summary>
internal abstract record Disconnect
{
    private Disconnect()
    {
    }

    /// <summary>The line is cut.</summary>
    public sealed record Cut : Disconnect;

    /// <summary>Closed with a code.</summary>
    public sealed record Close(int Code) : Disconnect;

    /// <summary>"Please reconnect" (op 7).</summary>
    public sealed record PleaseReconnect : Disconnect;

    /// <summary>"Your session is invalid" (op 9).</summary>
    public sealed record Invalid(bool Resumable) : Disconnect;

    /// <summary>The line stays, and nothing comes over it any more: no acknowledgement, no event.</summary>
    public sealed record FallSilent : Disconnect;
}
