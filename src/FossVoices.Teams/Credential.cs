using FossVoices.Definitions;

namespace FossVoices.Teams;

/// <summary>By what the bot shows Microsoft that it is itself.</summary>
internal abstract record Credential
{
    private Credential()
    {
    }

    public sealed record ClientSecret(Secret Secret) : Credential;

    /// <param name="Path">A PKCS#12 file (.pfx), or PEM with the private key in the same file.</param>
    public sealed record Certificate(string Path, Secret? Password) : Credential;

    /// <summary>An identity that Azure gives to the machine the program runs on.</summary>
    /// <param name="Client">The identity's client id.</param>
    public sealed record ManagedIdentity(string Client) : Credential;
}
