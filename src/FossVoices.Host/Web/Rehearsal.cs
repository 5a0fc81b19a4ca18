using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Definitions;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Web.Pages;
using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>Finds the walk that a request is about, and says beside the page what is to be mended.</summary>
internal sealed class Rehearsals(Drafts drafts, Speech speech, Margin margin, Lottery lottery, TimeProvider time)
{
    /// <summary>Null where there is no such study or flow, or where it has errors.</summary>
    public Rehearsal? Find(string study, string? flow, string? walk)
    {
        if (drafts.Look(study) is not { } draft)
            return null;

        var whole = draft.Loaded.Study;
        var asked = whole?.FindFlow(flow);
        margin.Shown = new MarginView(
            asked is null ? null : Way.To(whole!, asked.Id).Try,
            [.. (whole?.Flows.Keys ?? []).Where(id => id != asked?.Id).Select(id => (id, Way.To(whole!, id).Try))],
            [.. draft.Loaded.Problems.Select(p => p.ToString())], draft.Loaded.Problems.Count(p => p.Severity == Severity.Error),
            TryPages.ChangedSince(study, draft.Stamp));
        return asked is null ? null : new Rehearsal(whole!, asked.Id, walk, drafts, speech, lottery, time);
    }

    /// <summary>What is shown where nothing was found.</summary>
    public IResult Missing(string study) =>
        drafts.Look(study) is { Loaded.Study: null } ? Show.Message(200, "try_broken") : Show.NoSuchStudy();
}

/// <summary>One walk of an author through a flow as it is now.</summary>
internal sealed class Rehearsal(Study whole, string flowId, string? walk, Drafts drafts, Speech speech, Lottery lottery, TimeProvider time)
{
    private readonly Study _study = whole.In(speech.Language);

    private Flow Flow => _study.Flows[flowId];

    private Facts Facts => Facts.KeptUntil(time.GetUtcNow().AddDays(_study.RetainDays), _study.Language, _study.MinimumGroup);

    private Way Way => Way.To(whole, flowId) with { Walk = walk };

    /// <summary>The walk's answers, in the flow as it is by now: the path is a function of both.</summary>
    private Progress? Progress => drafts.Find(whole.Id, walk) is { } kept
        ? Progress.Begin(Flow, kept.Draws.Seed, kept.Quotes) with { Answers = kept.Answers, Heard = kept.Heard, Revisiting = kept.Revisiting }
        : null;

    /// <summary>Begins a walk, and says where it goes on.</summary>
    public Way Begin(string? quotes)
    {
        var begun = Visitor.NewId();
        drafts.Keep(whole.Id, begun, Progress.Begin(Flow, lottery.Seed(), Flow.Consent.Quotes?.Options.FirstOrDefault(o => o.Id == quotes)?.Id ?? Progress.NoQuotes));
        return Way with { Walk = begun };
    }

    public IResult Take(string address, Reply reply)
    {
        if (Progress is not { } progress)
            return Pages.Show.SeeOther(Way.Try);
        if (reply is Reply.Pause)
            return Show(address, speech["try_paused"], status: 200, tried: null);
        if (ReplyForm.RankedTwice(reply) is not null)
            return Show(address, speech["ranked_twice"], status: 422, reply);

        var turn = FlowEngine.TakeAt(Flow, progress, address, reply, new OpenStudy(whole).Ear.Hear(reply), time.GetUtcNow());
        if (turn is Turn.Refused(_, var why))
            return Show(address, Phrases.Of(why, _study.Language), status: 422, reply);
        drafts.Keep(whole.Id, walk!, turn.Progress);
        return Pages.Show.SeeOther(Way.Page(FlowPath.Of(Flow, turn.Progress).Standing?.Address));
    }

    /// <summary>The question by its address, or whatever stands.</summary>
    public IResult Show(string? address, string? note, int status, Reply? tried)
    {
        var title = Prompting.Title(Flow, Facts);
        if (Progress is not { } progress)
        {
            var consent = new Outcome.Consent(
                whole.Id, flowId, title, Flow.Minutes,
                [.. Prompting.Consent(Flow, Facts).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], Flow.Consent);
            // The form leads to these pages too, whatever walk it will begin.
            return Pages.Show.Page<ConsentPage>(new ConsentView(Way with { Walk = walk ?? "" }, consent, Offer: "", Delivery: "", From: null));
        }

        if (((address is null ? null : Prompting.At(Flow, progress, address, Facts)) ?? Prompting.Standing(Flow, progress, Facts)) is { } prompt)
        {
            var question = new Outcome.Question(title, new Asked("try", prompt.Address, 0), prompt, note, Receipt: null);
            return Pages.Show.Page<QuestionPage>(new QuestionView(Way, question, Delivery: "", note) { Attempt = tried }, status);
        }

        ImmutableArray<Given> given = [.. Prompting.ReadBack(Flow, progress, Facts).Select(r => new Given(r.Prompt.Address, r.Prompt.Ask, r.Answer, progress.Answers[r.Prompt.Address].At))];
        return Pages.Show.Page<FinishedPage>(new FinishedView(
            Way, new Outcome.Finished(title, new Asked("try", "", 0), Prompting.End(Flow, progress, Facts), given, note), Receipt: null));
    }
}
