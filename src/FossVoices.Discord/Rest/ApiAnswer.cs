using System.Text.Json;

namespace FossVoices.Discord.Rest;

/// <summary>What became of a request.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    /// <summary>Discord did it.</summary>
    /// <param name="Json">What it answered; <see cref="JsonValueKind.Undefined"/> where it answered nothing.</param>
    public sealed record Done(JsonElement Json) : ApiAnswer;

    /// <summary>Discord will not do it, however often it is asked.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Code">Discord's own error code, or 0.</param>
    /// <param name="Message">Discord's own words.</param>
    /// <param name="Errors">The tree of what is wrong in the body, as JSON, or empty.</param>
    public sealed record Refused(int Status, int Code, string Message, string Errors) : ApiAnswer
    {
        public Refusal Meaning => Refusals.Of(Code, Status);

        /// <summary>One sentence for whoever runs the program.</summary>
        public string Sentence => $"{Refusals.Sentence(Meaning)} (Discord says: {Message}, {Status}/{Code}{(Errors.Length > 0 ? $", {Errors}" : "")})";
    }

    /// <summary>The bot's token is not accepted. Nothing more is asked with it.</summary>
    public sealed record TokenWrong : ApiAnswer
    {
        public const string Sentence = "Discord does not accept the bot token. Copy it again from the application's page (Bot, Reset Token) into the settings and restart.";
    }

    /// <summary>No answer that says whether it was done: the network, a fault at Discord, a limit that lasts too long.</summary>
    public sealed record Unreachable(string Why) : ApiAnswer;
}
