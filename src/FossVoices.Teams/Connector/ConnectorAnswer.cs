using System.Text.Json;

namespace FossVoices.Teams.Connector;

/// <summary>What became of a call. The sentences are for whoever runs the program, and name no place and no person.</summary>
internal abstract record ConnectorAnswer
{
    private ConnectorAnswer()
    {
    }

    /// <param name="Body">Undefined where there was none.</param>
    public sealed record Done(JsonElement Body) : ConnectorAnswer
    {
        /// <summary>The id of what was made; null where Teams tells none, as it may.</summary>
        public string? Id => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

        public string? Text(string name) =>
            Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }

    /// <summary>It was not done, and would not be another time.</summary>
    public sealed record Refused(int Status, string Code, string Why) : ConnectorAnswer;

    /// <summary>It was not done, for certain, and may be tried again.</summary>
    /// <param name="After">How long Teams asks to wait; null where it does not say.</param>
    public sealed record Later(TimeSpan? After, string Why) : ConnectorAnswer;

    /// <summary>It may have been done or not.</summary>
    public sealed record Unknown(string Why) : ConnectorAnswer;
}
