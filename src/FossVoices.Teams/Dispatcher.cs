using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Teams;

/// <summary>Hears every activity, and says who sees to it.</summary>
internal sealed class Dispatcher : IActivities
{
    public Task<Answered> HearAsync(Activity activity, bool again, CancellationToken cancellationToken) => Task.FromResult(activity.Happened switch
    {
        Happened.Invoked => new Answered(StatusCodes.Status501NotImplemented),
        Happened.Wrote or Happened.Submitted => new Answered(StatusCodes.Status202Accepted),
        _ => new Answered(StatusCodes.Status200OK),
    });
}
