using System.Text.Json;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Host.Web;
using FossVoices.Storage;
using FossVoices.Tests.Commands;
using FossVoices.Tests.Fieldwork;
using FossVoices.Tests.Storage;
using FossVoices.Tests.Web;
using Outcome = FossVoices.Channels.Outcome;
using Said = FossVoices.Channels.Said;

namespace FossVoices.Tests.Hostile;

/// <summary>Every hostile string as somebody's answer: kept exactly, shown as what it is, and never obeyed.</summary>
public sealed class HostileAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_store_gives_back_exactly_what_was_said_however_long_or_broken()
    {
        await using var store = await Store.OpenAsync();
        var (key, _) = await store.Database.Vault.MakeAsync(SmallFlow.Study, "s1", store.Time.GetUtcNow(), Cancellation);

        foreach (var (_, text) in HostileCorpus.All)
            Assert.Equal(text, FossVoices.Storage.Words.FromBytes(key, "why", FossVoices.Storage.Words.ToBytes(key, "why", text)));
    }

    [Fact]
    public async Task Whoever_asks_for_their_data_gets_every_character_back()
    {
        await using var street = await Street.OpenAsync();
        await street.SaysAsync("ada", new Said.Agree("no"));
        foreach (var reply in (Reply[])[SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2"), new Reply.Said("First.")])
            await street.SaysAsync("ada", reply);

        foreach (var text in Long.Run(always: 0, lots: 1) == 1 ? HostileCorpus.Answers : HostileCorpus.Some)
        {
            await street.SaysAsync("ada", new Reply.Change("why"));
            await street.SaysAsync("ada", new Reply.Said(text));
            var mine = Assert.IsType<Outcome.MyData>(await street.SaysAsync("ada", new Said.MyData()));
            Assert.Equal(text.Trim(), mine.Answers.Single(given => given.Address == "why").Answer.Trim());
        }

        Assert.Equal("ok", await street.Store.AskAsync<string>("pragma integrity_check"));
        Assert.DoesNotContain(street.Log.Lines, line => line.Contains("evil.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_too_long_is_refused_in_a_sentence_and_nothing_of_it_is_kept()
    {
        await using var street = await Street.OpenAsync();
        await street.SaysAsync("ada", new Said.Agree("no"));
        foreach (var reply in (Reply[])[SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2")])
            await street.SaysAsync("ada", reply);

        foreach (var (_, text) in HostileCorpus.All.Where(one => one.Text.Length > 4000))
            Assert.Contains("4,000", Assert.IsType<Outcome.Question>(await street.SaysAsync("ada", new Reply.Said(text))).Note, StringComparison.Ordinal);

        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from answer where kind = 'words'"));
    }

    [Fact]
    public async Task In_the_web_chat_it_comes_back_as_typed_in_the_form_among_the_answers_and_in_the_download()
    {
        var unlimited = new Limits(100_000, 100_000, 100_000, 100_000, TimeSpan.FromSeconds(1), 10);
        await using var served = await Served.StartAsync(limits: unlimited);
        using var reader = new Reader(served);
        await reader.AgreeAsync("/s/garden/talk");
        await reader.SendAsync(("choice", "downstream"));
        // A form can hold neither null characters nor halves of characters; line breaks it sends in its own way.
        var some = (Long.Run(always: 0, lots: 1) == 1 ? HostileCorpus.Answers : HostileCorpus.Some)
            .Where(text => !text.Contains('\0', StringComparison.Ordinal) && !text.Contains('\r', StringComparison.Ordinal) && !text.Any(char.IsSurrogate));

        foreach (var text in some)
        {
            await reader.OpenAsync("/s/garden/talk?q=story");
            Assert.Equal(200, (await reader.SendAsync(("text", text), ("do", "next"))).Status);
            var form = await reader.OpenAsync("/s/garden/talk?q=story");
            var mine = await reader.OpenAsync("/mine/garden/talk");
            foreach (var page in new[] { form, mine })
            {
                Assert.Equal(200, page.Status);
                Assert.DoesNotMatch("<(script|img|svg|iframe|base|style|b>|!--|at>)", page.Html);
            }

            Assert.Equal(text.Trim(), form.Written.Trim());
            using var download = JsonDocument.Parse((await reader.OpenAsync("/download/garden/talk")).Html);
            Assert.Equal(text.Trim(), download.RootElement.GetProperty("answers").EnumerateArray().Single(a => a.GetProperty("question").GetString() == "story").GetProperty("answer").GetString()!.Trim());
        }

        Assert.Equal("", served.Log.ToString());
    }

    [Fact]
    public async Task In_the_terminal_nothing_acts_neither_what_a_study_says_nor_what_is_answered()
    {
        using var fossvoices = new Fossvoices();
        foreach (var file in Directory.EnumerateFiles(Served.Garden, "*.json", SearchOption.AllDirectories))
            fossvoices.File(Path.Combine("studies", Path.GetRelativePath(Served.Garden, file)), await File.ReadAllTextAsync(file, Cancellation));
        var study = fossvoices.File("studies/garden/study.json", await File.ReadAllTextAsync(Path.Combine(Served.Garden, "garden", "study.json"), Cancellation));
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(study))!;
        foreach (var text in HostileCorpus.Some.Where(text => text.Length < 150 && text.All(c => !char.IsSurrogate(c))))
        {
            var json = (await File.ReadAllTextAsync(Path.Combine(Served.Garden, "garden", "study.json"), Cancellation))
                .Replace("\"The garden at the corner\"", JsonSerializer.Serialize(text), StringComparison.Ordinal);
            await File.WriteAllTextAsync(study, json, Cancellation);

            foreach (var said in new[]
            {
                await fossvoices.SayAsync("yes\n" + text.ReplaceLineEndings(" ") + "\nstop\n", ["try", "garden", "--studies", folder]),
                await fossvoices.SayAsync("check", "--studies", folder),
                await fossvoices.SayAsync("check", Path.Combine(folder, text.Contains('\0', StringComparison.Ordinal) ? "x" : text.Replace('/', '-'))),
                await fossvoices.SayAsync("status", text.Contains('\0', StringComparison.Ordinal) ? "x" : $"x{text}", "--studies", folder),
            })
            {
                Assert.NotInRange(said.ExitCode, 4, int.MaxValue);
                Assert.DoesNotContain(said.Out + said.Error, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
                Assert.DoesNotContain("   at FossVoices.", said.Out + said.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_transcript_may_hold_anything_and_what_is_said_of_it_holds_nothing_that_acts()
    {
        using var fossvoices = new Fossvoices();
        var lines = HostileCorpus.Answers.Where(text => text.Length < 500 && !text.Any(char.IsSurrogate)).Select((text, i) => $"ADA{(i % 5 == 0 ? "" : ", TYPING")}: {text}");
        var file = fossvoices.File("talk \u001b[31m.txt", string.Join("\n\n", lines));

        var said = await fossvoices.SayAsync("import", "pypi-expectations", file, "--side", "upstream");

        Assert.Equal("", said.Error);
        Assert.Equal(0, said.ExitCode);
        Assert.DoesNotContain(said.Out, c => char.IsControl(c) && c is not ('\n' or '\r'));
    }

    [Fact]
    public void Masks_never_cut_a_text_in_the_wrong_place()
    {
        foreach (var text in HostileCorpus.All.Select(one => one.Text).Where(text => text.Length <= 65_536))
        {
            var parts = Redaction.Suggest(text, ["Ada", "evil"]);
            Assert.All(parts, part => Assert.InRange(part.End, part.Start + 1, text.Length));
            Assert.Equal(text, string.Concat(QuoteParts.Of(text, QuoteParts.Write(parts, new HashSet<int>())).Select(part => part.Text)));
        }
    }
}
