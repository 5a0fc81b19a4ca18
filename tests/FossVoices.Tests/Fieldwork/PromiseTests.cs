using CsCheck;
using FossVoices.Channels;
using FossVoices.Discord;
using FossVoices.Fieldwork;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using static FossVoices.Tests.Fieldwork.RoundTests;
using static FossVoices.Tests.Fieldwork.ToldWordsTests;
using DiscordCards = FossVoices.Discord.Cards;
using Outcome = FossVoices.Channels.Outcome;
using TeamsCards = FossVoices.Teams.Cards;

namespace FossVoices.Tests.Fieldwork;

/// <summary>
/// Whatever six people release, change, take back, accept, answer or withdraw, and whenever reports are drawn and posted in between: nothing unreleased is read by
/// anybody else, on no screen, in no post and in no export for others; what is taken back goes from what was posted; nobody is shown own words as another's.
/// </summary>
public sealed class PromiseTests
{
    private static readonly string[] s_levels = ["none", "count", "paraphrase", "anonymous", "named"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_unreleased_is_ever_shown_and_what_is_taken_back_goes_from_everywhere()
    {
        var steps = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 15]).Array[8, 24];
        await steps.SampleAsync(
            async history =>
            {
                await using var street = await ReleasedAsync();
                await OpenAsync(street);
                foreach (var person in People)
                    await SaysAsync(street, person, new Said.Agree("no"));
                await using var web = await Onlookers.ComeAsync(street, People);
                Assert.Contains("the words of down0", (await web.PrepareAsync("up0")).Round, StringComparison.Ordinal); // The pages show what they may.
                var (all, number) = (People.ToDictionary(person => person, person => new Author(person)), 0);
                foreach (var (author, what) in history.Select(step => (all[People[step.Item1]], step.Item2)))
                {
                    await DoAsync(street, author, what, ++number, all.Values);
                    await CodeAllAsync(street);
                    await street.PassAsync(TimeSpan.FromMinutes(1)); // What is due is sent.
                    await LookAsync(street, web, all.Values, People[number % People.Length]);
                }
            },
            iter: Long.Run(always: 2, lots: 200),
            threads: 1);
    }

    private static async Task DoAsync(Street street, Author author, int what, int number, IReadOnlyCollection<Author> all)
    {
        switch (what)
        {
            case < 6 when !author.Left:
                var level = s_levels[Math.Min(what, 4)];
                var name = level == "named" ? author.New($"sparrow{number:00}x") : "";
                if (await IsDoneAsync(street, author, new Said.Release("1", level, name, Hidden: [])))
                    author.Release(level, name);
                break;
            case 6 or 7 when !author.Left:
                author.Change(author.New($"plover{number:00}x of {author.Person}"));
                await street.SaysAsync(author.Person, new Said.Release("1", "", Text: author.Words));
                break;
            case 8 when number % 3 == 0: // Otherwise everybody is soon gone.
                await street.SaysAsync(author.Person, new Said.Withdraw());
                author.Leave();
                break;
            case 9 or 10 when !author.Left:
                var text = author.New($"heron{number:00}x in other words");
                if (await ProposeAsync(street, Assert.Single((await OwnAsync(street, author.Person, "")).Words).Id, text))
                    (author.Paraphrase, author.Accepted) = (text, false);
                break;
            case 11 or 12 when !author.Left:
                var reply = what == 11 ? author.New($"wren{number:00}x replies") : "";
                if (await IsDoneAsync(street, author, new Said.Approve("1", Yes: true, reply)))
                    author.SayYes(reply, await WaitingAsync(street));
                break;
            case 13 when !author.Left:
                if (await IsDoneAsync(street, author, new Said.Approve("1", Yes: false)))
                    author.SayNo();
                break;
            case 14:
                await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
                break;
            default:
                await PassAsync(street, TimeSpan.FromDays(3));
                break;
        }
    }

    /// <summary>Reads everything that anybody could read now.</summary>
    private static async Task LookAsync(Street street, Onlookers web, IReadOnlyCollection<Author> all, string reader)
    {
        var forbidden = all.SelectMany(author => author.Forbidden()).ToArray();
        var shown = await EverybodyReadsAsync(street);
        Assert.All(forbidden, canary => Assert.DoesNotContain(canary, shown, StringComparison.Ordinal));
        Assert.All(all.Where(author => author.IsShownAsSaid), author => Assert.Contains($"“{author.Words}”", shown, StringComparison.Ordinal));

        if (await SaysAsync(street, reader, new Said.Hello()) is Outcome.Question { Prompt.Before: var before } question)
        {
            var screens = string.Join('\n', [.. before, .. OnChats(question)]);
            Assert.All(forbidden.Concat(all.Single(author => author.Person == reader).Canaries), canary => Assert.DoesNotContain(canary, screens, StringComparison.Ordinal));
        }

        // In the browser: anybody, whoever prepares a round, and that person as the round's reader, who is told own words only as own ones.
        var pages = await web.VisitAsync();
        Assert.All(forbidden, canary => Assert.DoesNotContain(canary, pages, StringComparison.Ordinal));
        var (round, preview) = await web.PrepareAsync(reader);
        Assert.All(forbidden, canary => Assert.DoesNotContain(canary, round, StringComparison.Ordinal));
        Assert.All(forbidden.Except(all.Single(author => author.Person == reader).Canaries), canary => Assert.DoesNotContain(canary, preview, StringComparison.Ordinal));

        // Their own page shows people what is theirs, and nobody else's.
        var (own, page) = (await street.SaysAsync(reader, new Said.Words()), await web.OwnAsync(reader));
        Assert.All(all.Where(author => author.Person == reader && !author.Left), author => Assert.Contains(author.Words, page, StringComparison.Ordinal));
        var mine = string.Join('\n', [.. own is Outcome.OwnWords words ? OwnWordsText.Lines(words, "en") : [], .. OnChats(own), page]);
        Assert.All(all.Where(author => author.Person != reader).SelectMany(author => author.Canaries), canary => Assert.DoesNotContain(canary, mine, StringComparison.Ordinal));
        Assert.All(all.SelectMany(author => author.Canaries), canary => Assert.False(street.Store.Holds(canary), $"“{canary}” lies readable on the disk."));
    }

    /// <summary>Reports as they would be drawn, were drawn and were posted; the researcher's page of a round; an export for others; and every message in every channel.</summary>
    private static async Task<string> EverybodyReadsAsync(Street street)
    {
        var rounds = Rounds(street);
        var documents = new List<Document> { await street.Words.ReportAsync(street.Study, wave: null, Cancellation) };
        for (var number = 1; await street.Words.FindAsync(street.Study, number, Cancellation) is { } drawn; number++)
            documents.Add(drawn);
        if (await street.Words.PostedAsync(street.Study, Cancellation) is { } posted)
            documents.Add(posted);
        var exported = await new ExportRun(
            street.Store.Database, new BundleStore(street.Store.Database, street.Store.Writer, street.Store.Time), new CodebookStore(street.Store.Database, street.Store.Writer, street.Store.Time),
            new ClaimStore(street.Store.Database, street.Store.Writer, street.Store.Time), street.Store.Time)
            .GatherAsync(street.Study, WordsTaken.Quotable, progress: null, Cancellation);
        return string.Join(
            '\n',
            [
                .. documents.SelectMany(document => (string[])[Markdown.Of(document), Html.Page(document, "en", svg: null), WordsMessage.Discord(document, "en"), WordsMessage.Card(document, "en")]),
                .. (await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation)).Excerpts.Select(excerpt => $"{rounds.Shown(street.Study, excerpt.Words)}"),
                .. exported.Sessions.SelectMany(its => its.Session.Progress.Answers.Values.Where(answer => its.Tells(answer.Address)).Select(answer => $"{answer.Value}")),
                .. street.Platform.Messages.Values,
            ]);
    }

    private static IEnumerable<string> OnChats(Outcome outcome) =>
    [
        DiscordCards.OutcomeCard.Of(new DiscordCards.Desk(Ways.Of(SmallFlow.Study, Round), "en", Chosen: null), outcome).Message().ToJsonString(),
        System.Text.Encoding.UTF8.GetString(TeamsCards.OutcomeCard.Of(new TeamsCards.Desk(SmallFlow.Study, Round, "en"), outcome).Json),
    ];

    private static async Task<bool> IsDoneAsync(Street street, Author author, Said said) =>
        await street.SaysAsync(author.Person, said) is Outcome.OwnWords { Note: { } note } && note.StartsWith("Done.", StringComparison.Ordinal);

    private static async Task<int> WaitingAsync(Street street) => await street.WordsPosting.LastAsync(street.Study, Cancellation) is { Report: { Waits: true, Number: var number } } ? number : 0;

    /// <summary>Somebody, and what others may read of them by the promises.</summary>
    private sealed class Author(string person)
    {
        private readonly Dictionary<int, string> _replies = [];
        private readonly List<string> _canaries = [$"words of {person}"];
        private string _level = "anonymous";
        private string _name = "";

        public string Person => person;

        public bool Left { get; private set; }

        public string Words { get; private set; } = $"the words of {person}";

        public string Paraphrase { get; set; } = "";

        public bool Accepted { get; set; }

        /// <summary>Everything that was ever theirs.</summary>
        public IReadOnlyList<string> Canaries => _canaries;

        public bool IsShownAsSaid => !Left && _level is "anonymous" or "named" && !Left;

        public string New(string canary)
        {
            _canaries.Add(canary);
            return canary;
        }

        public void Release(string level, string name)
        {
            (_level, _name) = (level, name);
            if (level is "none" or "count")
                ForgetReports();
        }

        public void Change(string words)
        {
            (Words, _level, _name) = (words, "count", "");
            ForgetReports();
        }

        public void Leave()
        {
            Left = true;
            Change("");
        }

        public void SayYes(string reply, int report)
        {
            if (_level == "paraphrase" && Paraphrase.Length > 0 && !Accepted)
                Accepted = true;
            else if (reply.Length > 0)
                _replies[report] = reply;
            else
                _replies.Remove(report);
        }

        public void SayNo()
        {
            if (_level == "paraphrase" && Paraphrase.Length > 0)
                Accepted = false;
            else
                Release("count", "");
        }

        /// <summary>What nobody else may read now.</summary>
        public IEnumerable<string> Forbidden()
        {
            var inOtherWords = !Left && _level == "paraphrase" && Accepted;
            string[] allowed = IsShownAsSaid || inOtherWords ? [IsShownAsSaid ? Words : "", IsShownAsSaid ? _name : "", inOtherWords ? Paraphrase : "", .. _replies.Values] : [];
            return _canaries.Where(canary => !allowed.Any(shown => shown.Contains(canary, StringComparison.Ordinal)));
        }

        private void ForgetReports()
        {
            (Paraphrase, Accepted) = ("", false);
            _replies.Clear();
        }
    }
}
