using System.Collections.Immutable;
using CsCheck;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Hostile;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A mirror round from the first answer to the second: prepared, opened, shown, and taken back.</summary>
public sealed class RoundTests
{
    internal const string Round = "round";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static Flow Mirrors { get; } = new(
        Round, 1, "en", Template.Parse("What others said"), 2, new ConsentText(Template.Parse("You see what others said."), "Yes", "No", Quotes: null),
        [
            new Item.Mirror(
                "seen", Template.Parse("What do you think now?"), Template.Parse("Would you say it differently?"), Template.Parse("Which did you not expect?"),
                new MirrorRule(Street.Wave, SmallFlow.Id, "why", [], Other: 2, Own: 1, AtLeast: 2)),
        ],
        Template.Parse("Thank you."), new Setting(SmallFlow.Study, "Project", ImmutableSortedDictionary<string, string>.Empty, [], Help: null), hash: "1e");

    [Fact]
    public async Task A_round_shows_each_the_words_of_others_and_asks()
    {
        await using var street = await AnsweredAsync();
        await ReleaseAllAsync(street);
        Assert.IsType<Outcome.Closed>(await SaysAsync(street, "up0", new Said.Hello())); // Nobody has looked at it yet.

        await OpenAsync(street);
        var asked = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Agree("no")));

        Assert.Equal("What do you think now?", asked.Prompt.Ask);
        Assert.Equal(3, asked.Prompt.Before.Length);
        Assert.Equal(2, asked.Prompt.Before.Count(line => line.Contains("the words of down", StringComparison.Ordinal)));
        Assert.Single(asked.Prompt.Before, line => line.Contains("the words of up", StringComparison.Ordinal));
        Assert.DoesNotContain(asked.Prompt.Before, line => line.Contains("up0", StringComparison.Ordinal));

        var again = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Answer(new Reply.Said("I see."))));
        Assert.Equal("Would you say it differently?", again.Prompt.Ask);
        Assert.Equal("You said then: “the words of up0”", Assert.Single(again.Prompt.Before));
        var unexpected = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Answer(new Reply.Skip())));
        Assert.Equal(["1", "2", "3", "none"], Assert.IsType<Control.SomeOf>(unexpected.Prompt.Control).Options.Select(option => option.Id));
        Assert.IsType<Outcome.Finished>(await SaysAsync(street, "up0", new Said.Answer(new Reply.Chose(["1", "3"]))));
        Assert.False(street.Store.Holds("the words of"));
    }

    [Fact]
    public async Task What_is_taken_back_is_not_shown_any_more_and_the_others_keep_their_places()
    {
        await using var street = await AnsweredAsync();
        await ReleaseAllAsync(street);
        await OpenAsync(street);
        var before = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Agree("no"))).Prompt.Before;
        var gone = before[1].Split('“', '”')[1].Split(' ')[^1];

        await street.SaysAsync(gone, new Said.Release("1", "count"));

        var after = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Hello())).Prompt.Before;
        Assert.Equal((before[0], before[2]), (after[0], after[2]));
        Assert.Contains("[taken back by whoever said it]", after[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_shown_nothing_until_an_earlier_receipt_tells_who_it_is()
    {
        await using var street = await AnsweredAsync();
        await ReleaseAllAsync(street);
        await OpenAsync(street);
        var receipt = Assert.IsType<Outcome.MyData>(await street.SaysAsync("up1", new Said.MyData())).Receipt;

        Assert.IsType<Outcome.CodeNeeded>(await SaysAsync(street, "new device", new Said.Hello()));
        Assert.StartsWith("There is nothing under this receipt", Assert.IsType<Outcome.CodeNeeded>(await SaysAsync(street, "new device", new Said.Hello("0000-0000-0000-0000"))).Note, StringComparison.Ordinal);
        Assert.IsType<Outcome.Consent>(await SaysAsync(street, "new device", new Said.Hello(receipt)));
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from came_back")); // Nothing is kept before consent.

        var asked = Assert.IsType<Outcome.Question>(await SaysAsync(street, "new device", new Said.Agree("no", receipt)));
        Assert.DoesNotContain(asked.Prompt.Before, line => line.Contains("up1", StringComparison.Ordinal));
        Assert.IsType<Outcome.Question>(await SaysAsync(street, "new device", new Said.Hello())); // From now on without it.
        Assert.IsType<Outcome.Question>(await SaysAsync(street, "up1", new Said.Hello())); // And by the old account it is the same round.
    }

    [Fact]
    public async Task An_open_round_stays_as_somebody_looked_at_it()
    {
        await using var street = await AnsweredAsync();
        await ReleaseAllAsync(street);
        var rounds = Rounds(street);
        var prepared = await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation);
        var barred = prepared.Excerpts[0].Id;
        Assert.True(await rounds.MarkAsync(street.Study, "w2", Round, barred, "barred", Cancellation));
        prepared = await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation);
        Assert.True(await rounds.OpenAsync(street.Study, prepared, "max", Cancellation));

        Assert.False(await rounds.OpenAsync(street.Study, prepared, "eve", Cancellation));
        Assert.False(await rounds.MarkAsync(street.Study, "w2", Round, barred, "", Cancellation));
        var opened = await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation);
        Assert.Equal("max", opened.State.OpenedBy);
        Assert.Equal(Print(prepared), Print(opened));
        Assert.DoesNotContain(barred, opened.Mirrors.SelectMany(mirror => mirror.Excerpts.Values).SelectMany(ids => ids));
    }

    [Fact]
    public async Task Hostile_words_are_shown_in_one_bounded_line()
    {
        await using var street = await AnsweredAsync();
        var rounds = Rounds(street);
        foreach (var text in HostileCorpus.Answers.Index().Where(one => one.Index % Long.Run(always: 29, lots: 1) == 0).Select(one => one.Item))
        {
            await street.SaysAsync("down0", new Said.Release("1", "named", "<@1> " + text[..Math.Min(text.Length, 50)], Text: text));
            foreach (var excerpt in (await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation)).Excerpts)
            {
                var shown = rounds.Shown(street.Study, excerpt.Words);
                foreach (var line in (string[])[shown.Text!, shown.From])
                {
                    Assert.InRange(line.Length, 0, Excerpt.Longest);
                    Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u202E' or '\u2066' or '\u2028');
                }
            }
        }
    }

    /// <summary>Whatever people release, edit, take back or withdraw, and in whatever order: no screen shows anybody what is not released, or the own words.</summary>
    [Fact]
    public async Task Nothing_is_shown_that_is_not_released_and_nobody_is_shown_own_words()
    {
        var steps = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9]).Array[5, 25];
        await steps.SampleAsync(
            async history =>
            {
                await using var street = await AnsweredAsync();
                await ReleaseAllAsync(street);
                await OpenAsync(street);
                var (words, released) = (People.ToDictionary(person => person, person => $"the words of {person}"), People.ToHashSet());
                foreach (var person in People)
                    await SaysAsync(street, person, new Said.Agree("no"));
                var number = 0;
                foreach (var (person, what) in history.Select(step => (People[step.Item1], step.Item2)))
                {
                    number++;
                    switch (what)
                    {
                        case < 3:
                            await street.SaysAsync(person, new Said.Release("1", new[] { "none", "count", "paraphrase" }[what]));
                            released.Remove(person);
                            break;
                        case < 6:
                            if (Assert.IsType<Outcome.OwnWords>(await street.SaysAsync(person, new Said.Release("1", "anonymous"))).Words.Any(its => its.Release == Release.Anonymous))
                                released.Add(person);
                            break;
                        case < 8:
                            words[person] = $"other words {number} of {person}";
                            await street.SaysAsync(person, new Said.Release("1", "", Text: words[person]));
                            released.Remove(person);
                            break;
                        case 8:
                            await street.SaysAsync(person, new Said.Withdraw());
                            released.Remove(person);
                            break;
                        default:
                            await street.SaysAsync(person, new Reply.Change("role")); // What is off the path is not shown either; here it stays on it.
                            await street.SaysAsync(person, new Reply.Onward());
                            break;
                    }

                    var told = await ReportAsync(street);
                    Assert.All(People, author => Assert.Equal(released.Contains(author), told.Contains($"“{words[author]}”", StringComparison.Ordinal)));
                    foreach (var reader in (string[])[person, People[number % People.Length]])
                    {
                        var seen = await SaysAsync(street, reader, new Said.Hello()) is Outcome.Question { Prompt: var prompt } ? string.Join('\n', prompt.Before) : "";
                        foreach (var author in People)
                        {
                            if (author == reader || !released.Contains(author))
                                Assert.DoesNotContain(words[author], seen, StringComparison.Ordinal);
                            Assert.DoesNotContain($"of {reader}”", seen, StringComparison.Ordinal);
                        }
                    }
                }
            },
            iter: Long.Run(always: 3, lots: 300),
            threads: 1);
    }

    /// <summary>The report in words, with everything coded.</summary>
    private static async Task<string> ReportAsync(Street street)
    {
        await CodeAllAsync(street);
        return PlainText.Of(await street.Words.ReportAsync(street.Study, wave: null, Cancellation));
    }

    /// <summary>Codes what is not coded yet: one of each side to a code, so that everybody's words stand in the report.</summary>
    internal static async Task CodeAllAsync(Street street)
    {
        var coding = CodingStoreTests.Coding(street.Store);
        var answers = await coding.UncodedAsync(SmallFlow.Study, "lexicon", "1", 100, Cancellation);
        await coding.SaveAsync(
            SmallFlow.Study, "lexicon", "1",
            [.. answers.Select(a => new CodedAnswer(a.Session, a.Address, a.TextHash, [CodingStoreTests.Suggested(a.Session, a.Address, a.Text[^1] switch { '0' => "burnout", '1' => "trust", _ => "busfactor" })]))], Cancellation);
    }

    internal static string[] People { get; } = ["up0", "up1", "up2", "down0", "down1", "down2"];

    internal static async Task<Street> AnsweredAsync(string? words = null)
    {
        var street = await Street.OpenAsync(study => OwnWordsTests.Releasing(study) with
        {
            Waves =
            [
                study.Waves[0] with { Flows = [SmallFlow.Id] },
                new Wave("w2", [Round], new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 20), RemindAfterDays: null),
            ],
            Flows = study.Flows.Add(Round, Mirrors),
        });
        await new WaveStore(street.Store.Database, street.Store.Writer, street.Store.Time).SayAsync(SmallFlow.Study, "w2", open: false, Cancellation);
        foreach (var person in People)
        {
            await street.SaysAsync(person, new Said.Agree("no"));
            foreach (var reply in (Reply[])[SmallFlow.Choose(person.StartsWith("up", StringComparison.Ordinal) ? "upstream" : "downstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2")])
                await street.SaysAsync(person, reply);
            if (person.StartsWith("down", StringComparison.Ordinal))
                await street.SaysAsync(person, SmallFlow.Choose("work"));
            foreach (var reply in (Reply[])[new Reply.Said(words ?? $"the words of {person}"), SmallFlow.Choose("time"), new Reply.Skip()])
                await street.SaysAsync(person, reply);
        }

        return street;
    }

    internal static async Task ReleaseAllAsync(Street street)
    {
        foreach (var person in People)
            await street.SaysAsync(person, new Said.Release("1", "anonymous", Hidden: []));
    }

    internal static async Task OpenAsync(Street street)
    {
        var rounds = Rounds(street);
        Assert.True(await rounds.OpenAsync(street.Study, await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation), "max", Cancellation));
    }

    internal static Rounds Rounds(Street street) => Spoken.Rounds(street.Store.Database, street.Store.Writer, street.Store.Time);

    /// <summary>In the second wave, whichever is open.</summary>
    internal static async Task<Outcome> SaysAsync(Street street, string person, Said said)
    {
        var waves = new WaveStore(street.Store.Database, street.Store.Writer, street.Store.Time);
        street.Store.Time.Advance(TimeSpan.FromMilliseconds(1));
        await waves.SayAsync(SmallFlow.Study, Street.Wave, open: false, Cancellation);
        await waves.SayAsync(SmallFlow.Study, "w2", open: true, Cancellation);
        var outcome = await street.SaysInAsync(Round, person, said);
        street.Store.Time.Advance(TimeSpan.FromMilliseconds(1));
        await waves.SayAsync(SmallFlow.Study, "w2", open: false, Cancellation);
        await waves.SayAsync(SmallFlow.Study, Street.Wave, open: true, Cancellation);
        return outcome;
    }

    private static string Print(PreparedRound round) =>
        string.Join('|', round.Mirrors.Select(mirror => $"{mirror.Respondent}:{string.Join(',', mirror.Excerpts.SelectMany(item => item.Value))}"));
}
