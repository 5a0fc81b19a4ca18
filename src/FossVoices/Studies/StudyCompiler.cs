using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using FossVoices.Codebooks;
using FossVoices.Definitions;

namespace FossVoices.Studies;

/// <summary>Makes a study of its files: pure, so that a study kept elsewhere than on disk compiles to the same.</summary>
internal sealed partial class StudyCompiler
{
    private readonly StudyFiles _files;
    private readonly ImmutableArray<PlatformLimits> _limits;
    private readonly List<Problems> _problems = [];

    private StudyCompiler(StudyFiles files, ImmutableArray<PlatformLimits> limits) => (_files, _limits) = (files, limits);

    /// <param name="limits">Of the platforms that the study is to run on.</param>
    public static LoadedStudy Compile(StudyFiles files, params ImmutableArray<PlatformLimits> limits)
    {
        var compiler = new StudyCompiler(files, limits);
        var study = compiler.Study();
        var problems = compiler._problems.SelectMany(f => f.InOrder()).ToImmutableArray();
        return new LoadedStudy(files.Id, compiler._problems.Exists(f => f.AnyError) ? null : study, problems);
    }

    /// <summary>
    /// One flow of a study as it was kept, without the study's other flows; null where the flow has errors. What concerns the others,
    /// such as tensions between their items, is nobody's business here.
    /// </summary>
    public static Study? CompileFlow(StudyFiles files, string flow)
    {
        var compiler = new StudyCompiler(files, []);
        var study = compiler.Study();
        return study?.Flows.ContainsKey(flow) == true ? study : null;
    }

    private Study? Study()
    {
        var (studyRoot, studyProblems) = Parse("study.json");
        var (codebookRoot, codebookProblems) = Parse("codebook.json");
        if (!FolderName().IsMatch(_files.Id))
            studyProblems.Error("FV006", Position.Start, $"the folder's name '{Problems.Shown(_files.Id)}' is no id", "use small letters, digits, _ and -, beginning with a letter");

        var codebook = (codebookRoot is null ? null : CodebookFile.Compile(codebookRoot, codebookProblems)) ?? new Codebook(_files.Id, 1, []);
        var bare = studyRoot is null ? null : StudyReader.Read(studyRoot, _files.Id, codebook, studyProblems);
        var study = bare ?? StudyReader.Unknown(_files.Id, codebook);

        var translations = _files.In("i18n").Select(Translation).OfType<TranslationFile>().ToImmutableArray();
        var languages = Languages(study, studyRoot as Node.Object, studyProblems, translations);
        var flows = new FlowsReader(study, languages, translations, Codes(codebook, codebookRoot), _limits);
        foreach (var path in _files.In("flows"))
        {
            var (root, problems) = Parse(path);
            flows.Read(Path.GetFileNameWithoutExtension(path), root, problems);
        }

        if (!_files.In("flows").Any())
            studyProblems.Error("FV022", Position.Start, "the folder flows/ holds no flow", "write one, such as flows/survey.json");
        foreach (var translation in translations.Where(t => t.Flow is not null && !_files.In("flows").Contains($"flows/{t.Flow}.json")))
            translation.Problems.Unknown("FV022", translation.Root.Where("flow"), "flow", translation.Flow!, _files.In("flows").Select(Path.GetFileNameWithoutExtension)!);

        study = flows.Finish();
        foreach (var path in _files.In("tests"))
        {
            var (root, problems) = Parse(path);
            if (root is not null)
                study = study with { Tests = study.Tests.SetItem(Path.GetFileNameWithoutExtension(path), ScriptedTests.Read(root, Path.GetFileNameWithoutExtension(path), study, problems)) };
        }

        study = study with { Practice = [.. _files.In(Studies.Study.PracticeFolder).SelectMany(path => Practice(path, codebook))] };
        if (bare is not null)
            StudyReader.CheckAgainstFlows(study, studyRoot!, [.. _files.In("flows").Select(path => Path.GetFileNameWithoutExtension(path)!)], studyProblems);
        return bare is null ? null : study with { Files = _files };
    }

    /// <summary>The study's own texts in every language that there is a translation for.</summary>
    private static ImmutableSortedDictionary<string, Study> Languages(Study study, Node.Object? root, Problems problems, ImmutableArray<TranslationFile> translations)
    {
        var languages = ImmutableSortedDictionary.CreateBuilder<string, Study>(StringComparer.Ordinal);
        foreach (var language in translations.Select(t => t.Language).Distinct())
        {
            var own = translations.FirstOrDefault(t => t.Flow is null && t.Language == language);
            var translated = root is null ? null : StudyReader.Read(StudyTexts.Replaced(root, text => own?.In(text) ?? text.Text), study.Id, study.Codebook, new Problems(problems.File));
            languages[language] = (translated ?? study) with { Language = language };
            if (root is not null)
                own?.CheckAgainst(StudyTexts.Of(root), version: null, _ => { });
        }

        return languages.ToImmutable();
    }

    /// <summary>What may be named as a code. Where the codebook is broken, whatever it still seems to hold.</summary>
    private static ImmutableArray<string> Codes(Codebook codebook, Node? root) => codebook.Codes.IsEmpty
        ? [.. (root as Node.Object)?.ListOf("codes").OfType<Node.Object>().Select(c => c.TextOf("id")).OfType<string>() ?? []]
        : [.. codebook.Given.Select(c => c.Id)];

    private TranslationFile? Translation(string path)
    {
        var (root, problems) = Parse(path);
        return root is null ? null : TranslationFile.Read(root, Path.GetFileNameWithoutExtension(path), problems);
    }

    /// <summary>Codes are not looked for where the codebook is broken: all of them would be unknown.</summary>
    private ImmutableArray<GoldAnswer> Practice(string path, Codebook codebook)
    {
        var (bytes, problems) = _files.Read(path);
        _problems.Add(problems);
        if (bytes is null || codebook.Codes.IsEmpty)
            return [];
        using var text = new StreamReader(new MemoryStream([.. bytes]), Encoding.UTF8);
        return GoldFile.Read(text, codebook, problems);
    }

    private (Node? Root, Problems Problems) Parse(string path)
    {
        var (root, problems) = _files.Parse(path);
        _problems.Add(problems);
        return (root, problems);
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex FolderName();
}
