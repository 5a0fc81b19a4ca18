using System.Collections.Immutable;

namespace FossVoices.Exchange;

/// <summary>One flow as statistics programs like it: a row for each session, a column for each variable of every version.</summary>
internal sealed class WideTable
{
    /// <summary>The columns before the flow's own.</summary>
    public static readonly ImmutableArray<string> About = ["session", "person", "side", "both_sides", "wave", "platform", "source", "attested", "public", "flow_version", "core_done", "finished"];

    private readonly ImmutableArray<ExportedSession> _sessions;

    private WideTable(string flow, ImmutableArray<ExportedFlow> versions, ImmutableArray<ExportedSession> sessions)
    {
        (Flow, Versions, _sessions) = (flow, versions, sessions);
        Variables = Exchange.Variables.Of([.. versions.Select(version => version.Flow)]);
    }

    public string Flow { get; }

    /// <summary>The first one first.</summary>
    public ImmutableArray<ExportedFlow> Versions { get; }

    public ImmutableArray<Variable> Variables { get; }

    /// <summary>One for each flow that anybody ever began, by name.</summary>
    public static ImmutableArray<WideTable> Of(Exported study) =>
    [
        .. study.Flows.GroupBy(version => version.Flow.Id, StringComparer.Ordinal).OrderBy(flow => flow.Key, StringComparer.Ordinal).Select(flow => new WideTable(
            flow.Key, [.. flow], [.. study.Sessions.Where(session => session.Asked?.Id == flow.Key)])),
    ];

    public Table Table(Func<string, string>? words = null) => new(
        Columns.Safe(Flow, 60), [.. About, .. Variables.Select(variable => variable.Name)], _sessions.Select(session => Row(session, words)));

    private ImmutableArray<Cell> Row(ExportedSession exported, Func<string, string>? words)
    {
        var session = exported.Session;
        var states = new AnswerStates(exported.Asked!, session.Progress);
        return
        [
            session.Id, session.Respondent, exported.Side, Cell.Yes(exported.BothSides), session.Wave, session.Origin.Platform, session.Origin.Source,
            Cell.Yes(session.Origin.Attested), Cell.Yes(session.Origin.Public), exported.Asked!.Version,
            Cell.Yes(session.CoreAt is not null), Cell.Yes(session.FinishedAt is not null),
            .. Variables.Select(variable => variable.CellOf(exported, states)).Select(cell => words is not null && cell.Text is { } text ? words(text) : cell),
        ];
    }
}
