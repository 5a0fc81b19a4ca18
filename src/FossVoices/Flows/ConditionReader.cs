using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Reads conditions, and points at what they name wrongly.</summary>
/// <param name="directory">What there is to name.</param>
internal sealed class ConditionReader(FlowDirectory directory, Problems problems)
{
    private static readonly ImmutableDictionary<string, Comparison> s_operators = new Dictionary<string, Comparison>(StringComparer.Ordinal)
    {
        ["lt"] = Comparison.Less,
        ["lte"] = Comparison.AtMost,
        ["gt"] = Comparison.More,
        ["gte"] = Comparison.AtLeast,
        ["ne"] = Comparison.Other,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<string> s_operatorNames = ["lt", "lte", "gt", "gte", "ne", "in", "answered"];

    /// <param name="here">Where the item or the probe stands whose condition this is; conditions look back only.</param>
    /// <param name="inProbe">Whether <c>coded</c>, <c>sure</c> and <c>words</c> may be used.</param>
    public Condition Read(Node node, FlowDirectory.Spot here, bool inProbe)
    {
        if (node is not Node.Object form)
        {
            problems.Error("FV004", node.At, $"{node.Kind} stands where a condition {{ }} is wanted", FlowShape.Condition.About);
            return new Condition.All([]);
        }

        if (form.Members.IsEmpty)
            problems.Error("FV004", form.At, "this condition says nothing", "leave 'if' out where something is always asked");
        if (form.Find("sure") is not null && form.Find("coded") is null)
            problems.Error("FV002", form.Where("sure"), "'sure' says how sure a code must be, and there is no 'coded' here", "add 'coded' or remove 'sure'");
        return Joined([.. form.Members.Where(m => m.Name != "sure").Select(m => Part(m, form, here, inProbe)).OfType<Condition>()]);
    }

    private Condition? Part(Node.Member member, Node.Object form, FlowDirectory.Spot here, bool inProbe)
    {
        switch (member.Name)
        {
            case "all":
                return new Condition.All(Each(member.Value, here, inProbe));
            case "any":
                return new Condition.Any(Each(member.Value, here, inProbe));
            case "not":
                return new Condition.Not(Read(member.Value, here, inProbe));
            case "side":
                return new Condition.Side(Names(member.Value, "FV013", "side", ["upstream", "downstream"]));
            case "holds":
                return member.Value is Node.Text tension
                    ? Known(tension, "FV015", "tension", directory.Tensions) is { } id ? new Condition.Holds(id) : null
                    : Wrong(member.Value, "the id of a tension");
            case "coded" when inProbe:
                return new Condition.Coded(Names(member.Value, "FV014", "code", directory.Codes), Sure(form));
            case "words" when inProbe:
                return Comparisons(member.Value, (comparison, value) => new Condition.Words(comparison, value));
            case "coded" or "words":
                problems.Error("FV002", member.At, $"'{member.Name}' looks at the open answer just given", "use it in the 'if' of a probe");
                return null;
            default:
                return About(member, here);
        }
    }

    private Condition? About(Node.Member member, FlowDirectory.Spot here)
    {
        if (directory.Find(member.Name) is not { } asked)
        {
            if (directory.Find($"{member.Name}.own") is not null)
                problems.Error("FV012", member.At, $"'{member.Name}' is a pair and has two answers", $"write '{member.Name}.own' or '{member.Name}.other'");
            else
                problems.Unknown("FV012", member.At, "item", member.Name, directory.Addresses);
            return null;
        }

        if (asked.Spot.Place >= here.Place)
            problems.Error("FV016", member.At, $"'{member.Name}' comes later than this, so it has no answer yet", "look back, not ahead: move the item up or change the condition");
        else if (asked.Spot.IsShuffledWith(here))
            problems.Error("FV016", member.At, $"'{member.Name}' is in the same group of random order, so it may come later than this", "move one of the two out of the group");
        return member.Value is Node.Object
            ? Comparisons(member.Value, (comparison, value) => new Condition.Compares(member.Name, comparison, value), member.Name, asked)
            : Is(member.Name, asked, member.Value);
    }

    private Condition? Comparisons(Node node, Func<Comparison, double, Condition> compares, string? address = null, FlowDirectory.Entry? asked = null)
    {
        if (node is not Node.Object form || form.Members.IsEmpty)
            return Wrong(node, "a comparison such as {\"gte\":4}");

        var numbers = asked is null or { Kind: AnswerKind.Point or AnswerKind.Number };
        var parts = ImmutableArray.CreateBuilder<Condition>();
        foreach (var (name, at, value) in form.Members)
        {
            if (name == "answered" && address is not null && value is Node.Truth truth)
                parts.Add(new Condition.Answered(address, truth.Value));
            else if (name == "in" && address is not null && asked is not null)
                parts.Add(Is(address, asked, value));
            else if (name == "ne" && address is not null && asked is not null && value is Node.Text)
                parts.Add(new Condition.Not(Is(address, asked, value)));
            else if (s_operators.TryGetValue(name, out var comparison) && value is Node.Number number && numbers)
                parts.Add(compares(comparison, number.Value));
            else if (s_operatorNames.Contains(name))
                problems.Error("FV004", value.At, $"'{name}' can't be used with {value.Kind} here", "lt lte gt gte and ne compare a scale point or a number with a number; in wants options; answered wants true or false");
            else
                problems.Unknown("FV017", at, "comparison", name, s_operatorNames);
        }

        return Joined(parts.ToImmutable());
    }

    /// <summary>The answer is what is named, or one of a list of names.</summary>
    private Condition Is(string address, FlowDirectory.Entry asked, Node node)
    {
        if (asked.Kind == AnswerKind.Words)
        {
            problems.Error("FV004", node.At, $"'{address}' is answered in people's own words, which can't be compared", "use {\"answered\":true}, or 'coded' and 'words' in a probe");
            return new Condition.All([]);
        }

        var options = ImmutableArray.CreateBuilder<string>();
        var parts = ImmutableArray.CreateBuilder<Condition>();
        foreach (var one in node is Node.List list ? list.Items : [node])
        {
            var number = one as Node.Number;
            if (number is not null && asked.Kind == AnswerKind.Number)
                parts.Add(new Condition.Compares(address, Comparison.Equal, number.Value));
            else if ((number is not null && asked.Kind == AnswerKind.Point ? new Node.Text(number.At, number.Raw) : one) is not Node.Text text)
                Wrong(one, asked.Kind == AnswerKind.Options ? "the id of an option, or a list of ids" : "a number, or a list of numbers");
            else if (Known(text, "FV013", asked.Kind == AnswerKind.Point ? $"point of '{address}'" : $"option of '{address}'", asked.Options) is not { } name)
                continue;
            else if (asked.Kind == AnswerKind.Point && name != Reply.DontKnow)
                parts.Add(new Condition.Compares(address, Comparison.Equal, double.Parse(name, CultureInfo.InvariantCulture)));
            else
                options.Add(name);
        }

        if (options.Count > 0)
            parts.Add(new Condition.Is(address, options.ToImmutable()));
        return parts is [var only] ? only : new Condition.Any(parts.ToImmutable());
    }

    private ImmutableArray<Condition> Each(Node node, FlowDirectory.Spot here, bool inProbe)
    {
        if (node is Node.List { Items.IsEmpty: false } list)
            return [.. list.Items.Select(item => Read(item, here, inProbe))];
        Wrong(node, "a list of conditions [ ]");
        return [];
    }

    /// <summary>One name or a list of names.</summary>
    private ImmutableArray<string> Names(Node node, string code, string what, IReadOnlyCollection<string> known)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var one in node is Node.List list ? list.Items : [node])
        {
            if (one is not Node.Text text)
                Wrong(one, "a name, or a list of names");
            else if (Known(text, code, what, known) is { } name)
                names.Add(name);
        }

        return names.ToImmutable();
    }

    private string? Known(Node.Text text, string code, string what, IReadOnlyCollection<string> known)
    {
        if (known.Contains(text.Value))
            return text.Value;
        problems.Unknown(code, text.At, what, text.Value, known);
        return null;
    }

    private double Sure(Node.Object form)
    {
        if (form.Find("sure") is not { } node)
            return 0;
        if (node is Node.Number { Value: >= 0 and <= 1 } number)
            return number.Value;
        Wrong(node, "a number from 0 to 1");
        return 1;
    }

    private static Condition Joined(ImmutableArray<Condition> parts) => parts is [var only] ? only : new Condition.All(parts);

    private Condition? Wrong(Node node, string wanted)
    {
        problems.Error("FV004", node.At, $"{node.Kind} stands where {wanted} is wanted");
        return null;
    }
}
