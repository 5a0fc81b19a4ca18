using System.Collections.Immutable;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Web.Pages;

namespace FossVoices.Host.Web;

/// <summary>The page that lists what one can take part in.</summary>
internal static class FrontPage
{
    public static void MapFrontPage(this IEndpointRouteBuilder app) => app.MapGet("/", AllAsync);

    private static async Task<IResult> AllAsync(OpenStudies studies, Openings openings, Speech speech, CancellationToken cancellationToken)
    {
        var shown = ImmutableArray.CreateBuilder<StudyOnOffer>();
        foreach (var study in studies.All.Select(open => open.Study.In(speech.Language)))
        {
            var flows = ImmutableArray.CreateBuilder<FlowOnOffer>();
            foreach (var flow in study.Flows.Values.OrderBy(f => f.Id != study.DefaultFlow).ThenBy(f => f.Id, StringComparer.Ordinal))
            {
                var opening = await openings.NowAsync(study, flow.Id, cancellationToken);
                var title = Prompting.Title(flow, new Facts("", study.MinimumGroup));
                flows.Add(new FlowOnOffer(title, flow.Minutes, Way.To(study, flow.Id), opening.Closed));
            }

            shown.Add(new StudyOnOffer(study.Title, study.Language, flows.ToImmutable()));
        }

        return Show.Page<StudiesPage>(shown.ToImmutable());
    }
}
