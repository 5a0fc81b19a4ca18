using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Flows;

namespace FossVoices.Host.Web.Pages;

/// <summary>A study as the front page lists it.</summary>
public sealed record StudyOnOffer(string Title, string Language, ImmutableArray<FlowOnOffer> Flows);

/// <param name="Closed">Why it takes no answers now; null where it does.</param>
public sealed record FlowOnOffer(string Title, int Minutes, Way Way, string? Closed);

/// <summary>What is asked before anything is kept.</summary>
/// <param name="Offer">The id that the person will have, sealed.</param>
/// <param name="From">The tag of the link that led here, or null.</param>
public sealed record ConsentView(Way Way, Outcome.Consent Consent, string Offer, string Delivery, string? From);

/// <summary>One question.</summary>
/// <param name="Note">A sentence about what was just sent.</param>
public sealed record QuestionView(Way Way, Outcome.Question Question, string Delivery, string? Note)
{
    /// <summary>What was sent and could not be taken: shown in the form again.</summary>
    public Reply? Attempt { get; init; }

    /// <summary>A text that was sent for another question than this one, shown so that it can be copied.</summary>
    public string? Unplaced { get; init; }

    /// <summary>The receipt, until the first answer.</summary>
    public string? Receipt { get; init; }

    public Prompt Prompt => Question.Prompt;

    /// <summary>The ids that the form shows as chosen: those just sent, or else the earlier answer.</summary>
    public ImmutableArray<string> Chosen => (Attempt, Prompt.Earlier) switch
    {
        (Reply.Chose(var ids), _) => ids,
        (_, Value.Option(var id)) => [id],
        (_, Value.Options(var ids)) => ids,
        (_, Value.Point(var point)) => [point.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        (_, Value.DontKnow) => [Reply.DontKnow],
        _ => [],
    };

    /// <summary>The text that the form shows as written.</summary>
    public string Written => (Attempt, Prompt.Earlier) switch
    {
        (Reply.Said(var text), _) => text,
        (_, Value.Words(var text)) => text,
        (_, Value.Quantity(var number)) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };
}

/// <param name="Unplaced">A text that was sent for a question that no longer stood, shown so that it can be copied.</param>
public sealed record FinishedView(Way Way, Outcome.Finished Finished, string? Receipt, string? Unplaced = null)
{
    /// <summary>Whether words can be released in this study.</summary>
    public bool Releases { get; init; }
}

/// <param name="Link">The whole address under which one can go on elsewhere.</param>
public sealed record PausedView(Way Way, Outcome.Paused Paused, string Receipt, string Link, string Delivery);

/// <param name="KeptUntil">The day on which everything is deleted by itself.</param>
/// <param name="Quotes">Whether the words may be quoted, as the person answered; null where that was not asked.</param>
public sealed record MineView(Way Way, ImmutableArray<Given> Answers, string Receipt, string Link, string KeptUntil, string? Quotes)
{
    /// <summary>Quotes that wait for the person's word, and those decided.</summary>
    public ImmutableArray<AskedQuote> Asking { get; init; } = [];

    /// <summary>Whether the side was shown by a code.</summary>
    public bool Attested { get; init; }

    /// <summary>Whether codes show a side in this study.</summary>
    public bool TakesCodes { get; init; }

    /// <summary>Whether words can be released in this study.</summary>
    public bool Releases { get; init; }

    public string Delivery { get; init; } = "";
}

/// <summary>Own words, to read, change and release.</summary>
/// <param name="Only">The <see cref="OwnWord.Id"/> of what was just changed; null where nothing was.</param>
public sealed record WordsView(Way Way, Outcome.OwnWords Own, string Delivery, string? Only = null);

/// <param name="Typed">The code that did not open it, or null.</param>
public sealed record CodeView(Way Way, Outcome.CodeNeeded Needed, string? Typed);

/// <param name="Text">What was written and could not be taken.</param>
public sealed record FeedbackView(Way Way, string Delivery, string? Note, string Text);

public sealed record WithdrawView(Way Way, int Answers, string Delivery);

/// <param name="Typed">What was typed as a receipt, or null.</param>
public sealed record ReceiptView(string? Typed, string? Note);

/// <param name="ReplacesOwn">Whether this browser has answers of its own to the same questions.</param>
public sealed record ResumeView(Way Way, string Receipt, int Answers, string Begun, bool ReplacesOwn);

/// <summary>What stands beside the pages of somebody who tries a study that is being written.</summary>
/// <param name="Try">Where the walk begins anew.</param>
/// <param name="Flows">The study's flows, by id, with where each is tried.</param>
/// <param name="Problems">Everything to mend, as <c>check</c> says it.</param>
/// <param name="Errors">How many of them keep the study from being opened.</param>
/// <param name="Changed">The address that answers once the files differ from those shown.</param>
public sealed record MarginView(string? Try, ImmutableArray<(string Id, string Address)> Flows, ImmutableArray<string> Problems, int Errors, string Changed);

/// <summary>One thing to say, and perhaps one place to go.</summary>
/// <param name="Key">The key of the heading, and with <c>_text</c> of the text.</param>
/// <param name="Sentence">What is said instead of the key's own text.</param>
/// <param name="LinkKey">The key of the link's text.</param>
/// <param name="Typed">What was typed and could not be kept, so that it can be copied.</param>
public sealed record MessageView(string Key, string? Sentence, string? Link, string? LinkKey, string? Typed);
