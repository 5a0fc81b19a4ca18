using System.Collections.Immutable;

namespace FossVoices.Definitions;

/// <summary>
/// What a piece of a study file may look like: one description serves to check files, to write the JSON Schemas
/// that editors use, and to tell people what a key means.
/// </summary>
public abstract record Shape
{
    private Shape(string about) => About = about;

    /// <summary>What the piece means, in one sentence for the researcher.</summary>
    public string About { get; }

    /// <param name="Most">Longest allowed text in UTF-16 code units.</param>
    /// <param name="Id">True where the text is an id: <c>[a-z][a-z0-9_]*</c>.</param>
    /// <param name="Empty">True where nothing but white space will do, too.</param>
    public sealed record Text(string About, int Most = 4000, bool Id = false, bool Empty = false) : Shape(About);

    public sealed record Whole(string About, int Least, int Most) : Shape(About);

    public sealed record Number(string About, double Least, double Most) : Shape(About);

    public sealed record Truth(string About) : Shape(About);

    /// <summary>One word of a few.</summary>
    public sealed record Word(string About, ImmutableArray<string> Words) : Shape(About);

    public sealed record List(string About, Shape Of, int Least = 0, int Most = 1000) : Shape(About);

    /// <summary>An object whose keys are the author's own: ids of options, of sides, of scales.</summary>
    public sealed record Map(string About, Shape Of, int Least = 0, bool Ids = true, int Most = 200) : Shape(About);

    public sealed record Object(string About, ImmutableArray<Key> Keys) : Shape(About);

    /// <summary>An object whose other keys depend on the word under <paramref name="Tag"/>.</summary>
    public sealed record Variants(string About, string Tag, ImmutableDictionary<string, Object> Cases) : Shape(About);

    /// <summary>One of several shapes, told apart by the kind of JSON value.</summary>
    public sealed record Either(string About, ImmutableArray<Shape> Shapes) : Shape(About);

    public sealed record Null() : Shape("Nothing.");

    /// <summary>A shape with a name of its own, so that shapes can hold themselves (a group holds items).</summary>
    public sealed record Named(string Name, Func<Shape> Of) : Shape(Name);

    /// <summary>An object with some keys of its own, and others whose names the author gives.</summary>
    public sealed record Free(string About, ImmutableArray<Key> Keys, Shape Others) : Shape(About);

    /// <summary>Anything; checked by whoever reads it.</summary>
    /// <param name="Drawn">What it looks like, for editors.</param>
    public sealed record Anything(string About, Shape? Drawn = null) : Shape(About);

    /// <summary>One key of an object.</summary>
    public sealed record Key(string Name, Shape Shape, bool Required = false);
}
