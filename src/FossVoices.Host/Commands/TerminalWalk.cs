using System.Globalization;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary>One walk through a flow, line by line, in the language of whoever walks; it can be switched at any question.</summary>
internal sealed class TerminalWalk
{
    private readonly Study _whole;
    private readonly string _flowId;
    private readonly Terminal _terminal;
    private readonly Ear _ear;
    private Study _study;
    private Flow _flow;
    private readonly GapReport? _posted;
    private Facts _facts;

    /// <param name="posted">The last report that was posted, for the end; null where there is none.</param>
    public TerminalWalk(Study study, string flow, string? language, GapReport? posted, Terminal terminal)
    {
        _posted = posted;
        (_whole, _flowId, _terminal, _ear) = (study, flow, terminal, new OpenStudy(study).Ear);
        (_study, _flow, _facts) = In(language);
    }

    /// <summary>The terminal's own sentences, in the files beside this one.</summary>
    internal static Wording Wording { get; } = Wording.Of(typeof(TerminalWalk).Assembly, "FossVoices.Host.Commands.Sentences");

    private string Tags => string.Join(", ", _whole.Languages);

    public int Run(long seed, CancellationToken cancellationToken)
    {
        Write(Say("heading", ("title", Prompting.Title(_flow, _facts)), ("minutes", Number(_flow.Minutes))) + "\n");
        Write(Prompting.Consent(_flow, _facts) + "\n");
        Write($"  {Say("yes"),-4} {_flow.Consent.Agree}\n  {Say("no"),-4} {_flow.Consent.Decline}");
        if (Hear() is not { } agreed || !(Means(agreed, "yes") || Same(agreed, "y") || agreed == "1" || Same(agreed, _flow.Consent.Agree)))
            return Leave(Say("nothing_asked"));

        Write("\n" + Say("how", ("back", Say("back")), ("skip", Say("skip")), ("pause", Say("pause")), ("stop", Say("stop"))));
        if (!_whole.Translations.IsEmpty)
            Write(Say("languages", ("language", Say("language")), ("tags", Tags)));
        var progress = Progress.Begin(_flow, seed);
        while (!cancellationToken.IsCancellationRequested && Prompting.Standing(_flow, progress, _facts) is { } prompt)
        {
            Show(prompt);
            if (Hear() is not { } said || Means(said, "stop"))
                return Leave(Say("stopped"));
            if (Means(said, "pause"))
            {
                Write(Say("paused"));
                Hear();
            }
            else if (!Switches(said))
            {
                progress = Take(progress, ReplyTo(said));
            }
        }

        foreach (var line in Prompting.End(_flow, progress, _facts with { Mirror = Mirror.Of(_study, _flow, progress, _posted) }))
            Write("\n" + line);
        Write("\n" + Say("answers"));
        foreach (var (prompt, answer) in Prompting.ReadBack(_flow, progress, _facts))
            Write($"  {prompt.Ask}\n    → {(answer.Length == 0 ? Say("skipped") : answer)}");
        return Leave("\n" + Say("nothing_stored"));
    }

    private Progress Take(Progress progress, Reply reply)
    {
        var turn = FlowEngine.Take(_flow, progress, reply, _ear.Hear(reply), _terminal.Time.GetUtcNow());
        if (turn is Turn.Refused(_, var why))
            Write(Phrases.Of(why, _study.Language));
        return turn.Progress;
    }

    /// <summary><c>language fr</c>: from the next question on everything is asked and said in that language.</summary>
    private bool Switches(string said)
    {
        if (said.Split(' ', 2, StringSplitOptions.TrimEntries) is not [var word, { Length: > 0 and <= 12 } tag] || !Means(word, "language"))
            return false;

        var there = In(tag);
        if (there.Study.Language.Split('-')[0].Equals(tag.Split('-')[0], StringComparison.OrdinalIgnoreCase))
            (_study, _flow, _facts) = there;
        else
            Write(Say("no_language", ("tag", tag), ("tags", Tags)));
        return true;
    }

    private (Study Study, Flow Flow, Facts Facts) In(string? language)
    {
        var study = _whole.In(language);
        return (study, study.FindFlow(_flowId)!, Facts.KeptUntil(_terminal.Time.GetUtcNow().AddDays(study.RetainDays), study.Language, study.MinimumGroup));
    }

    private void Show(Prompt prompt)
    {
        Write("");
        foreach (var line in prompt.Before)
            Write(line);
        Write(Say("progress", ("number", Number(prompt.Number)), ("about", Number(prompt.About)), ("ask", prompt.Ask)));
        switch (prompt.Control)
        {
            case Control.OneOf(var options, var apart, _):
                List(apart is null ? options : options.Add(apart));
                break;
            case Control.SomeOf(var options, var least, var most):
                List(options);
                Hint(Say(least == most ? "choose_all" : "choose", ("least", Number(least)), ("most", Number(most))));
                break;
            case Control.Order(var options, var top):
                List(options);
                Hint(Say("order", ("top", Number(top))));
                break;
            case Control.Write(var hint):
                Hint(hint ?? Say("own_words"));
                break;
            case Control.Count(var least, var most, var unit):
                Hint(Say(unit is null ? "number" : "number_unit", ("least", Number(least)), ("most", Number(most)), ("unit", unit ?? "")));
                break;
        }
    }

    private void List(IEnumerable<Option> options)
    {
        var number = 0;
        foreach (var option in options)
            Hint($"{Number(++number)}  {option.Label}");
    }

    private Reply ReplyTo(string said) => Means(said, "back") ? new Reply.Back() : Means(said, "skip") ? new Reply.Skip() : new Reply.Said(said);

    /// <summary>Whether this is the word, in the language of the walk or in English.</summary>
    private bool Means(string said, string word) => Same(said, Say(word)) || Same(said, Wording.Say(Wording.Original, word));

    private static bool Same(string said, string word) => string.Equals(said, word, StringComparison.OrdinalIgnoreCase);

    private string Say(string key, params ReadOnlySpan<(string Name, string Value)> places) => Wording.Say(_study.Language, key, places);

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private void Hint(string line) => Write($"  {line}");

    private void Write(string line) => _terminal.Out.WriteLine(Harmless.Printable(line));

    private string? Hear()
    {
        _terminal.Out.Write("> ");
        _terminal.Out.Flush();
        return _terminal.In.ReadLine()?.Trim();
    }

    private int Leave(string line)
    {
        Write(line);
        return ExitCode.Fine;
    }
}
