using FossVoices.Benchmarks;

return args switch
{
    ["turns", .. var rest] => await TurnBenchmark.RunAsync(seconds: rest is [var s] ? int.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : 3),
    ["report", var folder] => ReportBenchmark.Run(folder),
    ["answer", var folder, var name] => await Crowd.AnswerUntilKilledAsync(folder, name),
    ["send", var folder, var studyFolder, var study, var platform, var nonce] =>
        await Sender.SendUntilKilledAsync(folder, studyFolder, study, new Uri(platform), knowsNonce: nonce == "nonce"),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        turns [SECONDS]      turns a second with one and with 128 respondents, beside a loop written by hand; run it with -c Release
        report STUDY_FOLDER  CPU of a report of 12 questions, counted and drawn
        answer FOLDER NAME   answers until it is killed and prints what was acknowledged; for the tests
        send FOLDER STUDY_FOLDER STUDY URL nonce|plain
                             sends what waits in the outbox to a platform on this machine until it is killed; for the tests
        """);
    return 2;
}
