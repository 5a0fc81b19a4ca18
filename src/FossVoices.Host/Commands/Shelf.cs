using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary>Takes studies from the folder that holds them, for verbs that need them whole.</summary>
internal static class Shelf
{
    /// <summary>Every study, those with errors included.</summary>
    public static ImmutableArray<LoadedStudy> Look(string folder)
    {
        try
        {
            return StudyFolder.LoadAll(folder, Platforms.Limits);
        }
        catch (DirectoryNotFoundException)
        {
            throw new CannotRun($"There is no folder '{folder}' with studies. Give the command where it lies, or name it with --studies DIR.");
        }
    }

    /// <summary>One study by its id, which must be free of errors.</summary>
    public static Study Take(string folder, string id)
    {
        var loaded = Look(folder);
        if (loaded.FirstOrDefault(s => s.Id == id) is not { } found)
        {
            var advice = Nearest.To(id, loaded.Select(s => s.Id)) is { } nearest ? $"Did you mean '{nearest}'?"
                : loaded.IsEmpty ? "The folder holds none." : $"There is {string.Join(", ", loaded.Select(s => s.Id))}.";
            throw new CannotRun($"There is no study '{Problems.Shown(id)}' in '{folder}'. {advice}", ExitCode.WrongUsage);
        }

        return found.Study ?? throw Broken(found);
    }

    /// <summary>One flow of a study: the default where none is named.</summary>
    public static Flow FlowOf(Study study, string? id) => study.FindFlow(id) ?? throw new CannotRun(
        $"The study '{study.Id}' has no flow '{id}'. There is {string.Join(", ", study.Flows.Keys)}.", ExitCode.WrongUsage);

    /// <summary>Says that a study can't be opened, with its first error.</summary>
    public static CannotRun Broken(LoadedStudy study)
    {
        var errors = study.Problems.Where(p => p.Severity == Severity.Error).ToImmutableArray();
        var more = errors.Length > 1 ? $" and {errors.Length - 1} more" : "";
        return new CannotRun($"The study '{study.Id}' has errors: {errors[0]}{more}. Mend it; 'fossvoices check' lists everything.");
    }
}
