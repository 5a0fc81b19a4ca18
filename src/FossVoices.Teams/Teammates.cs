using System.Collections.Immutable;
using FossVoices.Studies;
using FossVoices.Teams.Connector;

namespace FossVoices.Teams;

/// <summary>Which sides somebody's teams show. Teams is asked whether the person is a member; what it says is kept while the program runs, and nowhere else.</summary>
internal sealed class Teammates(ConnectorClient connector, Chats chats)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    /// <summary>The sides that the study lets a team show, and of whose teams the person is a member.</summary>
    public async Task<ImmutableArray<string>> SidesAsync(Visit visit, Study study, CancellationToken cancellationToken)
    {
        if (study.Attestation.Values.All(proof => proof.Teams.IsEmpty))
            return [];
        if (chats.Find(visit.Person) is { Vouched: { } known } chat && chat.Study == study.Id)
            return known;
        var sides = ImmutableArray.CreateBuilder<string>();
        var isCertain = true;
        foreach (var (side, proof) in study.Attestation)
        {
            foreach (var team in proof.Teams)
            {
                var answer = await connector.CallAsync(ConnectorCall.MemberOf(visit.Reference, team, visit.Person), s_patience, cancellationToken);
                isCertain &= answer is ConnectorAnswer.Done or ConnectorAnswer.Refused;
                if (answer is ConnectorAnswer.Done && !sides.Contains(side))
                    sides.Add(side);
            }
        }

        // Where Teams could not be asked, it is asked again the next time.
        if (isCertain && chats.Find(visit.Person) is { } now && now.Study == study.Id)
            chats.Keep(visit.Person, now with { Vouched = sides.ToImmutable() });
        return sides.ToImmutable();
    }
}
