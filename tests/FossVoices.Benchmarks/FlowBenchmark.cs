using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Benchmarks;

/// <summary>
/// What whole responses cost, one question at a time, each question made ready to be shown: beside SurveyJS's survey-core on the same twenty
/// questions in the same run, and at twenty, two hundred and eight hundred questions. And what it costs to check a study of two hundred.
/// </summary>
internal static class FlowBenchmark
{
    private const int Questions = 20;
    private static readonly Facts s_facts = new("1 January 2030", 10);

    public static async Task<int> RunAsync(int seconds)
    {
        var flow = Compile(Questions);
        PerCpuSecond(flow, 1); // Compiles everything.
        var (ours, asked) = PerCpuSecond(flow, seconds);
        Say($"FossVoices, {Questions} questions, {asked:0.0} of them asked:  {ours,9:0} responses a CPU-second");

        if (await SurveyCore.PerCpuSecondAsync(Questions, seconds) is { } peer)
            Say($"survey-core {peer.Version}, the same, {peer.Asked:0.0} asked:  {peer.Responses,9:0.0} responses a CPU-second: {ours / peer.Responses:0} times (aim: 1000)");
        else
            Console.WriteLine("survey-core: skipped, since npm is not here or can't install it.");

        foreach (var questions in (int[])[20, 200, 800])
        {
            var (responses, each) = PerCpuSecond(Compile(questions), seconds);
            Say($"{questions,4} questions: {1e6 / responses,8:0} µs a response, {1e6 / responses / each,6:0.00} µs a question");
        }

        Check(200);
        return 0;
    }

    private static Flow Compile(int questions) => StudyCompiler.Compile(MadeUpStudy.Files(questions)).Study?.FindFlow(null)
        ?? throw new InvalidOperationException(string.Join('\n', StudyCompiler.Compile(MadeUpStudy.Files(questions)).Problems));

    private static (double Responses, double Asked) PerCpuSecond(Flow flow, int seconds)
    {
        var numbers = flow.InFileOrder.Select((item, i) => (item.Id, i)).ToImmutableDictionary(n => n.Id, n => n.i);
        var (responses, asked) = (0, 0);
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        for (; clock.Elapsed.TotalSeconds < seconds; responses++)
            asked += Respond(flow, numbers, responses);
        return (responses / (Environment.CpuUsage.TotalTime - before).TotalSeconds, (double)asked / responses);
    }

    private static int Respond(Flow flow, ImmutableDictionary<string, int> numbers, int respondent)
    {
        var asked = 0;
        var progress = Progress.Begin(flow, respondent);
        for (; Prompting.Standing(flow, progress, s_facts) is { } prompt; asked++)
        {
            Reply reply = MadeUpStudy.Answer(numbers[prompt.Address], respondent) switch
            {
                int point => new Reply.Chose([point.ToString(CultureInfo.InvariantCulture)]),
                string words when prompt.Control is Control.Write => new Reply.Said(words),
                var option => new Reply.Chose([(string)option]),
            };
            var turn = FlowEngine.Take(flow, progress, reply, heard: null, DateTimeOffset.UnixEpoch);
            progress = turn is Turn.Refused ? throw new InvalidOperationException($"{prompt.Address} did not take {reply}.") : turn.Progress;
        }

        return asked;
    }

    private static void Check(int questions)
    {
        var files = MadeUpStudy.Files(questions);
        var took = Enumerable.Range(0, 20).Select(_ =>
        {
            var before = Environment.CpuUsage.TotalTime;
            GC.KeepAlive(StudyCompiler.Compile(files));
            return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }).ToArray();
        Say($"check of {questions} items: {took.Order().ElementAt(took.Length / 2):0.0} ms of CPU (aim: 150); most {took.Max():0.0} ms");
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
