using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

/// <summary>An editor that goes by the schemas underlines what <c>check</c> calls wrong in shape, and nothing else.</summary>
public sealed class SchemaMutantTests
{
    private static readonly StudyFiles s_files = StudyFolder.Read(Path.Combine(Repository.Surveys, "pypi-expectations"));

    private static readonly (string Path, string Schema)[] s_kinds =
    [
        ("study.json", "study"), ("codebook.json", "codebook"), ("flows/survey.json", "flow"), ("flows/interview.json", "flow"), ("i18n/study.fr.json", "i18n"), ("tests/survey.json", "tests"),
    ];

    private static int Count => Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? 2000 : 25;

    [Fact]
    public async Task The_schemas_and_check_agree_on_the_bundled_files_and_on_what_becomes_of_them()
    {
        foreach (var (path, name) in s_kinds)
        {
            var shape = StudySchemas.All[name];
            var schema = await NJsonSchema.JsonSchema.FromJsonAsync(JsonSchema.Of(shape, name), TestContext.Current.CancellationToken);
            var text = Encoding.UTF8.GetString(((StudyFile.Content)s_files.Files[path]).Bytes.AsSpan());

            var (sound, wrong) = (0, 0);
            Assert.Empty(schema.Validate(text));
            Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 8]).Sample((place, kind) =>
            {
                var root = JsonNode.Parse(text)!;
                Damage(root, place, kind);
                var mutant = root.ToJsonString();
                var problems = new Problems(path);
                ShapeCheck.Check(shape, JsonFile.Read(Encoding.UTF8.GetBytes(mutant), problems)!, problems);

                _ = problems.AnyError ? Interlocked.Increment(ref wrong) : Interlocked.Increment(ref sound);
                Assert.True(problems.AnyError == (schema.Validate(mutant).Count > 0), $"{path}: {string.Join("; ", problems.InOrder().Take(3))} | {string.Join("; ", schema.Validate(mutant).Take(3))}");
            }, iter: Count);
            Assert.True(sound > 0 && wrong > 0, $"{path}: {sound} mutants were sound and {wrong} wrong, so one of the two was not compared");
        }
    }

    /// <summary>Takes one piece of the file and removes, renames, doubles or replaces it.</summary>
    private static void Damage(JsonNode root, int place, int kind)
    {
        // Conditions are read by a reader of their own, which knows more than any schema.
        var pieces = Pieces(root).Where(p => p.Parent is not null && !p.GetPath().Contains(".if", StringComparison.Ordinal)).ToArray();
        var piece = pieces[place % pieces.Length];
        switch (piece.Parent)
        {
            case JsonObject form:
                var name = piece.GetPropertyName();
                if (kind == 0)
                    form.Remove(name);
                else if (kind == 1)
                    form[name + "x"] = piece.DeepClone();
                else
                    form[name] = Other(kind);
                break;
            case JsonArray list:
                if (kind is 0 or 1)
                    list.Remove(piece);
                else
                    list[piece.GetElementIndex()] = Other(kind);
                break;
        }
    }

    private static JsonNode? Other(int kind) => kind switch
    {
        2 => JsonValue.Create("a"),
        3 => JsonValue.Create(""),
        4 => JsonValue.Create(-7),
        5 => JsonValue.Create(true),
        6 => new JsonArray(),
        7 => new JsonObject(),
        _ => JsonValue.Create(new string('x', 70)),
    };

    private static IEnumerable<JsonNode> Pieces(JsonNode node) => (node switch
    {
        JsonObject form => form.Select(m => m.Value),
        JsonArray list => list,
        _ => [],
    }).OfType<JsonNode>().SelectMany(Pieces).Append(node);
}
