using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Exchange;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices codebook STUDY import|export --format FORMAT FILE</c>: codebooks in and out.</summary>
internal static class CodebookVerb
{
    private const long LargestFile = 20 * 1024 * 1024;

    private static readonly string[] s_formats = ["json", "qdc", "csv"];

    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var direction = new Argument<string>("DIRECTION") { Description = "import or export.", HelpName = "import|export" };
        direction.AcceptOnlyFromAmong("import", "export");
        var format = new Option<string>("--format") { Description = "json (the study's own), qdc (REFI-QDA) or csv (Taguette).", Required = true };
        format.AcceptOnlyFromAmong(s_formats);
        var file = new Argument<string>("FILE") { Description = "The file to read or write." };
        var verb = new Command("codebook", "Take a codebook in from another program, or write it out for one.") { study, direction, file, format };
        verb.SetAction(async (parsed, _) =>
        {
            var folder = parsed.GetValue(common.Studies)!;
            var taken = Shelf.Take(folder, parsed.GetValue(study)!);
            var (named, path) = (parsed.GetValue(format)!, parsed.GetValue(file)!);
            if (parsed.GetValue(direction) == "export")
                await ExportAsync(taken, named, path, parsed.GetValue(common.Json), terminal.Out);
            else
                await ImportAsync(taken, named, path, Path.Combine(folder, taken.Id), parsed.GetValue(common.Json), terminal.Out);
            return ExitCode.Fine;
        });
        return verb;
    }

    private static async Task ExportAsync(Study study, string format, string path, bool json, TextWriter output)
    {
        WriteFile(path, stream => Write(study.Codebook, format, stream));
        var codes = study.Codebook.Codes.Length;
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(new { study = study.Id, file = path, format, codes }, Output.Json)
            : $"{path}: {codes} codes and categories.{(format == "json" ? "" : " What the lexicon listens for is not in it.")}");
    }

    private static async Task ImportAsync(Study study, string format, string path, string folder, bool json, TextWriter output)
    {
        var change = Read(study.Codebook, format, path);
        if (change.Result is { } next)
            Replace(study, next, path, folder);
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(new { study = study.Id, version = (change.Result ?? study.Codebook).Version, added = change.Added, changed = change.Changed, retired = change.Retired }, Output.Json)
            : change.Result is null
                ? "Nothing has changed: the study's codebook says the same."
                : $"The codebook is version {change.Result.Version} now: {Many("added", change.Added)}, {Many("changed", change.Changed)}, {Many("retired", change.Retired)}. What was there before lies beside it as codebook.json.replaced. Run 'fossvoices code {study.Id}' to code by it.");
    }

    private static CodebookTaken Read(Codebook present, string format, string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new CannotRun($"'{path}' is larger than any codebook; nothing was imported.");
            using var stream = File.OpenRead(path);
            if (format == "json")
                return CodebookTaken.Whole(present, ReadJson(stream, path));
            return CodebookTaken.Of(present, format == "qdc" ? RefiCodebook.Read(stream) : CodebookCsv.Read(stream), hasLooks: format == "qdc");
        }
        catch (FormatException e)
        {
            throw new CannotRun($"{path}: {e.Message} Nothing was imported.", ExitCode.ErrorsFound);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The codebook '{path}' can't be read: {e.Message} Nothing was imported.");
        }
    }

    private static Codebook ReadJson(FileStream stream, string path)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var problems = new Problems(path);
        var codebook = JsonFile.Read(bytes, problems) is { } root ? CodebookFile.Compile(root, problems) : null;
        return codebook ?? throw new CannotRun($"{problems.InOrder()[0]}. Nothing was imported.", ExitCode.ErrorsFound);
    }

    /// <summary>Puts the new codebook in place of the old one, if the study is sound with it.</summary>
    private static void Replace(Study study, Codebook next, string from, string folder)
    {
        using var written = new MemoryStream();
        CodebookJson.Write(next, written);
        var with = study.Files with { Files = study.Files.Files.SetItem("codebook.json", new StudyFile.Content([.. written.ToArray()])) };
        if (StudyCompiler.Compile(with) is { Study: null } broken)
        {
            var error = broken.Problems.First(problem => problem.Severity == Severity.Error);
            throw new CannotRun($"With the codebook in '{from}' the study would have errors, such as {error.Code}: {error.Message}{(error.Suggestion is { } advice ? $" ({advice})" : "")}. Nothing was imported.", ExitCode.ErrorsFound);
        }

        var file = Path.Combine(folder, "codebook.json");
        try
        {
            File.WriteAllBytes(file + ".new", written.ToArray());
            File.Copy(file, file + ".replaced", overwrite: true);
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The codebook can't be written to '{file}': {e.Message}");
        }
    }

    private static void Write(Codebook codebook, string format, Stream stream)
    {
        switch (format)
        {
            case "json":
                CodebookJson.Write(codebook, stream);
                break;
            case "qdc":
                RefiCodebook.Write(codebook, stream);
                break;
            default:
                CodebookCsv.Write(codebook, stream);
                break;
        }
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        try
        {
            using var stream = File.Create(path);
            write(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The codebook can't be written to '{path}': {e.Message}");
        }
    }

    private static string Many(string what, ImmutableArray<string> codes) => codes.IsEmpty ? $"none {what}" : $"{codes.Length} {what} ({string.Join(", ", codes.Take(5))}{(codes.Length > 5 ? ", …" : "")})";
}
