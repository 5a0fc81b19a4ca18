using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>Compiles the flows of a study, each in every language.</summary>
/// <param name="languages">The study's own texts, by language.</param>
/// <param name="codes">What may be named as a code; empty where the codebook can't be read at all.</param>
internal sealed class FlowsReader(
    Study study, ImmutableSortedDictionary<string, Study> languages, ImmutableArray<TranslationFile> translations, ImmutableArray<string> codes,
    ImmutableArray<PlatformLimits> limits)
{
    private readonly SortedDictionary<string, ImmutableSortedDictionary<string, Flow>> _flows = new(StringComparer.Ordinal);

    public void Read(string id, Node? root, Problems problems)
    {
        var own = translations.Where(t => t.Flow == id).ToImmutableArray();
        if (root is not Node.Object file)
        {
            if (root is not null)
                FlowFile.Read(root, StudyReader.SettingFor(study, id), codes, problems);
            return;
        }

        if (file.TextOf("id") is { } written && written != id)
            problems.Error("FV021", file.Where("id"), $"the id '{Problems.Shown(written)}' differs from the file's name '{id}'", "give both the same name");

        // Without a codebook every code would be unknown, which is not what is wrong.
        var known = codes.IsEmpty ? [.. CodesIn(file)] : codes;
        var setting = StudyReader.SettingFor(study, id);
        var hash = HashOf(file, setting, own);
        var flow = FlowFile.Compile(file, setting, known, problems, hash);
        if (problems.Hopeless)
            return;

        if (flow is not null)
            MirrorCheck.Check(study, flow, file, problems);
        var texts = FlowTexts.Of(file);
        LimitCheck.Check(texts, limits, problems);
        LimitCheck.CheckOptions(texts, limits, problems);
        foreach (var translation in own)
            Check(translation, file, flow, texts);
        if (flow is null)
            return;

        var byLanguage = ImmutableSortedDictionary.CreateBuilder<string, Flow>(StringComparer.Ordinal);
        byLanguage[""] = flow;
        foreach (var translation in own.Where(t => !t.Problems.AnyError))
        {
            var translated = InLanguage(FlowTexts.Replaced(file, text => translation.In(text) ?? text.Text), translation);
            // The flow itself is sound, so an error can only lie in a translated text, which knows its place in the translation's file.
            var found = new Problems(translation.Problems.File);
            if (FlowFile.Compile(translated, StudyReader.SettingFor(languages[translation.Language], id), known, found, hash) is { } compiled)
            {
                byLanguage[translation.Language] = compiled;
                CheckWording(translation, compiled, texts);
            }

            foreach (var error in found.InOrder().Where(p => p.Severity == Severity.Error))
                translation.Problems.Error(error.Code, new Position(error.Line, error.Column), error.Message, error.Suggestion);
        }

        _flows[id] = byLanguage.ToImmutable();
    }

    /// <summary>The study with its flows, and itself in every language; what is not translated is in the study's own.</summary>
    public Study Finish() => study with
    {
        Flows = _flows.ToImmutableSortedDictionary(f => f.Key, f => f.Value[""], StringComparer.Ordinal),
        Translations = languages.ToImmutableSortedDictionary(l => l.Key, l => l.Value with
        {
            Flows = _flows.ToImmutableSortedDictionary(f => f.Key, f => f.Value.GetValueOrDefault(l.Key, f.Value[""]), StringComparer.Ordinal),
        }, StringComparer.Ordinal),
    };

    private void Check(TranslationFile translation, Node.Object file, Flow? flow, ImmutableArray<FoundText> texts)
    {
        var check = flow is null ? null : new TextCheck(flow);
        translation.CheckAgainst(texts, file.WholeOf("version"), text => check?.Check(text, translation.Problems));
        LimitCheck.Check(texts.Where(t => translation.In(t) is not null).Select(t => t with { Text = translation.In(t)! }), limits, translation.Problems);
        if (translation.Language == file.TextOf("language"))
            translation.Problems.Error("FV021", translation.Root.Where("language"), $"the flow itself is written in '{translation.Language}'", "translate it into another language");
    }

    /// <summary>What is found by words is looked for in the translation's own words.</summary>
    private static void CheckWording(TranslationFile translation, Flow translated, ImmutableArray<FoundText> texts)
    {
        foreach (var text in texts)
        {
            if (translation.In(text) is not { } own)
                continue;
            if (text.Address == "consent.text")
                ConsentCheck.Check(translated, own.At, translation.Problems);
            else
                WordingCheck.Check(translated, text with { Text = own }, translation.Problems);
        }
    }

    /// <summary>A flow is pinned with everything that people can be asked in it: its translations, and the codes that fire its probes.</summary>
    private string HashOf(Node.Object file, Setting setting, ImmutableArray<TranslationFile> own)
    {
        using var hash = new ContentHash();
        FlowFile.AddTo(hash, file, setting).Add(study.Codebook.Hash);
        foreach (var translation in own.Concat(translations.Where(t => t.Flow is null)).OrderBy(t => t.Language, StringComparer.Ordinal))
            hash.Add(translation.Language).Add(translation.Root.Find("texts") ?? translation.Root);
        return hash.Hex();
    }

    private static Node.Object InLanguage(Node.Object file, TranslationFile translation) => file with
    {
        Members = [.. file.Members.Select(m => m.Name == "language" ? m with { Value = new Node.Text(m.Value.At, translation.Language) } : m)],
    };

    private static IEnumerable<string> CodesIn(Node node) => node switch
    {
        Node.Object form => form.TextsOf("codes").Concat(form.TextsOf("coded")).Concat(form.TextOf("coded") is { } one ? [one] : []).Concat(form.Members.SelectMany(m => CodesIn(m.Value))),
        Node.List list => list.Items.SelectMany(CodesIn),
        _ => [],
    };
}
