using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>Which people are counted together.</summary>
/// <param name="Wave">The wave's id, empty in a study without waves; null counts all waves together, each person once.</param>
/// <param name="Public">People who published their words, or those who did not. The two are never mixed.</param>
/// <param name="AttestedOnly">Only people whose side has been attested.</param>
/// <param name="Community">Only people who began there, by its key; null for all.</param>
internal sealed record Stratum(string Study, string? Wave, bool Public = false, bool AttestedOnly = false, string? Community = null);

/// <summary>A tension as two addresses. A person holds a half when the answer is at or above its <c>agree_from</c>.</summary>
internal sealed record TensionHalves(string Tension, TensionHalf A, TensionHalf B);

/// <param name="Address">Where the own view is kept: <c>item</c>, or <c>item.own</c> of a pair.</param>
/// <param name="AgreeFrom">The scale point, from 1.</param>
internal sealed record TensionHalf(string Flow, string Address, int AgreeFrom);

/// <summary>A question of a flow.</summary>
internal readonly record struct Question(string Flow, string Address);

/// <summary>Which codings count.</summary>
/// <param name="AskedOfBoth">The open questions that both sides get; null for all. Imported turns always count: they are asked of both sides.</param>
/// <param name="ConfirmedOnly">Only what a person has confirmed.</param>
internal sealed record CodeCounting(ImmutableArray<Question>? AskedOfBoth, bool ConfirmedOnly);

/// <summary>Where people stand: the two sides, the bridge group of those on both, and those who have not said.</summary>
internal static class Sides
{
    public const string Upstream = "upstream";
    public const string Downstream = "downstream";
    public const string Both = "both";
    public const string Unknown = "unknown";
}
