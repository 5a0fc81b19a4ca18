namespace FossVoices.Storage;

/// <summary>The key of one session's words. Whoever destroys it destroys them, wherever copies of the database may lie.</summary>
internal sealed class SessionKey(byte[] key, string study, string session)
{
    public const int Length = 32;

    public byte[] Seal(string address, ReadOnlySpan<byte> plain) => Sealed.Seal(key, BelongsTo(address), plain);

    /// <exception cref="StorageUnavailable">The words were changed, moved from another answer, or sealed with a key that is gone.</exception>
    public byte[] Open(string address, ReadOnlySpan<byte> bytes) => Sealed.Open(key, BelongsTo(address), bytes)
        ?? throw new StorageUnavailable($"The words of session {session} at '{address}' do not fit their key; restore data/keys/sessions.db from its backup. 'fossvoices doctor' lists what cannot be read.");

    private string BelongsTo(string address) => $"{study}|{session}|{address}";
}
