using System.Collections.Concurrent;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>A flow with the ear of its own codebook: what one session is asked by.</summary>
internal sealed record AskedVersion(Flow Flow, Ear Ear);

/// <summary>
/// Finds the flow that a session began with, whatever has become of the files since: today's, or the one that was frozen. A frozen flow
/// never changes, so once opened it stays open.
/// </summary>
internal sealed partial class Versions(BundleStore bundles, ILogger<Versions> log)
{
    private readonly ConcurrentDictionary<(string Study, string Hash), (Study Study, Ear Ear)> _frozen = new();

    /// <summary>
    /// The session's own flow. Where it was not kept, or this program can't read it any more, today's flow of that name; null where
    /// there is none either.
    /// </summary>
    /// <param name="locale">The language of whoever answers; null for the study's own.</param>
    public async ValueTask<AskedVersion?> OfAsync(OpenStudy open, Session session, string? locale, CancellationToken cancellationToken)
    {
        var study = open.Study;
        var today = study.In(locale).Flows.GetValueOrDefault(session.Flow) is { } flow ? new AskedVersion(flow, open.Ear) : null;
        if (today?.Flow.Hash == session.FlowHash || session.Flow == Session.ImportedFlow)
            return today;
        if (_frozen.TryGetValue((study.Id, session.FlowHash), out var known))
            return In(known);
        if (await bundles.FindAsync(study.Id, session.FlowHash, cancellationToken) is not { } bundle || bundle.Open() is not { } then)
        {
            LogLost(study.Id, session.Flow, session.FlowHash);
            return today;
        }

        return In(_frozen.GetOrAdd((study.Id, session.FlowHash), (then, new Ear(new Lexicon(then.Codebook)))));

        AskedVersion In((Study Study, Ear Ear) frozen) => new(frozen.Study.In(locale).Flows[session.Flow], frozen.Ear);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study}: the version {Hash} of {Flow} can't be opened; its sessions go on with today's")]
    private partial void LogLost(string study, string flow, string hash);
}
