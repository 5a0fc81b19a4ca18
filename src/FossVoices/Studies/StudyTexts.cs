using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>Finds the texts of <c>study.json</c> that people read, and puts others in their place.</summary>
internal static class StudyTexts
{
    public static ImmutableArray<FoundText> Of(Node.Object file) => FoundText.MetBy(with => Replaced(file, with));

    public static Node.Object Replaced(Node.Object file, Func<FoundText, Node.Text> with)
    {
        return Members(file, m => m.Name switch
        {
            "title" or "help" => Text(m.Value, m.Name),
            "sides" when m.Value is Node.Object sides => Members(sides, side => Text(side.Value, $"sides.{side.Name}")),
            "release" when m.Value is Node.Object release => Members(release, part => part.Name == "text" ? Text(part.Value, "release.text") : part.Value),
            "tensions" when m.Value is Node.List tensions => tensions with { Items = [.. tensions.Items.Select(Tension)] },
            _ => m.Value,
        });

        Node Tension(Node node) => node is Node.Object tension
            ? Members(tension, m => m.Name is "label" or "starter" ? Text(m.Value, $"tensions.{tension.TextOf("id")}.{m.Name}") : m.Value)
            : node;

        Node Text(Node node, string address) => node is Node.Text text ? with(new FoundText(address, text, TextUse.Plain)) : node;
    }

    private static Node.Object Members(Node.Object form, Func<Node.Member, Node> value) =>
        form with { Members = [.. form.Members.Select(m => m with { Value = value(m) })] };
}
