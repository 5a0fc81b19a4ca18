namespace FossVoices.Host.Commands;

/// <summary>Where a language model is asked, which has OpenAI's interface for chats; many have, on one's own machine as well.</summary>
/// <param name="Url">Up to and with <c>/v1</c>.</param>
/// <param name="Key">Null where none is asked for.</param>
internal sealed record LlmSettings(Uri Url, string Model, string? Key)
{
    /// <summary>Whether words leave the machine.</summary>
    public bool IsElsewhere => !Url.IsLoopback;

    /// <summary>Null where nothing is set: it is off.</summary>
    /// <exception cref="CannotRun">It is set by half, or words would travel in the clear.</exception>
    public static LlmSettings? Read(IConfigurationSection section)
    {
        var (url, model, key) = (Set(nameof(Url)), Set(nameof(Model)), Set(nameof(Key)));
        if (url is null)
        {
            return model is null && key is null ? null : throw new CannotRun(
                "The language model is set by half: FossVoices:Llm has no Url. Give one, such as https://api.example.org/v1, or take the other settings of FossVoices:Llm out.");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            throw new CannotRun("FossVoices:Llm:Url is no address. Give one that begins with https:// and leads up to /v1, without a key in it.");
        if (address is { Scheme: "http", IsLoopback: false })
            throw new CannotRun("FossVoices:Llm:Url leads to another machine without encryption. Use an address that begins with https://.");
        if (model is null)
            throw new CannotRun("The language model is set by half: FossVoices:Llm has no Model. Name one that the address offers.");
        return key is null && !address.IsLoopback
            ? throw new CannotRun("The language model is set by half: FossVoices:Llm has no Key. Set it in the environment as FOSSVOICES__LLM__KEY.")
            : new LlmSettings(address, model, key);

        string? Set(string name) => section[name] is { Length: > 0 } value ? value : null;
    }
}
