using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using CodeCounting = FossVoices.Storage.CodeCounting;
using Stratum = FossVoices.Storage.Stratum;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A study that reports each server, each team and the web apart: nobody is counted in two of them, and nothing adds them up for a channel.</summary>
public sealed class PlacesApartTests
{
    private static readonly ImmutableArray<string> s_channels = [$"{Loopback.Name}:north/square", $"{Loopback.Name}:south/square"];

    private static readonly Flow s_second = new(
        "second", version: 1, language: "en", SmallFlow.Flow.Title, minutes: 2, SmallFlow.Flow.Consent, SmallFlow.Flow.Items, SmallFlow.Flow.End, SmallFlow.Flow.Setting, hash: "1f");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_place_gets_the_report_of_those_who_began_there_and_no_other()
    {
        await using var room = await ReportRoom.OpenAsync(Apart);
        await AnswerAsync(room, "north", own: 4);
        await AnswerAsync(room, "south", own: 1);

        var reports = await PostAllAsync(room);

        Assert.Equal([1, 1, 1], reports.Select(report => report.Number));
        Assert.False(reports[0].ShowsAnything); // The web.
        Assert.Equal(["about 10", "about 10"], reports.Skip(1).Select(report => report.Sections[0].Persons.Upstream));
        Assert.NotEqual(ReportRoom.Help(reports[1]).Upstream, ReportRoom.Help(reports[2]).Upstream);
        var (north, south) = (Assert.Single(await room.SeenAsync("north/square")), Assert.Single(await room.SeenAsync("south/square")));
        Assert.Equal(DiscordText.Of(reports[1]), north);
        Assert.Equal(DiscordText.Of(reports[2]), south);
    }

    [Fact]
    public async Task A_place_with_too_few_people_shows_none_of_them_however_many_there_are_elsewhere()
    {
        await using var room = await ReportRoom.OpenAsync(Apart);
        await AnswerAsync(room, "north", own: 4);
        await room.AnswerAsync(9, "upstream", own: 1, guess: 1, server: "south");
        await room.AnswerAsync(9, "downstream", own: 1, guess: 1, server: "south");

        var reports = await PostAllAsync(room);

        Assert.True(reports[1].ShowsAnything);
        Assert.False(reports[2].ShowsAnything);
        Assert.Equal("<10", reports[2].Sections[0].Persons.Upstream);
    }

    [Fact]
    public async Task A_few_more_in_one_place_change_neither_report()
    {
        await using var room = await ReportRoom.OpenAsync(Apart);
        await AnswerAsync(room, "north", own: 4);
        await AnswerAsync(room, "south", own: 1);
        var before = await PostAllAsync(room);
        await room.AnswerAsync(3, "upstream", own: 1, guess: 1, server: "north");

        var after = await PostAllAsync(room);

        Assert.Equal(ReportRoom.Help(before[1]).Upstream, ReportRoom.Help(after[1]).Upstream);
        Assert.Equal(before[2].Number, after[2].Number);
    }

    [Fact]
    public async Task What_comes_from_nowhere_known_is_in_the_researchers_report_alone()
    {
        await using var room = await ReportRoom.OpenAsync(Apart);
        await AnswerAsync(room, "north", own: 4);
        await room.Store.BeginAsync("zoe", "zoe", origin: new Origin(Loopback.Name, "", Community: ""));
        await room.Store.SayAsync("zoe role", SmallFlow.Choose("upstream"), "zoe");

        var reports = await PostAllAsync(room);
        var all = await room.ReportAsync(audience: Audience.Researcher);

        Assert.Equal(["0", "about 10", "0"], reports.Select(report => report.Sections[0].Persons.Upstream));
        Assert.Equal("11", all.Sections[0].Persons.Upstream);
        Assert.Null(all.Community);
    }

