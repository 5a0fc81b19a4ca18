using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Channels;

/// <summary>What a platform shows next. It can be rendered again at any time from what is stored.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The language in which the person is spoken to; null where that is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The answer that was taken, or that had been taken before where this one came too late; null where there was none.</summary>
    public Taken? Took { get; init; }

    /// <summary>Whether the question that was answered no longer stood, so that nothing has changed.</summary>
    public bool TooLate { get; init; }

    /// <summary>Nothing has been kept yet; the person is asked to agree.</summary>
    public sealed record Consent(string Study, string Flow, string Title, int Minutes, ImmutableArray<string> Text, ConsentText Words) : Outcome
    {
        /// <summary>The one-time code to be sent along with the agreement; null where none is needed.</summary>
        public string? Code { get; init; }
    }

    /// <summary>The study opens only with a code that is handed out once.</summary>
    /// <param name="Note">Why the code that was given does not open it; null where none was given.</param>
    public sealed record CodeNeeded(string Title, string? Note) : Outcome;

    /// <summary>A question stands.</summary>
    /// <param name="Asked">What the button, card or form has to carry.</param>
    /// <param name="Note">A sentence about what was just said: why it was refused, or that it came too late.</param>
    /// <param name="Receipt">The receipt, right after the person agreed; null later.</param>
    public sealed record Question(string Title, Asked Asked, Prompt Prompt, string? Note, string? Receipt) : Outcome
    {
        /// <summary>The questions after this one that can be answered on the same page, see <see cref="Reply.Together"/>; empty where it stands alone.</summary>
        public ImmutableArray<Prompt> Alongside { get; init; } = [];
    }

    /// <summary>Nothing is left to ask.</summary>
    /// <param name="Closing">The closing words.</param>
    /// <param name="Asked">Carries the session's revision, for changing an answer.</param>
    public sealed record Finished(string Title, Asked Asked, ImmutableArray<string> Closing, ImmutableArray<Given> Answers, string? Note) : Outcome;

    /// <param name="Left">About how many questions are left.</param>
    public sealed record Paused(string Title, Asked Asked, int Left) : Outcome
    {
        /// <summary>Whether a reminder can be asked for, or has been.</summary>
        public ReminderOffer Reminder { get; init; }
    }

    /// <summary>All that is kept of somebody, as they may see and download it.</summary>
    /// <param name="Receipt">Opens the same answers anywhere.</param>
    /// <param name="KeptUntil">When it is deleted by itself.</param>
    /// <param name="Quotes">Whether the words may be quoted, as the person answered; null where that was not asked.</param>
    /// <param name="Asking">Quotes that wait for the person's word, and those decided.</param>
    public sealed record MyData(
        string Title, ImmutableArray<Given> Answers, string Receipt, DateTimeOffset KeptUntil, string? Quotes, ImmutableArray<AskedQuote> Asking) : Outcome
    {
        /// <summary>The session's id.</summary>
        public string Session { get; init; } = "";
    }

    /// <summary>What somebody said in their own words, and what is released of it.</summary>
    /// <param name="Terms">The text under which words are released.</param>
    /// <param name="Offered">What can be chosen for each, the least first.</param>
    /// <param name="Words">In the order in which they were said; commands name them by their place, counted from 1.</param>
    /// <param name="Note">What became of what was just said, or null.</param>
    public sealed record OwnWords(
        string Title, string Terms, ImmutableArray<ReleaseOffered> Offered, ImmutableArray<OwnWord> Words, string? Note) : Outcome;

    /// <summary>What can be said here, a line each.</summary>
    public sealed record Help(ImmutableArray<string> Lines) : Outcome;

    /// <summary>Something was done, or could not be; nothing has changed in the questions.</summary>
    public sealed record Noted(string Sentence) : Outcome;

    /// <summary>Everything of this session is deleted.</summary>
    /// <param name="Answers">How many answers there were.</param>
    public sealed record Withdrawn(int Answers) : Outcome
    {
        /// <summary>Messages that still show them, as <see cref="Incoming.Trace"/> named them; nobody remembers them but this.</summary>
        public ImmutableArray<string> Traces { get; init; } = [];
    }

    /// <summary>The study takes no answers now, or there is none of that name.</summary>
    public sealed record Closed(string Sentence) : Outcome;

    /// <summary>The answer could not be kept; the person may try again.</summary>
    public sealed record Unavailable(string Sentence) : Outcome;
}

/// <summary>One answer as its author may read it again.</summary>
/// <param name="Ask">What was asked.</param>
/// <param name="Answer">What was answered, in the words the person saw; empty where it was skipped.</param>
public sealed record Given(string Address, string Ask, string Answer, DateTimeOffset At);

/// <summary>An answer as it is read back to whoever gave it.</summary>
/// <param name="Number">Which question it was, counted from 1.</param>
/// <param name="About">How many there are, as things stand.</param>
/// <param name="Answer">In the words the person saw; empty where it was skipped.</param>
public sealed record Taken(string Address, int Number, int About, string Ask, string Answer);

/// <summary>Whether somebody who paused can be reminded.</summary>
public enum ReminderOffer
{
    /// <summary>Not here: the place speaks only when spoken to, or the study reminds nobody.</summary>
    None,

    /// <summary>On asking for it.</summary>
    Offered,

    /// <summary>It has been asked for.</summary>
    Asked,
}

/// <summary>A quote of somebody's own words, as its author is asked about it.</summary>
/// <param name="Parts">The quote in parts, some of which may be hidden when it is posted.</param>
/// <param name="State"><c>proposed</c>, <c>approved</c> or <c>refused</c>.</param>
public sealed record AskedQuote(string Id, ImmutableArray<QuotePart> Parts, string State)
{
    /// <summary>As it would be posted.</summary>
    public string Shown => string.Concat(Parts.Select(part => part.Hidden ? "[…]" : part.Text));
}

/// <summary>Part of a quote.</summary>
/// <param name="Telling">Whether it may give somebody away: a name, an address, a link.</param>
/// <param name="Hidden">Whether it is left out when the quote is posted.</param>
public sealed record QuotePart(string Text, bool Telling, bool Hidden);
