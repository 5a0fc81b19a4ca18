using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Web.Pages;
using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>Where one flow of a study is asked in the web chat: what every page of it needs.</summary>
/// <param name="Study">The study in the visitor's language.</param>
/// <param name="Flow">The flow in the visitor's language.</param>
internal sealed record Desk(Study Study, Flow Flow, Way Way)
{
    /// <summary>An address as it can be given to somebody else.</summary>
    public static string Absolute(HttpContext context, string path) => $"{context.Request.Scheme}://{context.Request.Host}{path}";

    /// <summary>What the visitor did, in the form that the engine knows.</summary>
    public Incoming Heard(HttpContext context, Visitor visitor, Said said, Asked? asked = null)
    {
        var form = HttpMethods.IsPost(context.Request.Method) ? context.Request.Form : null;
        // A form without a delivery of its own was not made here; every sending of it is a new one.
        var delivery = form?[ReplyForm.Delivery].ToString() is { Length: > 0 and <= 64 } given ? given : Visitor.NewId();
        return new Incoming(
            delivery, Study.Id, Flow.Id, visitor.In(Flow.Id), new Place(Visitor.Platform, "", form?["from"].ToString() ?? ""), asked, said, Study.Language);
    }

    /// <summary>A question as a page, with a delivery of its own: sent twice, the form counts once.</summary>
    public QuestionView View(Outcome.Question question) => new(Way, question, Visitor.NewId(), question.Note);

    /// <summary>The person's answer to whether their words may be quoted; null where the study does not ask.</summary>
    public string? QuotesInWords(string quotes) => Flow.Consent.Quotes?.Options.FirstOrDefault(o => o.Id == quotes)?.Label;
}

/// <summary>Finds the desk that an address names, in the language of the request.</summary>
internal sealed class Desks(OpenStudies studies, Speech speech)
{
    /// <summary>Null where there is no such study, or no such flow in it.</summary>
    public Desk? Find(string study, string? flow) =>
        studies.Find(study)?.Study.In(speech.Language) is { } found && found.FindFlow(flow) is { } its ? new Desk(found, its, Way.To(found, its.Id)) : null;
}
