using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Who is asked the same twice is compared with nobody but themselves.</summary>
public sealed class AgainTests
{
    private const string Second = "w2";

    private static readonly Flow s_again = new(
        "again", 1, "en", Template.Parse("Once more"), 1, new ConsentText(Template.Parse("We ask again."), "Yes", "No", Quotes: null),
        [.. SmallFlow.Flow.InFileOrder.Where(item => item.Id is "role"), SmallFlow.Flow.InFileOrder.OfType<Item.Pair>().Single() with { Again = $"{SmallFlow.Id}.help" }],
        Template.Parse("Thank you."), new Setting(SmallFlow.Study, "Project", System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, [], Help: null), hash: "2f");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shift_is_counted_within_each_person_and_by_the_side_of_today()
    {
        await using var street = await Street.OpenAsync(study => study with
        {
            Waves = [study.Waves[0] with { Flows = [SmallFlow.Id] }, new Wave(Second, [s_again.Id], new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 20), RemindAfterDays: null)],
            Flows = study.Flows.Add(s_again.Id, s_again),
        });
        await InAsync(street, Street.Wave, SmallFlow.Id, ("up0", "upstream", "4"), ("up1", "upstream", "4"), ("up2", "upstream", "4"), ("up3", "upstream", "1"), ("down0", "downstream", "2"), ("down1", "downstream", "5"), ("down2", "downstream", "5"), ("moves", "upstream", "1"));
        await InAsync(
            street, Second, s_again.Id, ("up0", "upstream", "5"), ("up1", "upstream", "1"), ("up2", "upstream", "4"), ("down0", "downstream", "3"), ("down2", "downstream", Reply.DontKnow), ("new", "upstream", "5"),
            ("moves", "downstream", "5"), ("up3", "both", "5"));

        var shifts = await street.Words.ShiftsAsync(street.Study, Cancellation);

        // Unpaired, upstream would have gone from 4, 4, 4, 1, 1 to 5, 1, 4, 5. Who does not know, is new, or did not come again has not moved.
        Assert.Equal(["downstream", "upstream"], shifts.Select(shift => shift.Side));
        Assert.Equal(Differences.Of(2, 0, 0), shifts[0].Differences);
        Assert.Equal(Differences.Of(1, 1, 1), shifts[1].Differences);
        Assert.Equal(["most"], shifts.Select(shift => WordsReport.Moved(shift.Differences)).OfType<string>()); // Of two nothing is told.
        Assert.Equal(0, PairedDominance.Of(shifts[1].Differences).Dominance);
        Assert.Single(WordsReport.ShiftsOf(street.Study, shifts));
    }

    [Fact]
    public async Task Whoever_corrects_or_withdraws_the_first_answer_is_compared_with_what_is_left()
    {
        await using var street = await Street.OpenAsync(study => study with
        {
            Waves = [study.Waves[0] with { Flows = [SmallFlow.Id] }, new Wave(Second, [s_again.Id], new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 20), RemindAfterDays: null)],
            Flows = study.Flows.Add(s_again.Id, s_again),
        });
        await InAsync(street, Street.Wave, SmallFlow.Id, ("up0", "upstream", "4"), ("up1", "upstream", "4"));
        await InAsync(street, Second, s_again.Id, ("up0", "upstream", "2"), ("up1", "upstream", "2"));
        Assert.Equal(Differences.Of(0, 0, 2), Assert.Single(await street.Words.ShiftsAsync(street.Study, Cancellation)).Differences);

        await OpenAsync(street, Street.Wave);
        await street.SaysAsync("up0", new Reply.Change("help.own"));
        await street.SaysAsync("up0", SmallFlow.Choose("1"));
        await street.SaysAsync("up1", new Said.Withdraw());

        Assert.Equal(Differences.Of(1, 0, 0), Assert.Single(await street.Words.ShiftsAsync(street.Study, Cancellation)).Differences);
    }

    private static async Task InAsync(Street street, string wave, string flow, params (string Person, string Side, string Point)[] answers)
    {
        await OpenAsync(street, wave);
        foreach (var (person, side, point) in answers)
        {
            var asked = await street.SaysInAsync(flow, person, new Said.Agree("no"));
            for (var i = 0; i < 3; i++) // Chance decides whether the guess comes first.
            {
                asked = await street.SaysInAsync(
                    flow, person, new Said.Answer(SmallFlow.Choose(Assert.IsType<Outcome.Question>(asked).Prompt.Address switch { "role" => side, "help.own" => point, _ => "3" })));
            }
        }
    }

    private static async Task OpenAsync(Street street, string wave)
    {
        var waves = new WaveStore(street.Store.Database, street.Store.Writer, street.Store.Time);
        foreach (var other in (string[])[Street.Wave, Second])
        {
            street.Store.Time.Advance(TimeSpan.FromMilliseconds(1));
            await waves.SayAsync(SmallFlow.Study, other, open: other == wave, Cancellation);
        }
    }
}
