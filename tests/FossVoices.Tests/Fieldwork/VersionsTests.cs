using System.Security.Cryptography;
using Dapper;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Commands;
using FossVoices.Studies;
using FossVoices.Tests.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Said = FossVoices.Channels.Said;

namespace FossVoices.Tests.Fieldwork;

/// <summary>The files change while people answer, and the program is started again in between.</summary>
public sealed class VersionsTests : IDisposable
{
    private const string OldAsk = "How far should the garden be open at night?";
    private const string NewAsk = "How far should the garden be open after dark?";
    private const string Words = "The rain came down on all of us that evening.";

    private readonly Folder _folder = new();
    private readonly string _flow;
    private int _deliveries;

    public VersionsTests() => _flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fifty_running_sessions_finish_on_the_flow_they_began_with(bool removed)
    {
        const int people = 50;
        var asked = Enumerable.Range(0, people).Select(_ => new List<string>()).ToArray();
        await using (var station = await OpenAsync())
        {
            var conversation = await ServedAsync(station);
            for (var person = 0; person < people; person++)
                await AnswerAsync(conversation, person, await AgreesAsync(conversation, person), asked[person], most: person % 9);
        }

        if (removed)
            RemoveFlow();
        else
            ChangeFlow();

        await using (var station = await OpenAsync())
        {
            var conversation = await ServedAsync(station);
            for (var person = 0; person < people; person++)
                Assert.IsType<Outcome.Finished>(await AnswerAsync(conversation, person, await HelloAsync(conversation, person), asked[person]));

            // What each was asked, before and after, is the old flow whole: nothing lost, nothing twice, nothing of the new one.
            Assert.All(asked, questions => Assert.Equal(["role", "open", "tools", "first", "hours", "story", "more", "wish"], questions.Select(q => q.Split(' ')[0])));
            Assert.All(asked, questions => Assert.Contains($"open {OldAsk}", questions));
            var own = (await conversation.OwnAsync("garden", "visit", PersonOf(7), locale: null, Cancellation))!;
            Assert.Contains(own.Answers, a => a is { Address: "open", Ask: OldAsk });
            Assert.Equal("No", own.QuotesLabel);
            Assert.Equal(OldAsk, (await conversation.AgainAsync("garden", "visit", PersonOf(7), "open", locale: null, Cancellation))!.Prompt.Ask);
            Assert.Equal(8 * people, await CountAsync(station, "select count(*) from answer where on_path = 1"));
        }
    }

    [Fact]
    public async Task Whoever_comes_after_a_change_is_asked_by_the_new_flow()
    {
        await using (var station = await OpenAsync())
            await AgreesAsync(await ServedAsync(station), person: 1);
        ChangeFlow();

        var asked = new List<string>();
        await using (var station = await OpenAsync())
        {
            var conversation = await ServedAsync(station);
            await AnswerAsync(conversation, 2, await AgreesAsync(conversation, person: 2), asked);
            Assert.Equal(2, await CountAsync(station, "select count(*) from bundle where flow = 'visit'"));
        }

        Assert.Equal(["role", "open", "hours", "story", "bees", "more", "wish"], asked.Select(q => q.Split(' ')[0]));
        Assert.Contains($"open {NewAsk}", asked);
    }

    [Fact]
    public async Task Words_are_heard_by_the_codebook_that_the_session_began_with()
    {
        await using (var station = await OpenAsync())
            await AgreesAsync(await ServedAsync(station), person: 1);
        ChangeFlow();
        var codebook = _folder.File("garden/codebook.json");
        await File.WriteAllTextAsync(codebook, (await File.ReadAllTextAsync(codebook, Cancellation)).Replace("\"rain\"", "\"drizzle\"", StringComparison.Ordinal), Cancellation);

        await using (var station = await OpenAsync())
        {
            var conversation = await ServedAsync(station);
            await AnswerAsync(conversation, 1, await HelloAsync(conversation, 1), []);
            await AnswerAsync(conversation, 2, await AgreesAsync(conversation, 2), []);

            // The first session's story and wish speak of rain; the second one's do so to an ear that listens for other words.
            Assert.Equal(2, await CountAsync(station, "select count(*) from heard_code where code = 'water'"));
        }
    }

    [Fact]
    public async Task A_flow_that_is_gone_is_begun_by_nobody()
    {
        await using (var station = await OpenAsync())
            await AgreesAsync(await ServedAsync(station), person: 1);
        RemoveFlow();

        await using (var station = await OpenAsync())
        {
            var conversation = await ServedAsync(station);
            Assert.IsType<Outcome.Closed>(await HelloAsync(conversation, 2));
            Assert.IsType<Outcome.Closed>(await AgreesAsync(conversation, 2));
            Assert.IsType<Outcome.Withdrawn>(await SaysAsync(conversation, 1, new Said.Withdraw(), asked: null));
        }
    }

