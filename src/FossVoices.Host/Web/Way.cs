using FossVoices.Studies;

namespace FossVoices.Host.Web;

/// <summary>Where the pages of one flow of a study are.</summary>
/// <param name="Flow">The flow; null for the study's default, whose pages need not name it.</param>
public sealed record Way(string Study, string? Flow)
{
    internal static Way To(Study study, string flow) => new(study.Id, flow == study.DefaultFlow ? null : flow);

    /// <summary>The author's walk that these pages belong to, of which nothing is stored; null for whoever really answers.</summary>
    public string? Walk { get; init; }

    private string Tail => Flow is null ? Study : $"{Study}/{Flow}";

    /// <summary>The page that asks: whatever stands, or one question by its address.</summary>
    public string Page(string? question = null) => (Walk, question) switch
    {
        (null, null) => $"/s/{Tail}",
        (null, _) => $"/s/{Tail}?q={Uri.EscapeDataString(question)}",
        (_, null) => $"/try/{Tail}?w={Walk}",
        _ => $"/try/{Tail}?w={Walk}&q={Uri.EscapeDataString(question)}",
    };

    /// <summary>The author's pages from their start.</summary>
    public string Try => $"/try/{Tail}";

    /// <summary>One's own answers.</summary>
    public string Mine => $"/mine/{Tail}";

    public string Download => $"/download/{Tail}";

    public string Withdraw => $"/withdraw/{Tail}";

    /// <summary>Makes the browser forget whose answers it had open.</summary>
    public string Leave => $"/leave/{Tail}";

    /// <summary>To say something to those who run the study.</summary>
    public string Feedback => $"/feedback/{Tail}";

    /// <summary>One's own words, and what is released of them.</summary>
    public string Words => $"/words/{Tail}";

    /// <summary>To type a code that opens the study.</summary>
    public string Code => $"/code/{Tail}";

    /// <summary>To show one's side with a code.</summary>
    public string Attest => $"/attest/{Tail}";

    /// <summary>To decide about a quote.</summary>
    public string Quote => $"/quote/{Tail}";

    public string NoThanks => Walk is null ? $"/no-thanks/{Tail}" : Try;

    public string Resume(string receipt) => $"/resume/{Study}/{receipt}";
}
