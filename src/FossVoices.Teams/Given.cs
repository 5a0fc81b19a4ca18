using System.Collections.Immutable;
using System.Text.Json;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Teams.Inbound;

namespace FossVoices.Teams;

/// <summary>What a card that was sent carries: what its maker put there, and what was filled in. Whose it is, the activity says.</summary>
/// <param name="Study">Null where it does not say.</param>
/// <param name="Asked">What stood on it to be answered.</param>
/// <param name="Language">The language that the person chose before anything was kept.</param>
/// <param name="About">An address, a quote's id, a page: whatever the act needs.</param>
internal sealed record Given(Act Act, string? Study, string? Flow, Asked? Asked, string? Language, string About, ImmutableDictionary<string, string> Inputs)
{
    /// <summary>See <see cref="Cards.Desk.Through"/>.</summary>
    public string? Through => Inputs.GetValueOrDefault("through");

    /// <summary>Inputs of a card have these ids; the places of a ranking count from 0.</summary>
    public const string Choice = "choice", Words = "words", Number = "number", Place = "place";

    /// <summary>Reads what a card carries; null where it is none of ours.</summary>
    /// <param name="verb">The verb that came with it; empty for the older way, in which it is part of the data.</param>
    public static Given? TryRead(string verb, JsonElement data)
    {
        var name = Activity.Text(data, "act") ?? verb[(verb.LastIndexOf('.') + 1)..];
        // The report's card says "start", as the command does.
        var act = name == "start" ? Teams.Act.Join : Enum.TryParse<Act>(name, ignoreCase: true, out var read) && Enum.IsDefined(read) && !char.IsDigit(name[0]) ? read : (Act?)null;
        if (act is not { } known || data.ValueKind != JsonValueKind.Object)
            return null;
        var inputs = data.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String || p.Value.ValueKind == JsonValueKind.Number)
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .ToImmutableDictionary(p => p.Key, p => p.First().Value is { ValueKind: JsonValueKind.String } text ? text.GetString()! : p.First().Value.GetRawText(), StringComparer.Ordinal);
        return new Given(
            known, inputs.GetValueOrDefault("study"), inputs.GetValueOrDefault("flow"), Asked.TryRead(inputs.GetValueOrDefault("asked")), inputs.GetValueOrDefault("language"),
            inputs.GetValueOrDefault("about", ""), inputs);
    }

    /// <summary>What was answered. What was filled in nowhere is an answer with nothing in it, which is refused in words.</summary>
    public Reply Reply()
    {
        if (Inputs.TryGetValue(Words, out var words) || Inputs.TryGetValue(Number, out words))
            return new Reply.Said(words);
        return new Reply.Chose(Inputs.TryGetValue(Choice, out var choice)
            ? Several(choice)
            : [.. Enumerable.Range(0, Cards.QuestionCard.MostPlaces).Select(place => Inputs.GetValueOrDefault($"{Place}{place}", "")).Where(id => id.Length > 0)]);
    }

    /// <summary>Several choices come divided by commas.</summary>
    public static ImmutableArray<string> Several(string choice) => [.. choice.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
