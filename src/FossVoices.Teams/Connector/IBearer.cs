namespace FossVoices.Teams.Connector;

/// <summary>Gives the token with which the bot calls the connector.</summary>
internal interface IBearer
{
    /// <param name="anew">Whether the last one was not taken, so that another is needed.</param>
    /// <returns>Null where the bot calls without one.</returns>
    /// <exception cref="NoToken">There is none to be had; the message says why.</exception>
    ValueTask<string?> TokenAsync(bool anew, CancellationToken cancellationToken);
}

/// <summary>The bot gets no token now.</summary>
internal sealed class NoToken(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Calls without a token, where nothing is authenticated.</summary>
internal sealed class NoBearer : IBearer
{
    public ValueTask<string?> TokenAsync(bool anew, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
}
