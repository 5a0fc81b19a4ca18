using FossVoices.Benchmarks;

return args switch
{
    ["turns", .. var rest] => await TurnBenchmark.RunAsync(seconds: rest is [var s] ? int.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : 3),
    ["flow", .. var rest] => await FlowBenchmark.RunAsync(seconds: rest is [var s] ? int.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : 3),
    ["report", var folder] => ReportBenchmark.Run(folder),
    ["discord", var studies, .. var rest] => await DiscordBenchmark.RunAsync(rest is [var p] ? int.Parse(p, System.Globalization.CultureInfo.InvariantCulture) : 1000, studies),
    ["hold", var folder] => await Crowd.HoldAsync(folder),
    ["recount", .. var size] => await RecountBenchmark.RunAsync(size is [var n] ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : 100_000),
    ["teams", .. var rest] => await TeamsBenchmark.RunAsync(seconds: rest is [var s] ? int.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : 10),
    ["teams-serve", var folder, var studies, var platform] => await TeamsServer.ServeAsync(folder, studies, platform),
    ["lexicon"] => await LexiconBenchmark.RunAsync(),
    ["learning"] => await LearningBenchmark.RunAsync(),
    ["coding", .. var size] => await CodingBenchmark.RunAsync(size is [var n] ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : 100_000),
    ["code", var folder] => await CodingBenchmark.CodeUntilKilledAsync(folder),
    ["answer", var folder, var name] => await Crowd.AnswerUntilKilledAsync(folder, name),
    ["noisy", var folder, .. var rest] => await NoisyBenchmark.RunAsync(folder, seconds: rest is [var s] ? int.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : 5),
    ["send", var folder, var studyFolder, var study, var platform, var nonce] =>
        await Sender.SendUntilKilledAsync(folder, studyFolder, study, new Uri(platform), knowsNonce: nonce == "nonce"),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        turns [SECONDS]      turns a second with one and with 128 respondents, beside a loop written by hand; run it with -c Release
        flow [SECONDS]       whole responses a CPU-second, beside SurveyJS's survey-core where npm is here; how they grow with the questions; check; run it with -c Release
        report STUDY_FOLDER  CPU of a report of 12 questions, counted and drawn
        noisy STUDY_FOLDER [SECONDS]
                             what 99 quiet people wait beside a noisy one, with and without the doorkeeper; run it with -c Release
        discord STUDIES_FOLDER [PEOPLE]
                             CPU a click, acknowledgement and memory of the bot while so many people (1000) answer at once over the gateway and over HTTP; run it with -c Release
        recount [PERSONS]    CPU of counting so many people's 12 answers anew from the rows (100000), beside Python's sqlite3; run it with -c Release
        teams [SECONDS]      turns of 64 people in Teams, beside npm's botbuilder where npm is; run it with -c Release
        teams-serve DATA STUDIES PLATFORM
                             the bot of that benchmark, until it is killed
        hold FOLDER          holds the database until its input ends; for the tests
        lexicon              what hearing an answer costs, beside pyahocorasick
        learning             what learning codes costs, beside scikit-learn
        coding [ANSWERS]     CPU of coding so many stored answers (100000), and of coding them again after a change
        code FOLDER          codes and says how far it is; for the tests, which kill it
        answer FOLDER NAME   answers until it is killed and prints what was acknowledged; for the tests
        send FOLDER STUDY_FOLDER STUDY URL nonce|plain
                             sends what waits in the outbox to a platform on this machine until it is killed; for the tests
        """);
    return 2;
}
