using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Definitions;

/// <summary>
/// Writes a <see cref="Shape"/> as a JSON Schema, in words that draft 7 and 2020-12 share, so that any editor completes and
/// underlines while somebody writes a study.
/// </summary>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The schema's text, ending in a new line.</summary>
    /// <param name="title">What the files are called.</param>
    public static string Of(Shape shape, string title)
    {
        var named = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (key, value) in Of(shape, named))
            schema[key] = value?.DeepClone();
        if (named.Count > 0)
            schema["definitions"] = new JsonObject(named.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)n.Value)));
        return new StringBuilder(schema.ToJsonString(s_layout)).Append('\n').ToString();
    }

    private static JsonObject Of(Shape shape, SortedDictionary<string, JsonNode> named)
    {
        switch (shape)
        {
            case Shape.Named(var name, var of):
                if (named.TryAdd(name, new JsonObject()))
                    named[name] = Of(of(), named);
                return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
            case Shape.Anything { Drawn: { } drawn }:
                return Of(drawn, named);
            case Shape.Text text:
                var texts = Described(shape, "string");
                if (text.Id)
                    texts["pattern"] = ShapeCheck.IdPattern().ToString();
                else if (!text.Empty)
                    texts["pattern"] = @"\S";
                texts["maxLength"] = text.Most;
                return texts;
            case Shape.Word word:
                var words = Described(shape, "string");
                words["enum"] = new JsonArray([.. word.Words.Select(w => (JsonNode)w)]);
                return words;
            case Shape.Whole whole:
                return With(Described(shape, "integer"), ("minimum", whole.Least), ("maximum", whole.Most));
            case Shape.Number number:
                return With(Described(shape, "number"), ("minimum", number.Least), ("maximum", number.Most));
            case Shape.Truth:
                return Described(shape, "boolean");
            case Shape.Null:
                return Described(shape, "null");
            case Shape.List list:
                return With(Described(shape, "array"), ("items", Of(list.Of, named)), ("minItems", list.Least), ("maxItems", list.Most));
            case Shape.Map map:
                var free = With(Described(shape, "object"), ("minProperties", map.Least), ("maxProperties", map.Most));
                if (map.Ids)
                    (free["patternProperties"], free["additionalProperties"]) = (new JsonObject { [ShapeCheck.IdPattern().ToString()] = Of(map.Of, named) }, false);
                else
                    free["additionalProperties"] = Of(map.Of, named);
                return free;
            case Shape.Object form:
                return Object(form, named);
            case Shape.Free form:
                var known = Object(new Shape.Object(form.About, form.Keys), named);
                known["additionalProperties"] = Of(form.Others, named);
                return known;
            case Shape.Variants variants:
                var cases = variants.Cases.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c =>
                {
                    var one = Object(c.Value, named);
                    one["properties"]![variants.Tag] = new JsonObject { ["enum"] = new JsonArray(c.Key) };
                    return (JsonNode)one;
                });
                return With(new JsonObject { ["description"] = shape.About }, ("oneOf", new JsonArray([.. cases])));
            case Shape.Either either:
                return With(new JsonObject { ["description"] = shape.About }, ("anyOf", new JsonArray([.. either.Shapes.Select(s => (JsonNode)Of(s, named))])));
            default:
                return new JsonObject { ["description"] = shape.About };
        }
    }

    private static JsonObject Object(Shape.Object form, SortedDictionary<string, JsonNode> named)
    {
        var schema = Described(form, "object");
        schema["properties"] = new JsonObject(form.Keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)Of(k.Shape, named))));
        if (form.Keys.Any(k => k.Required))
            schema["required"] = new JsonArray([.. form.Keys.Where(k => k.Required).Select(k => (JsonNode)k.Name)]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Described(Shape shape, string type) => new() { ["description"] = shape.About, ["type"] = type };

    private static JsonObject With(JsonObject schema, params ReadOnlySpan<(string Key, JsonNode Value)> more)
    {
        foreach (var (key, value) in more)
            schema[key] = value;
        return schema;
    }
}
