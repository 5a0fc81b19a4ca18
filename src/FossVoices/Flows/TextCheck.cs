using System.Collections.Frozen;
using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Checks the places to fill in, in a flow's texts and in their translations.</summary>
internal sealed class TextCheck
{
    private static readonly ImmutableArray<string> s_always = ["project", "retention_date", "minimum_group"];
    private static readonly ImmutableArray<string> s_ofSide = ["side", "other_side"];

    private readonly Flow _flow;
    private readonly FrozenDictionary<string, int> _places;
    private readonly int _firstSide;

    public TextCheck(Flow flow)
    {
        _flow = flow;
        _places = flow.InFileOrder.Select((item, i) => KeyValuePair.Create(item.Id, i)).ToFrozenDictionary(StringComparer.Ordinal);
        _firstSide = flow.InFileOrder.Select((item, i) => item is Item.Choice { SetsSide: true } ? i : int.MaxValue).Append(int.MaxValue).Min();
    }

    public void Check(FoundText text, Problems problems)
    {
        var template = Template.Parse(text.Text.Value);
        foreach (var place in template.Places)
            CheckPlace(text, place, problems);
        if (template.HasLooseBrace)
            problems.Warning("FV018", text.Text.At, "a brace in this text fills nothing in, and will be read as it stands", "write {name} with the name of a place, or \\\\{ for a brace");
    }

    private void CheckPlace(FoundText text, Template.Piece place, Problems problems)
    {
        var (name, at) = (place.Name!, text.Text.At);
        if (text.Use is TextUse.Button or TextUse.Choice or TextUse.Plain)
        {
            if (name != "project")
                problems.Error("FV018", at, $"'{{{name}}}' can't be filled in here", "labels and words for reports know {project} alone");
        }
        else if (s_always.Contains(name) || HalfOfTension(name) is not null)
        {
            // Known from the start.
        }
        else if (text.Use == TextUse.SaidToAll)
        {
            problems.Error("FV018", at, $"'{{{name}}}' has no value before anybody has answered", "use {project}, {retention_date} and {minimum_group} here");
        }
        else if (name == "mirror")
        {
            if (text.Use != TextUse.Closing)
                problems.Warning("FV019", at, "'{mirror}' tells what the other side said, and would colour the answers that follow", "put it into 'end'");
        }
        else if (s_ofSide.Contains(name))
        {
            if (!place.HasFallback)
                problems.Warning("FV019", at, PlaceOf(text) <= _firstSide ? $"'{{{name}}}' has no value yet: no item before this sets the side" : $"'{{{name}}}' has no value for whoever skipped the side, and then nothing is said there", $"write {{{name}|…}} with what to say instead");
        }
        else if (text.Item is null || _flow.Find(text.Item) is not { } item || !item.Vary.ContainsKey(name))
        {
            CheckAnswer(text, place, name, problems);
        }
    }

    private void CheckAnswer(FoundText text, Template.Piece place, string name, Problems problems)
    {
        var at = text.Text.At;
        if (_flow.Steps.At(name) is not { IsNotice: false } step)
        {
            if (_flow.Steps.At($"{name}.own") is not null)
                problems.Error("FV018", at, $"'{{{name}}}' is a pair and has two answers", $"write {{{name}.own}} or {{{name}.other}}");
            else
                problems.Unknown("FV018", at, "place", name, [.. s_always, .. s_ofSide, "mirror", .. text.Item is { } id ? _flow.Find(id)?.Vary.Keys ?? [] : [], .. _flow.Steps.All.Where(s => !s.IsNotice).Select(s => s.Address)]);
        }
        else if (_places[step.Item.Id] > PlaceOf(text) || (step.Item.Id == text.Item && step.Probe is null && !text.Address.Contains(".probes.", StringComparison.Ordinal)))
        {
            problems.Error("FV016", at, $"'{{{name}}}' has not been asked when this is read", "only what has been asked before can be filled in");
        }
        else if (!place.HasFallback)
        {
            problems.Warning("FV019", at, $"'{{{name}}}' may have been skipped, and then nothing is said there", $"write {{{name}|…}} with what to say instead");
        }
    }

    private int PlaceOf(FoundText text) => text.Item is { } id ? _places.GetValueOrDefault(id) : int.MaxValue;

    private Tension? HalfOfTension(string name) => name.Split('.') is [var id, "a" or "b"] ? _flow.FindTension(id) : null;
}
