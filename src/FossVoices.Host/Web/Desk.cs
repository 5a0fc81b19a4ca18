using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Host.Web.Pages;
using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>Where one flow of a study is asked in the web chat: what every page of it needs.</summary>
/// <param name="Study">The study in the visitor's language.</param>
/// <param name="Flow">The flow's id.</param>
internal sealed record Desk(Study Study, string Flow, Way Way)
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
            delivery, Study.Id, Flow, visitor.In(Flow), new Place(Visitor.Platform, Receipts.Neighbourhood(context.Connection.RemoteIpAddress), form?["from"].ToString() ?? ""), asked, said, Study.Language);
    }

    /// <summary>A question as a page, with a delivery of its own: sent twice, the form counts once.</summary>
    public QuestionView View(Outcome.Question question) => new(Way, question, Visitor.NewId(), question.Note);
}

/// <summary>Finds the desk that an address names, in the language of the request.</summary>
internal sealed class Desks(OpenStudies studies, Speech speech)
{
    /// <summary>Null where there is no such study, or no such flow in it, nor was.</summary>
    public Desk? Find(string study, string? flow) =>
        studies.Find(study)?.Study.In(speech.Language) is { } found && studies.FindFlow(found, flow) is { } its ? new Desk(found, its, Way.To(found, its)) : null;
}
