using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Teams.Cards;

namespace FossVoices.Teams;

/// <summary>Says to the conversation what somebody did in the private chat.</summary>
internal sealed class Talk(Hearing hearing, Teammates teammates, OpenStudies studies, Chats chats)
{
    public async Task<Outcome> HearAsync(Desk desk, Visit visit, Channels.Said said, Asked? asked, CancellationToken cancellationToken)
    {
        // Where words were typed, the card above them will read them back.
        var incoming = visit.Heard(desk, said, asked, visit.Replies ?? chats.Find(visit.Person)?.Message);
        // Only an answer can say a side; whoever merely looks costs no question to Teams.
        return said is Channels.Said.Answer && studies.Find(desk.Study) is { } open
            ? await hearing(incoming with { Vouched = await teammates.SidesAsync(visit, open.Study, cancellationToken) }, cancellationToken)
            : await hearing(incoming, cancellationToken);
    }
}
