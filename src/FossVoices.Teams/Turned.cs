using System.Collections.Immutable;
using FossVoices.Teams.Cards;

namespace FossVoices.Teams;

/// <summary>What is to be shown after somebody did something.</summary>
/// <param name="Spent">What becomes of the card that was used, where there is one.</param>
/// <param name="Here">What was asked for: in place of the card that was used, or as a message where something was typed.</param>
/// <param name="Next">As new messages, in order: screen readers announce those, and not what changes silently.</param>
/// <param name="Words">A sentence to be shown beside the card, which stays as it is.</param>
internal sealed record Turned(Card? Spent, Card? Here, ImmutableArray<Said> Next, string? Words = null)
{
    /// <summary>The address of the question that was answered; empty where none was.</summary>
    public string Took { get; init; } = "";

    /// <summary>Messages that are to be taken away, see <see cref="Visit.Trace"/>.</summary>
    public ImmutableArray<string> Gone { get; init; } = [];

    public static Turned InPlace(Card card) => new(null, card, []);

    public static Turned AsNext(Said next) => new(null, null, [next]);

    /// <summary>What comes next is a message of its own, and the card that was used says no more than this.</summary>
    public static Turned After(Card? spent, Said next) => new(spent, null, [next]);

    public static Turned Aside(string words) => new(null, null, [], words);
}

/// <summary>A card to be sent.</summary>
/// <param name="Asks">The address of the question it asks; empty where it asks none.</param>
/// <param name="MayStay">Whether it is enough to put it in place of the same question where that stands already.</param>
/// <param name="Kept">What is to be done with the message's id, where it shows what somebody answered; null for nothing.</param>
internal sealed record Said(Card Card, string Asks = "", bool MayStay = false, Func<string, CancellationToken, Task>? Kept = null);
