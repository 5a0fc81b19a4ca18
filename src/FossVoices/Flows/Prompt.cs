using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>What of the study is filled into texts.</summary>
/// <param name="RetentionDate">Until when the answers are kept, as it is to be read.</param>
/// <param name="MinimumGroup">The smallest group that is ever shown.</param>
/// <param name="Mirror">What this person guessed and what the other side really says; empty where no report has been posted.</param>
public sealed record Facts(string RetentionDate, int MinimumGroup, string Mirror = "")
{
    /// <summary>What each mirror shows this person, by its id; empty on walks of which nothing is kept.</summary>
    public ImmutableDictionary<string, ImmutableArray<ShownExcerpt>> Excerpts { get; init; } = ImmutableDictionary<string, ImmutableArray<ShownExcerpt>>.Empty;

    /// <summary>What became of themes of earlier rounds, a line each; read before the first mirror.</summary>
    public ImmutableArray<string> Became { get; init; } = [];

    /// <summary>What this person said then, by the mirror's id.</summary>
    public ImmutableDictionary<string, string> SaidThen { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <param name="until">Until when the answers are kept.</param>
    /// <param name="language">The language in which the day is to be read.</param>
    internal static Facts KeptUntil(DateTimeOffset until, string language, int minimumGroup) => new(Day.InWords(until, language), minimumGroup);
}

/// <summary>One question as it is to be shown, whatever the platform.</summary>
/// <param name="Address">Under which the answer will be kept.</param>
/// <param name="Before">Lines to read before the question.</param>
/// <param name="Control">How it can be answered.</param>
/// <param name="Number">Which question this is, counted from 1.</param>
/// <param name="About">How many there are, as things stand; up to the gate while that is open.</param>
/// <param name="Earlier">What the person answered before, or null.</param>
/// <param name="CanGoBack">Whether a question was answered before this one.</param>
public sealed record Prompt(
    string Address, ImmutableArray<string> Before, string Ask, Control Control, int Number, int About, Value? Earlier, bool CanGoBack);

/// <summary>How a question can be answered. Typed answers are always understood, too.</summary>
public abstract record Control
{
    private Control()
    {
    }

    /// <summary>One tap on one of a few.</summary>
    /// <param name="Apart">An option that is no degree of the others ("I don't know"), shown apart from them.</param>
    public sealed record OneOf(ImmutableArray<Option> Options, Option? Apart, bool IsScale) : Control;

    public sealed record SomeOf(ImmutableArray<Option> Options, int Least, int Most) : Control;

    /// <summary>The <paramref name="Top"/> most important ones, the first first.</summary>
    public sealed record Order(ImmutableArray<Option> Options, int Top) : Control;

    public sealed record Write(string? Hint) : Control;

    public sealed record Count(double Least, double Most, string? Unit) : Control;
}