    [Fact]
    public async Task A_wave_goes_on_as_it_was_first_reported()
    {
        await using var apart = await ReportRoom.OpenAsync(Apart);
        await PostAllAsync(apart);
        Assert.True(await apart.Reports.IsApartAsync(apart.Study with { Pool = true }, "", Cancellation));
        Assert.False(await apart.Reports.IsApartAsync(apart.Study with { Pool = true }, "w2", Cancellation));

        await using var together = await ReportRoom.OpenAsync();
        await together.Posting.PostAsync(together.Study, "", at: null, Cancellation);
        Assert.Equal([null], await together.Posting.CommunitiesAsync(together.Study with { Pool = false }, "", Cancellation));
    }

    [Fact]
    public async Task On_its_schedule_each_place_gets_its_own_once()
    {
        await using var room = await ReportRoom.OpenAsync(study => Apart(study) with { Schedule = "0 9 * * MON" });
        await room.Schedule().LookAsync(Cancellation);
        await AnswerAsync(room, "north", own: 4);
        await AnswerAsync(room, "south", own: 1);
        room.Store.Time.Advance(TimeSpan.FromDays(7));

        await room.Schedule().LookAsync(Cancellation);
        await room.Schedule().LookAsync(Cancellation);

        Assert.Single(await room.SeenAsync("north/square"));
        Assert.Single(await room.SeenAsync("south/square"));
        Assert.Equal(0, await room.Store.AskAsync<long>("select count(*) from snapshot where audience = 'channel'"));
    }

    [Fact]
    public async Task Who_takes_part_in_two_places_is_counted_where_the_wave_was_begun()
    {
        await using var street = await Street.OpenAsync(study => Apart(study) with
        {
            Flows = study.Flows.Add("second", s_second),
            Waves = [study.Waves[0] with { Flows = [SmallFlow.Id, "second"] }],
        });
        await SaysAsync(street, "north", SmallFlow.Id, new Said.Agree("no"));
        await SaysAsync(street, "north", SmallFlow.Id, new Said.Answer(SmallFlow.Choose("upstream")));
        await SaysAsync(street, "south", SmallFlow.Id, new Said.Answer(SmallFlow.Choose("4"))); // Goes on where it stood.
        await SaysAsync(street, "south", "second", new Said.Agree("no"));
        await SaysAsync(street, "south", "second", new Said.Answer(SmallFlow.Choose("downstream")));

        Assert.Equal((2, 1), (await SessionsAsync(street), await street.Store.AskAsync<long>("select count(distinct community) from session")));
        Assert.Equal((1, 0), (await StartedAsync(street, "north"), await StartedAsync(street, "south")));
    }

    [Fact]
    public async Task Tallies_of_the_places_add_up_after_going_back_changing_sides_and_withdrawing()
    {
        await using var street = await Street.OpenAsync(Apart);
        Said[] history =
        [
            new Said.Agree("no"), new Said.Answer(SmallFlow.Choose("upstream")), new Said.Answer(SmallFlow.Choose("4")), new Said.Answer(SmallFlow.Choose("2")), new Said.Answer(new Reply.Back()),
            new Said.Answer(SmallFlow.Choose("1")), new Said.Answer(new Reply.Back()), new Said.Answer(new Reply.Back()), new Said.Answer(new Reply.Back()),
            new Said.Answer(SmallFlow.Choose("downstream")), new Said.Withdraw(), new Said.Agree("no"), new Said.Answer(SmallFlow.Choose("both")),
        ];
        foreach (var said in history)
        {
            await SaysAsync(street, "north", SmallFlow.Id, said);
            await SaysAsync(street, "south", SmallFlow.Id, said, person: "bob");
            await street.SaysAsync("cleo", said, platform: Place.Web);

            var all = await TallyAsync(street, community: null);
            var parts = new List<Tally>();
            foreach (var community in new[] { KeyOf(street, "north"), KeyOf(street, "south"), Community.Web.Key })
                parts.Add(await TallyAsync(street, community));
            Assert.Equal(Sums([all]), Sums(parts));
            Assert.All(parts, part => Assert.Equal(parts[0].Values.IsEmpty, part.Values.IsEmpty)); // Each of the three has a part in it.
            Assert.Empty((await new Tallies(street.Store.Database, street.Store.Writer).CompareAsync(Cancellation)).Faults);
        }

        Assert.Equal(3, await street.Store.AskAsync<long>("select sum(persons) from withdrawn"));
        Assert.Equal(1, (await new CoverageStore(street.Store.Database).CountAsync(SmallFlow.Study, Street.Wave, KeyOf(street, "north"), Cancellation)).Withdrawn);
    }

