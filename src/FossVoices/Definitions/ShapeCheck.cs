using System.Text.RegularExpressions;

namespace FossVoices.Definitions;

/// <summary>Compares what stands in a file with the <see cref="Shape"/> it should have.</summary>
public static partial class ShapeCheck
{
    public static void Check(Shape shape, Node node, Problems problems)
    {
        if (problems.Hopeless)
            return;

        switch (shape, node)
        {
            case (Shape.Named named, _):
                Check(named.Of(), node, problems);
                break;
            case (Shape.Anything, _) or (Shape.Truth, Node.Truth) or (Shape.Null, Node.Nothing):
                break;
            case (Shape.Text text, Node.Text found):
                CheckText(text, found, problems);
                break;
            case (Shape.Word word, Node.Text found):
                if (!word.Words.Contains(found.Value))
                    problems.Error("FV004", found.At, $"'{Problems.Shown(found.Value)}' is not one of {Names(word.Words)}", Meant(found.Value, word.Words));
                break;
            case (Shape.Whole whole, Node.Number found):
                if (found.Whole is not { } n || n < whole.Least || n > whole.Most)
                    problems.Error("FV004", found.At, $"{Problems.Shown(found.Raw)} is not a whole number from {whole.Least} to {whole.Most}", whole.About);
                break;
            case (Shape.Number number, Node.Number found):
                if (!(found.Value >= number.Least && found.Value <= number.Most))
                    problems.Error("FV004", found.At, $"{Problems.Shown(found.Raw)} is not a number from {number.Least} to {number.Most}", number.About);
                break;
            case (Shape.List list, Node.List found):
                if (found.Items.Length < list.Least)
                    problems.Error("FV004", found.At, $"this list needs at least {list.Least} {(list.Least == 1 ? "entry" : "entries")}", list.About);
                if (found.Items.Length > list.Most)
                {
                    problems.Absurd(found.At, $"this list has {Problems.Count(found.Items.Length)} entries; {Problems.Count(list.Most)} is the most", "shorten it");
                    break;
                }

                foreach (var item in found.Items)
                    Check(list.Of, item, problems);
                break;
            case (Shape.Map map, Node.Object found):
                CheckMap(map, found, problems);
                break;
            case (Shape.Object form, Node.Object found):
                CheckObject(form, found, problems);
                break;
            case (Shape.Variants variants, Node.Object found):
                CheckVariants(variants, found, problems);
                break;
            case (Shape.Either either, _):
                if (either.Shapes.FirstOrDefault(s => Fits(s, node)) is { } fitting)
                    Check(fitting, node, problems);
                else
                    problems.Error("FV004", node.At, $"{node.Kind} can't stand here", $"{either.About}");
                break;
            default:
                problems.Error("FV004", node.At, $"{node.Kind} stands where {Wanted(shape)} is wanted", shape.About);
                break;
        }
    }

    private static void CheckText(Shape.Text text, Node.Text found, Problems problems)
    {
        if (text.Id && !IdPattern().IsMatch(found.Value))
            problems.Error("FV006", found.At, $"'{Problems.Shown(found.Value)}' is no id", "use small letters, digits and _, beginning with a letter");
        else if (found.Value.Length > text.Most)
            problems.Error("FV008", found.At, $"this text has {Problems.Count(found.Value.Length)} characters; {Problems.Count(text.Most)} is the most", "shorten it");
        else if (string.IsNullOrWhiteSpace(found.Value) && !text.Empty)
            problems.Error("FV009", found.At, "this text is empty", text.About);
    }

    private static void CheckMap(Shape.Map map, Node.Object found, Problems problems)
    {
        if (found.Members.Length < map.Least)
            problems.Error("FV004", found.At, $"this needs at least {map.Least} {(map.Least == 1 ? "entry" : "entries")}", map.About);
        if (found.Members.Length > map.Most)
        {
            problems.Absurd(found.At, $"this has {Problems.Count(found.Members.Length)} entries; {Problems.Count(map.Most)} is the most", "shorten it");
            return;
        }

        foreach (var member in found.Members)
        {
            if (map.Ids && !IdPattern().IsMatch(member.Name))
                problems.Error("FV006", member.At, $"'{Problems.Shown(member.Name)}' is no id", "use small letters, digits and _, beginning with a letter");
            Check(map.Of, member.Value, problems);
        }
    }

    private static void CheckObject(Shape.Object form, Node.Object found, Problems problems)
    {
        foreach (var member in found.Members)
        {
            if (form.Keys.FirstOrDefault(k => k.Name == member.Name) is { } key)
                Check(key.Shape, member.Value, problems);
            else
                problems.Unknown("FV002", member.At, "key", member.Name, form.Keys.Select(k => k.Name));
        }

        foreach (var missing in form.Keys.Where(k => k.Required && found.Find(k.Name) is null))
            problems.Error("FV003", found.At, $"the key '{missing.Name}' is missing", missing.Shape.About);
    }

    private static void CheckVariants(Shape.Variants variants, Node.Object found, Problems problems)
    {
        if (found.Find(variants.Tag) is { } other and not Node.Text)
            problems.Error("FV004", other.At, $"{other.Kind} stands where a text is wanted", $"one of {Names(variants.Cases.Keys.Order(StringComparer.Ordinal))}");
        else if (found.Find(variants.Tag) is not Node.Text tag)
            problems.Error("FV003", found.At, $"the key '{variants.Tag}' is missing", $"one of {Names(variants.Cases.Keys.Order(StringComparer.Ordinal))}");
        else if (variants.Cases.TryGetValue(tag.Value, out var form))
            CheckObject(form, found, problems);
        else
            problems.Unknown("FV011", tag.At, variants.Tag, tag.Value, variants.Cases.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Whether the kind of value fits, so that the complaint can go deeper.</summary>
    private static bool Fits(Shape shape, Node node) => (shape, node) switch
    {
        (Shape.Named named, _) => Fits(named.Of(), node),
        (Shape.Either either, _) => either.Shapes.Any(s => Fits(s, node)),
        (Shape.Anything, _) => true,
        (Shape.Text or Shape.Word, Node.Text) => true,
        (Shape.Whole or Shape.Number, Node.Number) => true,
        (Shape.Truth, Node.Truth) or (Shape.Null, Node.Nothing) or (Shape.List, Node.List) => true,
        (Shape.Map or Shape.Object or Shape.Variants, Node.Object) => true,
        _ => false,
    };

    private static string Wanted(Shape shape) => shape switch
    {
        Shape.Text { Id: true } => "an id",
        Shape.Text or Shape.Word => "a text",
        Shape.Whole => "a whole number",
        Shape.Number => "a number",
        Shape.Truth => "true or false",
        Shape.List => "a list [ ]",
        _ => "an object { }",
    };

    private static string Names(IEnumerable<string> words) => string.Join(", ", words.Select(w => $"'{w}'"));

    private static string? Meant(string word, IEnumerable<string> words) => Nearest.To(word, words) is { } nearest ? $"did you mean '{nearest}'?" : null;

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.NonBacktracking)]
    internal static partial Regex IdPattern();
}
