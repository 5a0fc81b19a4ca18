using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Coding;
using FossVoices.Exchange;
using FossVoices.Sessions;
using FossVoices.Storage;
using Microsoft.Extensions.AI;

namespace FossVoices.Fieldwork;

/// <summary>The language model could not be asked, or did not reply as it should. The message says why in half a sentence, and holds nobody's words.</summary>
/// <param name="retryAfter">How long it asks to be left alone; null where it does not say.</param>
/// <param name="hopeless">Whether every further call would fail in the same way.</param>
internal sealed class LlmUnavailable(string why, TimeSpan? retryAfter = null, bool hopeless = false) : Exception(why)
{
    public TimeSpan? RetryAfter => retryAfter;

    public bool Hopeless => hopeless;
}

/// <summary>What a run of the language model did.</summary>
/// <param name="Failed">Answers that it could not be asked about, and why; they are tried again at the next run.</param>
/// <param name="Stopped">Why it was asked no further; null where all answers had their turn.</param>
internal sealed record LlmCoded(string CoderVersion, int Answers, int Assignments, ImmutableArray<(string Answer, string Why)> Failed, string? Stopped);

/// <summary>
/// Asks a language model about the answers it has not read: redacted, one a call, each kept as it comes, so that a run can be stopped at any time. What fails is
/// tried a few times and left for the next run.
/// </summary>
internal sealed class LlmRun(CodingStore store, IChatClient model, TimeProvider time)
{
    private const int Batch = 20;
    private const int Tries = 3;
    private const int MostFailuresInARow = 5;
    private const int LongestOutput = 2000;

    private static readonly TimeSpan s_longestCall = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(2);

    /// <summary>How long one call may take.</summary>
    public TimeSpan LongestCall { get; init; } = s_longestCall;

    /// <summary>How long is waited before the second try; twice as long before the third.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <param name="names">Names that the study knows, which are taken out.</param>
    /// <param name="progress">Hears how many answers have been read so far, of how many.</param>
    public async Task<LlmCoded> RunAsync(string study, LlmPrompt prompt, IReadOnlyCollection<string> names, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        var (answers, assignments, inARow) = (0, 0, 0);
        var failed = ImmutableArray.CreateBuilder<(string Answer, string Why)>();
        var all = progress is null ? 0 : await store.CountUncodedAsync(study, Coders.Llm, prompt.Version, cancellationToken);
        var passed = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var batch = (await store.UncodedAsync(study, Coders.Llm, prompt.Version, Batch + passed.Count, cancellationToken))
                .Where(answer => !passed.Contains($"{answer.Session}/{answer.Address}")).ToList();
            if (batch.Count == 0)
                return new LlmCoded(prompt.Version, answers, assignments, failed.ToImmutable(), Stopped: null);
            foreach (var answer in batch)
            {
                try
                {
                    var said = answer.Flow == Session.ImportedFlow ? TranscriptReader.WithoutNotes(answer.Text) : answer.Text;
                    var suggested = await AskAsync(prompt, RedactedText.Of(said, names), cancellationToken);
                    await store.SaveAsync(
                        study, Coders.Llm, prompt.Version,
                        [new CodedAnswer(answer.Session, answer.Address, answer.TextHash, [.. suggested.Select(s => CodeAssignment.From(s, answer.Session, answer.Address, Coders.Llm, prompt.Version))])],
                        cancellationToken);
                    (answers, assignments, inARow) = (answers + 1, assignments + suggested.Length, 0);
                    progress?.Report((answers, Math.Max(answers, all)));
                }
                catch (LlmUnavailable e)
                {
                    passed.Add($"{answer.Session}/{answer.Address}");
                    failed.Add(($"{answer.Session}/{answer.Address}", e.Message));
                    if (e.Hopeless || ++inARow == MostFailuresInARow)
                        return new LlmCoded(prompt.Version, answers, assignments, failed.ToImmutable(), Stopped: e.Message);
                }
            }
        }
    }

    private async Task<ImmutableArray<Suggestion>> AskAsync(LlmPrompt prompt, RedactedText said, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                var reply = await CallAsync(prompt, LlmPrompt.Of(said), cancellationToken);
                return prompt.Read(reply, said) ?? throw new LlmUnavailable("it did not reply with the JSON that was asked for");
            }
            catch (LlmUnavailable e) when (left > 0 && !e.Hopeless && (e.RetryAfter ?? pause) <= s_longestWait)
            {
                await Task.Delay(e.RetryAfter ?? pause, time, cancellationToken);
                pause *= 2;
            }
        }
    }

    private async Task<string> CallAsync(LlmPrompt prompt, string answer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestCall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var reply = await model.GetResponseAsync(
                [new ChatMessage(ChatRole.System, prompt.Instructions), new ChatMessage(ChatRole.User, answer)],
                new ChatOptions { Temperature = 0, MaxOutputTokens = LongestOutput, ResponseFormat = ChatResponseFormat.Json },
                either.Token);
            return reply.Text;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LlmUnavailable(string.Create(CultureInfo.InvariantCulture, $"it did not reply within {LongestCall.TotalSeconds:0} seconds"));
        }
    }
}
