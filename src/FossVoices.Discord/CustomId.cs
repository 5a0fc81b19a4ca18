using System.Globalization;
using FossVoices.Channels;

namespace FossVoices.Discord;

/// <summary>What a click on a component asks for.</summary>
internal enum Act
{
    /// <summary>From an invitation: come and look. Answered with a new message that only the person sees.</summary>
    Start,

    /// <summary>Agree to take part.</summary>
    Agree,

    /// <summary>Agree, having said whether one's words may be quoted.</summary>
    Quotes,

    Decline,

    /// <summary>One option; its place stands in <see cref="CustomId.Choice"/>.</summary>
    Choose,

    /// <summary>From a list; the places stand in the values.</summary>
    Select,

    /// <summary>Open the form to write in.</summary>
    Write,

    /// <summary>Send the form.</summary>
    Send,

    Back,
    Skip,
    Pause,
    Resume,

    /// <summary>Show an answered question again.</summary>
    Change,

    /// <summary>See one's own answers.</summary>
    Mine,

    /// <summary>Ask whether everything is to be deleted.</summary>
    Withdraw,

    /// <summary>Delete it.</summary>
    Delete,

    /// <summary>Another page of what is too long for one.</summary>
    Page,

    /// <summary>Choose a language.</summary>
    Language,

    /// <summary>Ask to be reminded, once, by direct message.</summary>
    Remind,

    /// <summary>See one's own words; the place of the one to show stands in <see cref="CustomId.Choice"/>.</summary>
    Words,

    /// <summary>Say what may become of own words: which stands in <see cref="CustomId.Asked"/>, what is chosen in <see cref="CustomId.Choice"/>.</summary>
    Release,

    /// <summary>Open the form with several questions.</summary>
    Together,

    /// <summary>Send it.</summary>
    SendPage,

    /// <summary>Go on in direct messages.</summary>
    Direct,

    /// <summary>See the next quote that waits for one's word.</summary>
    Quote,

    /// <summary>A quote may be posted as it stands.</summary>
    QuoteYes,

    /// <summary>A quote may not be posted.</summary>
    QuoteNo,

    /// <summary>Open the form to hide parts of a quote.</summary>
    QuoteHide,

    /// <summary>Send it.</summary>
    SendQuote,

    /// <summary>Open the form for a one-time code.</summary>
    Code,

    /// <summary>Send it.</summary>
    SendCode,

    /// <summary>Own words may be shown as they were read: in a researcher's words, of which <see cref="CustomId.Choice"/> is the mark, or in a report.</summary>
    WordsYes,

    /// <summary>They may not.</summary>
    WordsNo,

    /// <summary>Open the form for the receipt or code that lets somebody in.</summary>
    Entry,

    /// <summary>Send it.</summary>
    SendEntry,
}

/// <summary>
/// What a component carries, so that any click works after a restart: nothing is remembered but in the store.
/// Discord gives it back unchanged; whose click it is, the verified envelope says.
/// </summary>
/// <param name="Way">The code of study and flow (see <see cref="Ways"/>).</param>
/// <param name="Asked">What stood there to be answered; null where nothing did.</param>
/// <param name="Choice">The place of an option, a page, or null.</param>
/// <param name="Language">The language the person chose; null for the one that Discord tells.</param>
internal sealed record CustomId(Act Act, string Way, Asked? Asked = null, int? Choice = null, string? Language = null)
{
    public const int Limit = 100;

    /// <summary>A form puts something of its own before the id of the button that opened it.</summary>
    private const int ForForm = 9;

    /// <summary>Told apart from whatever else a bot may have posted.</summary>
    private const string Version = "fv1";

    /// <summary>An address too long to be carried is carried as this many digits of its hash.</summary>
    private const int ShortDigits = 16;

    private const char ShortMark = '#';

    public override string ToString()
    {
        var whole = With(Asked?.Address);
        return whole.Length <= Limit - ForForm ? whole : With(Short(Asked!.Address));
    }

    private string With(string? address) => string.Join('.', Parts(address));

    private IEnumerable<string> Parts(string? address)
    {
        yield return Version;
        yield return ((int)Act).ToString(CultureInfo.InvariantCulture);
        yield return Way;
        yield return Language ?? "";
        yield return Choice?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (Asked is null)
            yield break;
        yield return Asked.Session;
        yield return Asked.Revision.ToString(CultureInfo.InvariantCulture);
        // Last, since an address may hold full stops itself.
        yield return address!;
    }

    /// <summary>Reads what a component carried; null where it is not ours.</summary>
    public static CustomId? TryRead(string? text)
    {
        if (text is not { Length: > 0 and <= Limit } || text.Split('.', 8) is not [Version, var act, var way, var language, var choice, .. var rest]
            || !int.TryParse(act, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Enum.IsDefined((Act)number))
        {
            return null;
        }

        var asked = rest is [var session, var revision, var address]
            && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? new Asked(session, address, at) : null;
        int? chosen = int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;
        return new CustomId((Act)number, way, asked, chosen, language.Length == 0 ? null : language);
    }

    /// <summary>A receipt or code that somebody typed to be let in, carried on until they agree: nothing of it is kept before.</summary>
    public static Asked Carrying(string entry) => new(Session: "", entry, Revision: 0);

    /// <summary>See <see cref="Carrying"/>; null where nothing was typed.</summary>
    public string? Entry => Asked is { Session: "" } carried ? carried.Address : null;

    /// <summary>Whether a carried address stands for this one.</summary>
    public static bool Means(string carried, string address) => carried == address || carried == Short(address);

    public static bool IsShort(string carried) => carried.StartsWith(ShortMark);

    private static string Short(string address) => ShortMark + Ways.Digits(address)[..ShortDigits];
}
