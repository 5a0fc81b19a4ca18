namespace FossVoices.Channels;

/// <summary>Hears what somebody said, at the program's own door: whoever says too much at once is asked to wait.</summary>
internal delegate Task<Outcome> Hearing(Incoming said, CancellationToken cancellationToken);