    [Fact]
    public async Task Opening_a_wave_freezes_what_it_asks()
    {
        using var fossvoices = new Commands.Fossvoices();

        var said = await fossvoices.SayAsync("wave", "garden", "open", "--studies", _folder.Path);

        Assert.Equal(ExitCode.Fine, said.ExitCode);
        await using var station = await Station.OpenAsync(fossvoices.Data, TimeProvider.System, Cancellation);
        var study = Load();
        Assert.Equal(study.Flows.Keys, await station.Bundles.FlowsAsync("garden", Cancellation));
        Assert.Equal(study.Flows["visit"].Hash, (await station.Bundles.FindAsync("garden", study.Flows["visit"].Hash, Cancellation))!.Open()!.Flows["visit"].Hash);
    }

    private static Person PersonOf(int person) => new("web", $"p{person}");

    private Study Load()
    {
        var loaded = StudyFolder.Load(Path.Combine(_folder.Path, "garden"));
        return loaded.Study ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    private Task<Station> OpenAsync() => Station.OpenAsync(Path.Combine(_folder.Path, "data"), TimeProvider.System, Cancellation);

    private async Task<Conversation> ServedAsync(Station station)
    {
        var former = await station.Bundles.FlowsAsync("garden", Cancellation);
        return new Conversation(
            new OpenStudies([Load()], former.Select(flow => ("garden", flow))), new Versions(station.Bundles, NullLogger<Versions>.Instance), station.Database, station.Turns,
            new Openings(station.Waves, TimeProvider.System), Spoken.Asides(station.Database, station.Writer, TimeProvider.System), new Lottery(RandomNumberGenerator.Create()), TimeProvider.System, NullLogger<Conversation>.Instance);
    }

    private static async Task<long> CountAsync(Station station, string sql)
    {
        await using var connection = await station.Database.ReadAsync(Cancellation);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: Cancellation));
    }

    private Task<Outcome> AgreesAsync(Conversation conversation, int person) => SaysAsync(conversation, person, new Said.Agree("no"), asked: null);

    private Task<Outcome> HelloAsync(Conversation conversation, int person) => SaysAsync(conversation, person, new Said.Hello(), asked: null);

    private async Task<Outcome> AnswerAsync(Conversation conversation, int person, Outcome outcome, List<string> questions, int most = 100)
    {
        for (var given = 0; given < most && outcome is Outcome.Question { Prompt: var prompt, Asked: var asked }; given++)
        {
            questions.Add($"{prompt.Address} {prompt.Ask}");
            Reply reply = prompt.Control switch
            {
                Control.OneOf { Options: var options } => new Reply.Chose([options[0].Id]),
                Control.SomeOf { Options: var options } => new Reply.Chose([options[0].Id, options[1].Id, options[2].Id]),
                Control.Order { Options: var options } => new Reply.Chose([options[1].Id, options[0].Id]),
                Control.Count => new Reply.Said("12"),
                _ => new Reply.Said(Words),
            };
            outcome = await SaysAsync(conversation, person, new Said.Answer(reply), asked);
            Assert.Null((outcome as Outcome.Question)?.Note);
        }

        return outcome;
    }

    private Task<Outcome> SaysAsync(Conversation conversation, int person, Said said, Asked? asked) => conversation.HearAsync(
        new Incoming($"d{_deliveries++}", "garden", "visit", PersonOf(person), new Place("web", "page"), asked, said, null), Cancellation);

    /// <summary>Another wording, two items fewer, one more.</summary>
    private void ChangeFlow()
    {
        var lines = File.ReadAllLines(_flow).Where(line => !line.Contains("\"bench\"", StringComparison.Ordinal) && !line.Contains("\"id\": \"tools\"", StringComparison.Ordinal) && !line.Contains("\"id\": \"first\"", StringComparison.Ordinal))
            .Select(line => line.Replace("be open at night?", "be open after dark?", StringComparison.Ordinal))
            .SelectMany(line => line.Contains("\"id\": \"more\"", StringComparison.Ordinal)
                ? (string[])["{ \"id\": \"bees\", \"type\": \"scale\", \"scale\": \"how_far\", \"reading\": \"owed\", \"ask\": \"How far should there be bees?\" },", line]
                : [line]);
        File.WriteAllLines(_flow, [.. lines]);
    }

    private void RemoveFlow()
    {
        File.Delete(_flow);
        var study = _folder.File("garden/study.json");
        File.WriteAllText(study, File.ReadAllText(study).Replace("\"default_flow\": \"visit\"", "\"default_flow\": \"talk\"", StringComparison.Ordinal));
    }
}
