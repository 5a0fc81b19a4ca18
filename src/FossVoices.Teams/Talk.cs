using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Teams.Cards;

namespace FossVoices.Teams;

/// <summary>Says to the conversation what somebody did in the private chat.</summary>
internal sealed class Talk(Hearing hearing, Teammates teammates, OpenStudies studies)
{
    public async Task<Outcome> HearAsync(Desk desk, Visit visit, Channels.Said said, Asked? asked, CancellationToken cancellationToken)
    {
        var incoming = visit.Heard(desk, said, asked);
        // Only an answer can say a side; whoever merely looks costs no question to Teams.
        return said is Channels.Said.Answer && studies.Find(desk.Study) is { } open
            ? await hearing(incoming with { Vouched = await teammates.SidesAsync(visit, open.Study, cancellationToken) }, cancellationToken)
            : await hearing(incoming, cancellationToken);
    }
}
