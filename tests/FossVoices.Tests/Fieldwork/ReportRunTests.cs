using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Reports from people's answers: who is counted, and what is compared with what.</summary>
public sealed class ReportRunTests
{
    private static readonly Attestation s_byCode = new([], [], Codes: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_on_both_sides_are_a_group_of_their_own_and_a_verdict_that_depends_on_them_says_so()
    {
        await using var room = await ReportRoom.OpenAsync();
        await room.AnswerAsync(10, "upstream", own: 2, guess: 4);
        await room.AnswerAsync(5, "upstream", own: 3, guess: 4);
        await room.AnswerAsync(15, "downstream", own: 4, guess: 2);
        await room.AnswerAsync(9, "both", own: 5, guess: 3);

        Assert.Null(ReportRoom.Help(await room.ReportAsync()).Bridge);
        await room.AnswerAsync(21, "both", own: 5, guess: 3);
        var report = await room.ReportAsync();

        var help = ReportRoom.Help(report);
        Assert.Equal("over 95 %", Assert.IsType<ItemSide>(help.Bridge).Agreeing.Label.Replace("nearly all", "over 95 %", StringComparison.Ordinal));
        Assert.Equal(new ItemFinding(GapVerdict.Clear, 1), help.Comparison!.Finding);
        Assert.Equal((new ItemFinding(GapVerdict.Clear, 1), false), (help.Comparison.WithBridge!.Downstream, help.Comparison.WithBridge.Upstream == help.Comparison.Finding));
        Assert.Equal(("about 15", "about 15", "about 30"), (report.Sections[0].Persons.Upstream, report.Sections[0].Persons.Downstream, report.Sections[0].Bridge));
        Assert.Contains("These verdicts depend on people who are both:", PlainText.Of(ReportText.Of(report)), StringComparison.Ordinal);
        Assert.Contains("Depends on people who are both", DiscordText.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_whose_side_was_proved_are_looked_at_alone()
    {
        await using var room = await ReportRoom.OpenAsync(study => study with { Attestation = study.Attestation.Add("upstream", s_byCode) });
        await room.AnswerAsync(12, "upstream", own: 4, guess: 4, attested: true);
        await room.AnswerAsync(20, "upstream", own: 1, guess: 4);
        await room.AnswerAsync(12, "downstream", own: 4, guess: 2, attested: true);
        await room.AnswerAsync(20, "downstream", own: 5, guess: 2);

        var report = await room.ReportAsync();

        var comparison = ReportRoom.Help(report).Comparison!;
        Assert.Equal((GapVerdict.Clear, false), (comparison.Verdict, comparison.Attested == comparison.Finding));
        Assert.Equal(new BySide<string>("about 10", "about 10"), report.Sections[0].Attested);
        Assert.Contains("Among them alone these verdicts are others:", PlainText.Of(ReportText.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_people_beside_those_whose_side_was_proved_are_not_found_by_subtraction()
    {
        await using var room = await ReportRoom.OpenAsync(study => study with { Attestation = study.Attestation.Add("upstream", s_byCode) });
        await room.AnswerAsync(12, "upstream", own: 4, guess: 4, attested: true);
        await room.AnswerAsync(3, "upstream", own: 1, guess: 4);
        await room.AnswerAsync(30, "downstream", own: 5, guess: 2, attested: true);

        var report = await room.ReportAsync();

        Assert.Null(report.Sections[0].Attested);
        Assert.Null(ReportRoom.Help(report).Comparison!.Attested);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_between_waves_is_told_and_the_same_people_make_it_surer(bool samePeople)
    {
        await using var room = await ReportRoom.OpenAsync(study => study with { Waves = [new("w1", [], null, null, null), new("w2", [], null, null, null)] });
        var up = await room.AnswerAsync(20, "upstream", own: 3, guess: 4, wave: "w1");
        var down = await room.AnswerAsync(10, "downstream", own: 3, guess: 4, wave: "w1");
        var others = await room.AnswerAsync(10, "downstream", own: 2, guess: 4, wave: "w1");
        var first = await room.ReportAsync("w1", Audience.Researcher);
        await room.AnswerAsync(20, "upstream", own: 2, guess: 4, wave: "w2", names: samePeople ? up : null);
        await room.AnswerAsync(10, "downstream", own: 5, guess: 4, wave: "w2", names: samePeople ? down : null);
        await room.AnswerAsync(10, "downstream", own: 2, guess: 4, wave: "w2", names: samePeople ? others : null);

        var second = await room.ReportAsync("w2", Audience.Researcher);

        Assert.Null(first.Sections[0].Since);
        Assert.Equal(new SinceWave("w1", Refusal: null), second.Sections[0].Since);
        var trend = ReportRoom.Help(second).Comparison!.Trend!;
        Assert.Equal((true, -0.5, 1.0), (trend.IsChange, trend.Before, trend.Change.Estimate));
        Assert.Equal(samePeople ? 20 : 0, ReportRoom.Help(second).Figures!.Trend!.Again!.Downstream.Sum());
        var (independent, again) = (
            Trend.Between(Own([10, 10], [0, 20]), Own([10, 0, 0, 10], [20, 0, 0, 0])).Interval.Width, trend.Change.High - trend.Change.Low);
        Assert.True(samePeople ? again < independent : Math.Abs(again - independent) < 1e-9, $"{again} against {independent}");
        Assert.Contains("the difference has turned round: downstream expects more than before", PlainText.Of(ReportText.Of(second)), StringComparison.Ordinal);

        // Down and up, from "little" on.
        static BySide<Histogram> Own(long[] downstream, long[] upstream) => new(Histogram.Of([0, .. downstream]), Histogram.Of([0, .. upstream]));
    }

    [Fact]
    public async Task A_code_gap_that_comes_from_the_coder_is_not_clear()
    {
        await using var room = await ReportRoom.OpenAsync();
        var (up, down) = (await room.AnswerAsync(40, "upstream", own: 3, guess: 4), await room.AnswerAsync(40, "downstream", own: 3, guess: 4));
        // Half of each side are worn out. The machine finds nearly all of that upstream, and hardly any downstream.
        foreach (var (names, finds) in new[] { (up, 20), (down, 2) })
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (names == down)
                    await room.Store.SayAsync($"{names[i]} use", SmallFlow.Choose("work"), names[i]);
                await room.Store.SayAsync($"{names[i]} why", new Reply.Said(i < 20 ? "worn out" : "all is well"), names[i]);
                await CodeAsync(room, LexiconCoder.Name, names[i], i < finds, AssignmentStatus.Suggested);
                await CodeAsync(room, "Grace", names[i], i < 20, AssignmentStatus.Confirmed);
            }
        }

        var counted = ReportRunCoders.Count(
            await new DoubleCodedStore(room.Store.Database).ReadAsync(new(SmallFlow.Study, ""), new(AskedOfBoth: null, ConfirmedOnly: false), Coders.Machines, Cancellation), ["burnout"]);
        var coders = new ReportRunCoders(
            (code, side) => [.. Enumerable.Range(0, ReportRunCoders.Length).Select(i => counted[(code, side)].Sum(person => person.Counts[i]))], fewest: 10);

        var quality = coders.Of("burnout")!;
        Assert.Equal((new CoderError(20, 0, 0, 20), new CoderError(2, 18, 0, 20)), (quality.Errors!.Upstream, quality.Errors.Downstream));
        Assert.InRange(quality.Agreement!.Value, 0.4, 0.6);
        var row = GapTable.Of(new([], [new("burnout", new(new(2, 40), new(20, 40)), quality)], [], 10)).Codes[0].Comparison!;
        Assert.Equal((0.0, GapVerdict.Probably), (Math.Round(row.Corrected!.Value, 9), row.Verdict));
        Assert.Equal(GapVerdict.Clear, GapTable.Of(new([], [new("burnout", new(new(2, 40), new(20, 40)))], [], 10)).Codes[0].Comparison!.Verdict);

        var report = await room.ReportAsync();
        Assert.True(report.Sections[0].Codes.Single(code => code.Code == "burnout").Coding!.IsTentative);
        Assert.Contains("Tentative: coders agree on it at alpha", PlainText.Of(ReportText.Of(report)), StringComparison.Ordinal);
        Assert.NotNull(report.Coding.Agreement);
    }

    [Fact]
    public async Task What_coders_made_of_one_persons_words_is_not_told_between_two_reports()
    {
        await using var room = await ReportRoom.OpenAsync();
        foreach (var side in new[] { "upstream", "downstream" })
        {
            await WriteAsync(6, side, machine: true, people: true);
            await WriteAsync(6, side, machine: false, people: false);
        }

        var before = await room.ReportAsync();
        await WriteAsync(1, "upstream", machine: true, people: null);
        await WriteAsync(1, "upstream", machine: true, people: false);
        var after = await room.ReportAsync();

        Assert.Equal((1.0, false), (before.Coding.Agreement, before.Sections[0].Codes.Single().Coding!.Unchecked));
        Assert.Equal((before.Coding, before.Sections[0].Codes.Single()), (after.Coding, after.Sections[0].Codes.Single()));
        await WriteAsync(8, "upstream", machine: true, people: true);
        var later = await room.ReportAsync();
        Assert.True(later.Sections[0].Codes.Single().Coding!.Unchecked);
        Assert.Equal(before.Coding, later.Coding); // Of those whose words were read twice nine are new.
        await WriteAsync(1, "upstream", machine: true, people: true);
        Assert.InRange((await room.ReportAsync()).Coding.Agreement!.Value, 0.8, 0.99);

        // What the machine found of them, and what people made of that; null where nobody has looked.
        async Task WriteAsync(int number, string side, bool machine, bool? people)
        {
            foreach (var name in await room.AnswerAsync(number, side, own: 3, guess: 4))
            {
                if (side == "downstream")
                    await room.Store.SayAsync($"{name} use", SmallFlow.Choose("work"), name);
                await room.Store.SayAsync($"{name} why", new Reply.Said("words"), name);
                await CodeAsync(room, LexiconCoder.Name, name, machine, people switch { true => AssignmentStatus.Confirmed, false => AssignmentStatus.Rejected, _ => AssignmentStatus.Suggested });
                if (people is { } found)
                    await CodeAsync(room, "Grace", name, found, AssignmentStatus.Confirmed);
            }

            // Codings that were written by hand have to be counted.
            await new Tallies(room.Store.Database, room.Store.Writer).MendAsync([SmallFlow.Study], Cancellation);
        }
    }

    [Fact]
    public async Task A_report_that_is_not_posted_yet_is_seen_by_nobody_and_the_mirror_tells_of_the_posted_one()
    {
        await using var room = await ReportRoom.OpenAsync();
        await room.AnswerAsync(30, "upstream", own: 4, guess: 4);
        await room.AnswerAsync(30, "downstream", own: 2, guess: 4);
        await room.AnswerAsync(1, "downstream", own: 2, guess: 1, names: ["me"]);
        var progress = (await room.Store.LoadAsync("me")).Progress;

        var preview = await room.Posting.PreviewAsync(room.Study, "", at: null, Cancellation);
        Assert.Null(await room.Reports.PostedAsync(room.Study, new Series("", Audience.Channel), Cancellation));
        Assert.Equal("", Mirror.Of(room.Study, SmallFlow.Flow, progress, await room.Reports.PostedAsync(room.Study, new Series("", Audience.Channel), Cancellation)));
        var posted = await room.Posting.PostAsync(room.Study, "", at: null, Cancellation);

        Assert.Equal(preview.Number, posted.Number);
        Assert.Equal(
            "You guessed that most makers would say “none” to “Help is owed.”. Of those who answered, nearly all say “much or all”.",
            Mirror.Of(room.Study, SmallFlow.Flow, progress, await room.Reports.PostedAsync(room.Study, new Series("", Audience.Channel), Cancellation)));
        Assert.Equal(
            "Vous pensiez que la plupart (makers) répondraient « none » à « Help is owed. ». Parmi les réponses : presque toutes pour « much or all ».",
            Mirror.Of(room.Study with { Language = "fr" }, SmallFlow.Flow, progress, posted));
    }

    [Fact]
    public async Task Noise_is_drawn_once_and_researchers_see_none_of_it()
    {
        // So much of it that a draw which changes no cell is as good as impossible.
        await using var room = await ReportRoom.OpenAsync(study => study with { Noise = 0.02 });
        await room.AnswerAsync(40, "upstream", own: 4, guess: 4);
        await room.AnswerAsync(40, "downstream", own: 2, guess: 4);

        var first = await room.ReportAsync();
        await room.AnswerAsync(1, "upstream", own: 4, guess: 4);
        var cells = await room.Store.AskAsync<string>("select counts from released where cell = 'item/help' and side = 'upstream' and series = 'channel'");
        var second = await room.ReportAsync();
        var again = await room.Store.AskAsync<string>("select counts from released where cell = 'item/help' and side = 'upstream' and series = 'channel'");
        var exact = await room.ReportAsync(audience: Audience.Researcher);

        Assert.Equal(0.02, first.Noise);
        Assert.Equal(cells, again);
        Assert.NotEqual("0 0 0 40 0", cells);
        Assert.Equal(ReportRoom.Help(first).Upstream, ReportRoom.Help(second).Upstream);
        Assert.Contains("Noise has been added to every count", PlainText.Of(ReportText.Of(first)), StringComparison.Ordinal);
        Assert.Null(exact.Noise);
        Assert.Equal([0, 0, 0, 41, 0], ReportRoom.Help(exact).Figures!.Upstream);
    }

    private static Task CodeAsync(ReportRoom room, string coder, string session, bool has, AssignmentStatus status)
    {
        var decided = status == AssignmentStatus.Confirmed ? $"'{coder}'" : "null";
        return room.Store.DoAsync(
            $"""
            insert into reading (study, session, address, coder, coder_version, at) values ('s', '{session}', 'why', '{coder}', '1', 0);
            {(has ? $"insert into assignment (study, session, address, coder, place, code, coder_version, confidence, polarity, evidence, status, decided_by) values ('s', '{session}', 'why', '{coder}', 0, 'burnout', '1', 1, 'present', '', '{status.ToString().ToLowerInvariant()}', {decided});" : "")}
            """);
    }
}
