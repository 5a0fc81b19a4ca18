using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>What a text is for: decides what it may hold and how long it may be.</summary>
internal enum TextUse
{
    /// <summary>A question or a line to read, with places filled in for each person.</summary>
    Asked,

    /// <summary>What is said before anything is known of the person: the title and the consent.</summary>
    SaidToAll,

    /// <summary>The closing words.</summary>
    Closing,

    /// <summary>A label that is tapped.</summary>
    Button,

    /// <summary>A label that is chosen from a list.</summary>
    Choice,

    /// <summary>Words for reports, and other pieces that are never filled in.</summary>
    Plain,
}

/// <summary>One text of a study file, under the address by which translations name it.</summary>
/// <param name="Item">The id of the item it belongs to, or null.</param>
internal sealed record FoundText(string Address, Node.Text Text, TextUse Use, string? Item = null)
{
    /// <summary>Every text that a replacement comes by, in its order; nothing is replaced.</summary>
    public static ImmutableArray<FoundText> MetBy(Action<Func<FoundText, Node.Text>> replacement)
    {
        var met = ImmutableArray.CreateBuilder<FoundText>();
        replacement(text =>
        {
            met.Add(text);
            return text.Text;
        });
        return met.ToImmutable();
    }
}

/// <summary>Finds every text of a flow file that people read, and puts others in their place.</summary>
internal static class FlowTexts
{
    public static ImmutableArray<FoundText> Of(Node.Object file) => FoundText.MetBy(with => Replaced(file, with));

    /// <summary>The file with each text replaced by what is given for it; everything else, and every position, stays.</summary>
    public static Node.Object Replaced(Node.Object file, Func<FoundText, Node.Text> with) => new Walk(with).File(file);

    private sealed class Walk(Func<FoundText, Node.Text> with)
    {
        public Node.Object File(Node.Object file) => Members(file, m => m.Name switch
        {
            "title" => Text(m, "title", TextUse.SaidToAll),
            "end" => Text(m, "end", TextUse.Closing),
            "consent" => Members(m.Value, Consent),
            "scales" => Members(m.Value, scale => Members(scale.Value, part => part.Name switch
            {
                "points" => Listed(part.Value, $"scales.{scale.Name}.points", TextUse.Button),
                "dont_know" => Text(part, $"scales.{scale.Name}.dont_know", TextUse.Button),
                _ => part.Value,
            })),
            "items" => Items(m.Value),
            _ => m.Value,
        });

        private Node Consent(Node.Member member) => member.Name switch
        {
            "text" => Text(member, "consent.text", TextUse.SaidToAll),
            "agree" or "decline" => Text(member, $"consent.{member.Name}", TextUse.Button),
            "quotes" => Members(member.Value, m => m.Name switch
            {
                "text" => Text(m, "consent.quotes.text", TextUse.Plain),
                "options" => Members(m.Value, o => Text(o, $"consent.quotes.options.{o.Name}", TextUse.Button)),
                _ => m.Value,
            }),
            _ => member.Value,
        };

        private Node Items(Node items) => items is Node.List list
            ? list with { Items = [.. list.Items.Select(item => item is Node.Object form ? Item(form) : item)] }
            : items;

        private Node.Object Item(Node.Object item)
        {
            var id = item.TextOf("id") ?? "";
            var options = item.TextOf("type") == "choice" ? TextUse.Button : TextUse.Choice;
            return Members(item, m => m.Name switch
            {
                "ask" or "own" or "other" or "hint" or "differently" or "unexpected" => Text(m, $"{id}.{m.Name}", TextUse.Asked, id),
                "yes" or "no" => Text(m, $"{id}.{m.Name}", TextUse.Button, id),
                "short" or "starter" or "need" or "unit" => Text(m, $"{id}.{m.Name}", TextUse.Plain, id),
                "options" => Members(m.Value, o => Text(o, $"{id}.options.{o.Name}", options, id)),
                "vary" => Members(m.Value, v => Listed(v.Value, $"{id}.vary.{v.Name}", TextUse.Plain, id)),
                "probes" when m.Value is Node.List probes => probes with { Items = [.. probes.Items.Select(probe => Probe(probe, id))] },
                "items" => Items(m.Value),
                _ => m.Value,
            });
        }

        private Node Probe(Node probe, string item) => probe is Node.Object form
            ? Members(form, m => m.Name == "ask" ? Text(m, $"{item}.probes.{form.TextOf("id")}.ask", TextUse.Asked, item) : m.Value)
            : probe;

        private Node Listed(Node node, string address, TextUse use, string? item = null) => node is Node.List list
            ? list with { Items = [.. list.Items.Select((text, i) => Text(text, string.Create(CultureInfo.InvariantCulture, $"{address}.{i + 1}"), use, item))] }
            : node;

        private Node Text(Node.Member member, string address, TextUse use, string? item = null) => Text(member.Value, address, use, item);

        private Node Text(Node node, string address, TextUse use, string? item) =>
            node is Node.Text text ? with(new FoundText(address, text, use, item)) : node;

        private static Node.Object Members(Node.Object form, Func<Node.Member, Node> value) =>
            form with { Members = [.. form.Members.Select(m => m with { Value = value(m) })] };

        private static Node Members(Node node, Func<Node.Member, Node> value) => node is Node.Object form ? Members(form, value) : node;
    }
}
