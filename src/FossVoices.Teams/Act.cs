namespace FossVoices.Teams;

/// <summary>What a button or a typed command asks for. The name, in lower case, is what a card carries.</summary>
internal enum Act
{
    /// <summary>From a channel: open the private chat.</summary>
    Join,

    /// <summary>Show where the person stands.</summary>
    Show,

    Agree,
    Decline,
    Answer,

    /// <summary>Show several questions on one card.</summary>
    Several,

    /// <summary>Answer those.</summary>
    Together,

    Skip,
    Back,
    Pause,
    Resume,

    /// <summary>Show an answered question again.</summary>
    Change,

    /// <summary>Show one's own answers.</summary>
    Mine,

    /// <summary>Ask whether everything is to be deleted.</summary>
    Withdraw,

    /// <summary>Delete it.</summary>
    Delete,

    Language,

    /// <summary>Ask to be reminded, once.</summary>
    Remind,

    /// <summary>Take that back.</summary>
    Forget,

    /// <summary>A word on a quote.</summary>
    Quote,

    /// <summary>One's own words, and what is released of them.</summary>
    Words,

    /// <summary>Say what of them may be shown.</summary>
    Release,

    Feedback,

    /// <summary>A code that shows the side.</summary>
    Code,

    Help,

    /// <summary>Another page of a text that is too long for one card.</summary>
    Page,

    /// <summary>A word on how own words are to be shown.</summary>
    Approve,
}