    [Fact]
    public async Task Nothing_about_places_is_kept_where_all_are_reported_together()
    {
        await using var street = await Street.OpenAsync();
        await SaysAsync(street, "north", SmallFlow.Id, new Said.Agree("no"));

        Assert.Equal("", await street.Store.AskAsync<string>("select community from session"));
    }

    [Fact]
    public async Task Where_they_are_apart_a_keyed_hash_is_kept_and_no_id()
    {
        await using var street = await Street.OpenAsync(Apart);
        await SaysAsync(street, "the-north-server", SmallFlow.Id, new Said.Agree("no"));

        Assert.Equal(KeyOf(street, "the-north-server"), await street.Store.AskAsync<string>("select community from session"));
        Assert.False(street.Store.Holds("the-north-server"));
    }

    private static Study Apart(Study study) => study with { Pool = false, Channels = s_channels };

    /// <summary>Ten of each side.</summary>
    private static async Task AnswerAsync(ReportRoom room, string server, int own)
    {
        await room.AnswerAsync(10, "upstream", own, guess: own, server: server);
        await room.AnswerAsync(10, "downstream", own, guess: own, server: server);
    }

    /// <summary>The reports of the web, the north and the south.</summary>
    private static async Task<ImmutableArray<GapReport>> PostAllAsync(ReportRoom room)
    {
        var reports = ImmutableArray.CreateBuilder<GapReport>();
        var places = await room.Posting.CommunitiesAsync(room.Study, "", Cancellation);
        Assert.Equal([Community.Web.Key, .. new[] { room.CommunityOf("north").Key, room.CommunityOf("south").Key }.Order(StringComparer.Ordinal)], places.Select(place => place!.Key).Take(1).Concat(places.Skip(1).Select(place => place!.Key).Order(StringComparer.Ordinal)));
        foreach (var place in new[] { Community.Web, room.CommunityOf("north"), room.CommunityOf("south") })
            reports.Add(await room.Posting.PostAsync(room.Study, "", place, Cancellation));
        return reports.ToImmutable();
    }

    private static string KeyOf(Street street, string server) => PlaceStore.CommunityOf(street.Store.Database.StudyKey(SmallFlow.Study), Loopback.Name, server);

    private static Task<FossVoices.Channels.Outcome> SaysAsync(Street street, string server, string flow, Said said, string person = "ada") => street.Conversation.HearAsync(
        new Incoming(Guid.NewGuid().ToString(), SmallFlow.Study, flow, new Person(Loopback.Name, person), new Place(Loopback.Name, $"{server}/square"), Asked: null, said, Locale: "en"), Cancellation);

    private static Task<long> SessionsAsync(Street street) => street.Store.AskAsync<long>("select count(*) from session");

    private static async Task<long> StartedAsync(Street street, string server) =>
        (await new CoverageStore(street.Store.Database).CountAsync(SmallFlow.Study, Street.Wave, KeyOf(street, server), Cancellation)).Started;

    private static Task<Tally> TallyAsync(Street street, string? community) => new Tallies(street.Store.Database, street.Store.Writer).CountAsync(
        new Stratum(SmallFlow.Study, Street.Wave, Community: community), [], new CodeCounting(AskedOfBoth: null, ConfirmedOnly: false), Cancellation);

    /// <summary>How many said what, over some tallies.</summary>
    private static string[] Sums(IEnumerable<Tally> tallies) =>
        [.. tallies.SelectMany(tally => tally.Values).GroupBy(count => count with { Persons = 0 }).Select(same => (same.Key with { Persons = same.Sum(count => count.Persons) }).ToString()).Order(StringComparer.Ordinal)];
}
