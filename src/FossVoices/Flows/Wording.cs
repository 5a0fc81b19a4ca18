using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>
/// The program's own sentences in every language it speaks: one JSON file a language beside the code, each sentence under a key,
/// with <c>{places}</c> to fill in. To add a language, translate a file and put its language tag into its name.
/// </summary>
public sealed class Wording
{
    /// <summary>The language that has every sentence.</summary>
    public const string Original = "en";

    private readonly FrozenDictionary<string, FrozenDictionary<string, Template>> _languages;

    private Wording(FrozenDictionary<string, FrozenDictionary<string, Template>> languages) => _languages = languages;

    public IEnumerable<string> Languages => _languages.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the resources <c>NAME.LANGUAGE.json</c> of an assembly.</summary>
    /// <exception cref="InvalidDataException">A file is not a flat object of texts, or there is none in the original language.</exception>
    public static Wording Of(Assembly assembly, string name)
    {
        var languages = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(name + ".", StringComparison.Ordinal) && resource.EndsWith(".json", StringComparison.Ordinal))
            .ToFrozenDictionary(resource => resource[(name.Length + 1)..^".json".Length], resource => Read(assembly, resource), StringComparer.OrdinalIgnoreCase);
        return languages.ContainsKey(Original) ? new Wording(languages) : throw new InvalidDataException($"There is no {name}.{Original}.json in {assembly.GetName().Name}.");
    }

    /// <summary>The keys of a language's sentences, with the places that each fills in.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Sentences(string language) => _languages[language].ToImmutableSortedDictionary(
        s => s.Key, s => s.Value.Places.Select(p => p.Name!).ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>A sentence in the nearest language that has it: <c>fr-CA</c> finds <c>fr</c>, and what is missing is said in the original.</summary>
    /// <exception cref="KeyNotFoundException">No language has it.</exception>
    public string Say(string language, string key, params ReadOnlySpan<(string Name, string Value)> places)
    {
        var sentence = Nearest(language).GetValueOrDefault(key) ?? _languages[Original][key];
        if (places.IsEmpty)
            return sentence.Fill(_ => null);
        var values = places.ToArray();
        return sentence.Fill(name => Array.Find(values, p => p.Name == name).Value);
    }

    private FrozenDictionary<string, Template> Nearest(string language)
    {
        for (var tag = language; tag.Length > 0; tag = tag[..Math.Max(tag.LastIndexOf('-'), 0)])
        {
            if (_languages.TryGetValue(tag, out var sentences))
                return sentences;
        }

        return _languages[Original];
    }

    private static FrozenDictionary<string, Template> Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var problems = new Problems(resource);
        var root = JsonFile.Read(Encoding.UTF8.GetBytes(reader.ReadToEnd()), problems) as Node.Object;
        if (root is null || problems.AnyError || root.Members.Any(m => m.Value is not Node.Text))
            throw new InvalidDataException(problems.InOrder().FirstOrDefault()?.ToString() ?? $"{resource} must hold texts under their keys, and nothing else.");
        return root.Members.ToFrozenDictionary(m => m.Name, m => Template.Parse(((Node.Text)m.Value).Value), StringComparer.Ordinal);
    }
}
