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
public sealed record Incoming(string Delivery, string Study, string? Flow, Person Person, Place Place, Asked? Asked, Said Said, string? Locale);

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
    public sealed record Hello : Said;

    /// <summary>Agreed to take part.</summary>
    /// <param name="Quotes">Whether the words may be quoted: <c>no</c>, <c>paraphrase</c>, <c>anonymous</c> or <c>named</c>.</param>
    public sealed record Agree(string Quotes) : Said;

    /// <summary>A reply to the question that stands.</summary>
    public sealed record Answer(Reply Reply) : Said;

    /// <summary>Wants everything deleted.</summary>
    public sealed record Withdraw : Said;
}
