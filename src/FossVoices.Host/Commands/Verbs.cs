using System.CommandLine;
using FossVoices.Reports;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary>The command line, <c>fossvoices VERB</c>.</summary>
internal static class Verbs
{
    /// <summary>Runs one verb and returns its exit code. Nothing is thrown: what goes wrong is said in one sentence.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        if (await SettingsAsync(terminal) is not { } set)
            return ExitCode.CouldNotRun;

        var common = new Common(set);
        var parsed = Root(common, terminal).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await terminal.Error.WriteLineAsync(Harmless.Printable(error.Message));
            await terminal.Error.WriteLineAsync("Say 'fossvoices --help', or 'fossvoices VERB --help', to see what there is.");
            return ExitCode.WrongUsage;
        }

        try
        {
            var settings = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            };
            return await parsed.InvokeAsync(settings, cancellationToken);
        }
        catch (CannotRun e)
        {
            await terminal.Error.WriteLineAsync(Harmless.Printable(e.Message));
            return e.ExitCode;
        }
        catch (StorageUnavailable e)
        {
            await terminal.Error.WriteLineAsync(Harmless.Printable(e.Message));
            return ExitCode.CouldNotRun;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Stopped.");
            return ExitCode.CouldNotRun;
        }
        catch (Exception e) when (!parsed.GetValue(common.Verbose))
        {
            await terminal.Error.WriteLineAsync($"That did not work: {Harmless.Printable(e.Message)} Add --verbose to see where it arose.");
            return ExitCode.CouldNotRun;
        }
    }

    private static async Task<Settings?> SettingsAsync(Terminal terminal)
    {
        try
        {
            return Settings.Read(Environment.CurrentDirectory);
        }
        catch (CannotRun e)
        {
            await terminal.Error.WriteLineAsync(Harmless.Printable(e.Message));
            return null;
        }
    }

    private static RootCommand Root(Common common, Terminal terminal)
    {
        var serve = ServeVerb.Create(common, terminal);
        var root = new RootCommand("FossVoices asks upstream and downstream what they expect of each other, and reports where that differs.")
        {
            common.Data, common.Studies, common.Json, common.Verbose,
            serve,
            CheckVerb.Create(common, terminal),
            TryVerb.Create(common, terminal),
            WalkVerb.Create(common, terminal),
            TestVerb.Create(common, terminal),
            PlanVerb.Create(common, terminal),
            WaveVerb.Create(common, terminal),
            ImportVerb.Create(common, terminal),
            CodeVerb.Create(common, terminal),
            EvaluateVerb.Create(common, terminal),
            AgreementVerb.Create(common, terminal),
            GapVerb.Create(common, terminal),
            ReportVerb.Create(common, terminal),
            StatusVerb.Create(common, terminal),
            ExportVerb.Create(common, terminal),
            CodebookVerb.Create(common, terminal),
            CodesVerb.Create(common, terminal),
            QuotesVerb.Create(common, terminal),
            RoundVerb.Create(common, terminal),
            WordsVerb.Create(common, terminal),
            FeedbackVerb.Create(common, terminal),
            WithdrawVerb.Create(common, terminal),
            BackupVerb.Create(common, terminal),
            RestoreVerb.Create(common, terminal),
            RotateKeyVerb.Create(common, terminal),
            TeamsPackageVerb.Create(common, terminal),
            ReviewPasswordVerb.Create(terminal),
            DoctorVerb.Create(common, terminal),
        };
        // No verb at all serves, with the same options.
        foreach (var option in serve.Options)
            root.Options.Add(option);
        root.Action = serve.Action;
        return root;
    }
}
