namespace FossVoices.Channels;

/// <summary>One thing that the bot needs, tried on the real platform.</summary>
/// <param name="Passed">Null where it was not tried.</param>
internal sealed record LiveResult(string What, bool? Passed, string Sentence);
