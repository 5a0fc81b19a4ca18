using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Channels;

/// <summary>What a platform heard, in the only form that the engine knows.</summary>
/// <param name="Delivery">The platform's id of this event; the same event sent again carries the same id.</param>
/// <param name="Study">The study it is about.</param>
/// <param name="Flow">The flow, or null for the study's default.</param>
/// <param name="Person">Who acted, by the platform's own verified word.</param>
/// <param name="Place">Where.</param>
/// <param name="Asked">What was asked, from the button, card or form; null for typed text and commands.</param>
/// <param name="Said">What the person did.</param>
/// <param name="Locale">The person's language as the platform tells it, or null.</param>
public sealed record Incoming(string Delivery, string Study, string? Flow, Person Person, Place Place, Asked? Asked, Said Said, string? Locale)
{
    /// <summary>The sides of which the platform vouches that the person is of them, by a role or a team that the study names; empty for none.</summary>
    public ImmutableArray<string> Vouched { get; init; } = [];

    /// <summary>
    /// How the platform finds the message that will show this answer, so that it can be taken away when the person withdraws. Kept sealed with the session and gone
    /// with it; null where nothing can be taken away.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>The server or team whose invitation led here, where the place itself does not tell; null where it does, or where nobody knows.</summary>
    public string? Through { get; init; }

    /// <summary>The server or team that this comes from; null where nobody knows.</summary>
    public string? Community => Through ?? (Place.Id.Contains('/', StringComparison.Ordinal) ? Place.Community : null);
}

/// <summary>Somebody, as one platform knows them. Never stored: see <see cref="Sessions.Pseudonym"/>.</summary>
public sealed record Person(string Platform, string Id)
{
    /// <summary>The platform of somebody who shows a receipt instead of an account; the id is the receipt.</summary>
    public const string ByReceipt = "receipt";
}

/// <summary>A channel, chat or page.</summary>
/// <param name="Id">The platform's id; where the place belongs to a server or team, that one's id goes before it: <c>SERVER/CHANNEL</c>.</param>
/// <param name="Source">The tag of the link that led here, or empty.</param>
public sealed record Place(string Platform, string Id, string Source = "")
{
    /// <summary>The platform of the web chat, which speaks only when spoken to.</summary>
    public const string Web = "web";

    /// <summary>The server or team; the place itself where it belongs to none.</summary>
    public string Community => Id.Split('/', 2)[0];

    /// <summary>Reads <c>PLATFORM:ID</c>, as study files name places; null where it is none.</summary>
    public static Place? TryRead(string? text) =>
        text?.Split(':', 2) is [{ Length: > 0 } platform, { Length: > 0 } id] ? new Place(platform, id) : null;
}

/// <summary>What a card or form had asked when it was shown.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Address">The address of the question.</param>
/// <param name="Revision">The session's revision at that time.</param>
public sealed record Asked(string Session, string Address, int Revision)
{
    /// <summary>The compact form in a button or form field: <c>session~address~revision</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Session}~{Address}~{Revision}");

    /// <summary>Reads the compact form; null where it is none.</summary>
    public static Asked? TryRead(string? text) =>
        text is { Length: <= 200 } && text.Split('~') is [var session, var address, var number]
        && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var revision)
            ? new Asked(session, address, revision)
            : null;
}

/// <summary>What somebody did, before and beside answering.</summary>
public abstract record Said
{
    private Said()
    {
    }

    /// <summary>Came to look: shows consent, or where the person stands.</summary>
    /// <param name="Code">The one-time code that was in the link or typed, where the study asks for one; else null.</param>
    public sealed record Hello(string? Code = null) : Said;

    /// <summary>Agreed to take part.</summary>
    /// <param name="Quotes">Whether the words may be quoted: <c>no</c>, <c>paraphrase</c>, <c>anonymous</c> or <c>named</c>.</param>
    /// <param name="Code">As in <see cref="Hello"/>.</param>
    public sealed record Agree(string Quotes, string? Code = null) : Said;

    /// <summary>A reply to the question that stands.</summary>
    public sealed record Answer(Reply Reply) : Said;

    /// <summary>Wants everything deleted.</summary>
    public sealed record Withdraw : Said;

    /// <summary>Wants to see what is kept, and which quotes wait for a word.</summary>
    public sealed record MyData : Said;

    /// <summary>Wants to see the own words, and what is released of them.</summary>
    public sealed record Words : Said;

    /// <summary>Says what may become of own words.</summary>
    /// <param name="Which">The <see cref="OwnWord.Id"/>, its place among all own words, or <c>all</c>.</param>
    /// <param name="Level">The <see cref="Flows.Release"/> as it is spelt; empty to leave it as it is.</param>
    /// <param name="Name">The name to stand under them; empty for none, or to leave it as it is.</param>
    /// <param name="Hidden">The parts that are to be hidden, by their place in <see cref="OwnWord.Parts"/>; null to leave it as it is.</param>
    /// <param name="Also">More of the words that is to be hidden, a phrase a line; empty for none.</param>
    /// <param name="Text">What the words shall be from now on, empty to cut them; null to leave them.</param>
    public sealed record Release(
        string Which, string Level, string Name = "", System.Collections.Immutable.ImmutableArray<int>? Hidden = null, string Also = "", string? Text = null) : Said;

    /// <summary>Says yes or no to how own words are to be shown: in a researcher's words, or in a report.</summary>
    /// <param name="Which">As in <see cref="Release"/>; one of them, not all.</param>
    /// <param name="Yes">Whether it may be shown so; if not, it is taken back.</param>
    /// <param name="Reply">What is to stand beside it in the report; empty for nothing.</param>
    /// <param name="Mark">The <see cref="Paraphrase.Mark"/> of the researcher's words as they were read; null for as they are now.</param>
    public sealed record Approve(string Which, bool Yes, string Reply = "", string? Mark = null) : Said;

    /// <summary>Wants to be asked in another language, here, from now on.</summary>
    /// <param name="Tag">Such as <c>fr</c>; empty to be told which there are.</param>
    public sealed record Language(string Tag) : Said;

    /// <summary>Has something to say to those who run the study, without a name.</summary>
    public sealed record Feedback(string Text) : Said;

    /// <summary>Wants to know what can be said here.</summary>
    public sealed record Help : Said;

    /// <summary>Wants to be reminded, once, of what was paused.</summary>
    /// <param name="Address">What the platform's channel needs to write to the person; sealed, and forgotten with the reminder.</param>
    public sealed record Remind(string Address) : Said;

    /// <summary>Does not want to be reminded (any more).</summary>
    public sealed record NoReminder : Said;

    /// <summary>Typed a code that shows the side.</summary>
    public sealed record Attest(string Typed) : Said;

    /// <summary>Decided about a quote that was proposed.</summary>
    /// <param name="Quote">Its id.</param>
    /// <param name="Yes">Whether it may be posted.</param>
    /// <param name="Hidden">The parts that are to be hidden, by their place in <see cref="AskedQuote.Parts"/>; null to leave it as proposed.</param>
    /// <param name="Also">More words of the quote that are to be hidden; empty for none.</param>
    public sealed record Decide(string Quote, bool Yes, ImmutableArray<int>? Hidden = null, string Also = "") : Said;
}
