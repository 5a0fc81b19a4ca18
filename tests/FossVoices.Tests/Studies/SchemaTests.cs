using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

/// <summary>Keeps the schemas that editors use in step with the shapes that files are checked against.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Names { get; } = [.. StudySchemas.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_on_disk_is_the_one_that_the_shapes_make(string name)
    {
        var path = Path.Combine(Repository.Surveys, "schema", $"{name}.schema.json");
        var made = JsonSchema.Of(StudySchemas.All[name], $"FossVoices {name}");
        if (Environment.GetEnvironmentVariable("FOSSVOICES_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, made);
        }

        Assert.Equal(made, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_schema_that_a_bundled_file_names_is_there()
    {
        var files = StudyFolder.Read(Path.Combine(Repository.Surveys, "pypi-expectations"));
        foreach (var path in files.Files.Keys.Where(path => path.EndsWith(".json", StringComparison.Ordinal)))
        {
            var schema = ((Node.Object)files.Parse(path).Root!).TextOf("$schema");
            Assert.True(schema is not null, $"{path} names no schema");
            Assert.True(File.Exists(Path.Combine(Repository.Surveys, "pypi-expectations", Path.GetDirectoryName(path)!, schema)), $"{path}: there is no {schema}");
        }
    }

    [Fact]
    public void Every_key_says_what_it_means() =>
        Assert.All(StudySchemas.All.Values.SelectMany(s => Shapes(s, [])), shape => Assert.False(string.IsNullOrWhiteSpace(shape.About)));

    private static IEnumerable<Shape> Shapes(Shape shape, HashSet<string> seen) => (shape switch
    {
        Shape.Named named => seen.Add(named.Name) ? Shapes(named.Of(), seen) : [],
        Shape.Object form => form.Keys.SelectMany(k => Shapes(k.Shape, seen)),
        Shape.Free free => free.Keys.SelectMany(k => Shapes(k.Shape, seen)).Concat(Shapes(free.Others, seen)),
        Shape.Variants variants => variants.Cases.Values.SelectMany(c => Shapes(c, seen)),
        Shape.List list => Shapes(list.Of, seen),
        Shape.Map map => Shapes(map.Of, seen),
        Shape.Either either => either.Shapes.SelectMany(s => Shapes(s, seen)),
        Shape.Anything { Drawn: { } drawn } => Shapes(drawn, seen),
        _ => [],
    }).Append(shape);
}
