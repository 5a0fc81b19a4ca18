using System.Text.Json;
using CsCheck;
using FossVoices.Discord.Gateway;

namespace FossVoices.Tests.Discord;

/// <summary>The rules of the gateway, without a socket.</summary>
public sealed class GatewayProtocolTests
{
    private static readonly GatewayEvent s_hello = Received(10, """{"heartbeat_interval":40000}""");
    private static readonly GatewayEvent s_ready = Received(0, """{"session_id":"s","resume_gateway_url":"wss://resume"}""", 1, "READY");

    private static readonly GatewayEvent[] s_any =
    [
        new GatewayEvent.Opened(), s_hello, s_ready, Received(0, "{}", 5, "RESUMED"), Received(0, "{}", 9, "X"), new GatewayEvent.HeartbeatDue(), Received(11), Received(1), new GatewayEvent.Overdue(),
        Received(7), Received(9, "true"), Received(9, "false"), new GatewayEvent.Closed(null), new GatewayEvent.Closed(4007), new GatewayEvent.Closed(4004), Received(10, "[]"),
    ];

    private GatewayState _state = GatewayState.Start;

    private static GatewayEvent.Received Received(int op, string data = "null", long? sequence = null, string? name = null) =>
        new(op, sequence, name, JsonDocument.Parse(data).RootElement);

    private GatewayDeed[] After(params GatewayEvent[] events)
    {
        GatewayDeed[] last = [];
        foreach (var happened in events)
        {
            (_state, var deeds) = GatewayProtocol.Take(_state, happened, 0.5);
            last = [.. deeds];
        }

        return last;
    }

    [Fact]
    public void Hello_is_answered_with_an_identify_and_a_first_heartbeat_at_a_random_part_of_the_interval()
    {
        var deeds = After(new GatewayEvent.Opened(), s_hello);

        Assert.Equal([new GatewayDeed.KeepBeating(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)), new GatewayDeed.Identify()], deeds);
    }

    [Fact]
    public void A_heartbeat_carries_the_last_sequence_and_null_before_the_first()
    {
        After(new GatewayEvent.Opened(), s_hello);
        Assert.Equal([new GatewayDeed.Beat(null)], After(new GatewayEvent.HeartbeatDue()));

        After(Received(11), s_ready, Received(0, "{}", 7, "CHANNEL_UPDATE"), Received(11, "null", null));

        Assert.Equal([new GatewayDeed.Beat(7)], After(new GatewayEvent.HeartbeatDue()));
        Assert.Equal([new GatewayDeed.Beat(7)], After(Received(1)));
    }

    [Fact]
    public void A_heartbeat_that_is_not_acknowledged_before_the_next_ends_the_connection_and_the_session_is_resumed()
    {
        var deeds = After(new GatewayEvent.Opened(), s_hello, s_ready, new GatewayEvent.HeartbeatDue(), new GatewayEvent.HeartbeatDue());

        Assert.Equal("wss://resume", Assert.IsType<GatewayDeed.Reconnect>(Assert.Single(deeds)).At);
        Assert.Contains(new GatewayDeed.Resume(new ResumableSession("s", "wss://resume"), 1), After(new GatewayEvent.Opened(), s_hello));
        // The missing acknowledgement belonged to the old connection.
        Assert.Equal([new GatewayDeed.Beat(1)], After(new GatewayEvent.HeartbeatDue()));
    }

    [Fact]
    public void A_connection_that_never_says_hello_or_never_resumes_is_left_and_one_that_waits_for_its_identify_is_not()
    {
        Assert.IsType<GatewayDeed.Reconnect>(Assert.Single(After(new GatewayEvent.Opened(), new GatewayEvent.Overdue())));
        Assert.Empty(After(new GatewayEvent.Opened(), s_hello, new GatewayEvent.Overdue()));
        Assert.Empty(After(s_ready, new GatewayEvent.Overdue()));
        Assert.IsType<GatewayDeed.Reconnect>(After(new GatewayEvent.Closed(null), new GatewayEvent.Opened(), s_hello, new GatewayEvent.Overdue())[^1]);
    }

    [Fact]
    public void Op_7_resumes_at_once() =>
        Assert.Equal([new GatewayDeed.Reconnect(TimeSpan.FromSeconds(0.5), "wss://resume")], After(new GatewayEvent.Opened(), s_hello, s_ready, Received(7)));

    [Theory]
    [InlineData("true", "wss://resume")]
    [InlineData("false", null)]
    public void Op_9_says_whether_the_session_may_be_resumed(string data, string? at)
    {
        var deeds = After(new GatewayEvent.Opened(), s_hello, s_ready, Received(9, data));

        Assert.Equal([new GatewayDeed.Reconnect(TimeSpan.FromSeconds(3), at)], deeds);
        Assert.Equal(at is null ? null : 1L, _state.Sequence);
    }

    [Theory]
    [InlineData(4004)]
    [InlineData(4010)]
    [InlineData(4011)]
    [InlineData(4012)]
    [InlineData(4013)]
    [InlineData(4014)]
    public void Some_close_codes_end_it_with_one_sentence_for_the_operator(int code)
    {
        var deeds = After(new GatewayEvent.Opened(), s_hello, new GatewayEvent.Closed(code));

        Assert.EndsWith(".", Assert.IsType<GatewayDeed.GiveUp>(Assert.Single(deeds)).Sentence, StringComparison.Ordinal);
        Assert.Empty(After(new GatewayEvent.Opened(), s_hello, new GatewayEvent.HeartbeatDue(), new GatewayEvent.Closed(1000)));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(1000, true)]
    [InlineData(1001, true)]
    [InlineData(1006, true)]
    [InlineData(4000, true)]
    [InlineData(4001, true)]
    [InlineData(4002, true)]
    [InlineData(4003, true)]
    [InlineData(4005, true)]
    [InlineData(4007, false)]
    [InlineData(4008, true)]
    [InlineData(4009, false)]
    public void All_other_close_codes_reconnect_and_most_resume(int? code, bool resumes)
    {
        var deeds = After(new GatewayEvent.Opened(), s_hello, s_ready, new GatewayEvent.Closed(code));

        Assert.Equal(resumes ? "wss://resume" : null, Assert.IsType<GatewayDeed.Reconnect>(Assert.Single(deeds)).At);
        Assert.Contains(After(new GatewayEvent.Opened(), s_hello), d => resumes ? d is GatewayDeed.Resume : d is GatewayDeed.Identify);
    }

    [Fact]
    public void A_session_that_cannot_be_resumed_again_and_again_is_begun_anew()
    {
        After(new GatewayEvent.Opened(), s_hello, s_ready, new GatewayEvent.Closed(null));
        for (var i = 0; i < GatewayProtocol.MostResumes - 1; i++)
            Assert.NotNull(Assert.IsType<GatewayDeed.Reconnect>(After(new GatewayEvent.Opened(), s_hello, Received(9, "true"))[^1]).At);

        Assert.Null(Assert.IsType<GatewayDeed.Reconnect>(After(new GatewayEvent.Opened(), s_hello, Received(9, "true"))[^1]).At);
        Assert.Contains(new GatewayDeed.Identify(), After(new GatewayEvent.Opened(), s_hello));
    }

    [Fact]
    public void The_wait_before_coming_back_doubles_up_to_a_minute_and_begins_anew_after_a_success()
    {
        var waits = Enumerable.Range(0, 9).Select(_ => Assert.IsType<GatewayDeed.Reconnect>(After(new GatewayEvent.Opened(), new GatewayEvent.Closed(null))[^1]).After.TotalSeconds);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);

        After(new GatewayEvent.Opened(), s_hello, s_ready);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<GatewayDeed.Reconnect>(After(new GatewayEvent.Closed(null))[^1]).After);
    }

    [Fact]
    public void Whatever_happens_it_never_identifies_with_a_session_nor_resumes_without_one_nor_acts_after_the_end() => Gen.Select(
            Gen.Int[0, s_any.Length - 1].Select(i => s_any[i]),
            Gen.Double[0, 1]).Array[1, 60].Sample(history =>
        {
            var state = GatewayState.Start;
            foreach (var (happened, chance) in history)
            {
                var before = state;
                (state, var deeds) = GatewayProtocol.Take(state, happened, chance);
                if (deeds.Any(d => d is GatewayDeed.Identify) && before.Session is not null)
                    return false;
                if (deeds.OfType<GatewayDeed.Resume>().Any(r => r.Session != before.Session))
                    return false;
                if (before.Stage == GatewayStage.Ended && !deeds.IsEmpty)
                    return false;
                if (deeds.OfType<GatewayDeed.Reconnect>().Any(r => r.After < TimeSpan.Zero || r.After > TimeSpan.FromSeconds(60.25) || r.At != state.Session?.ResumeUrl))
                    return false;
                if (state.FailedResumes >= GatewayProtocol.MostResumes)
                    return false;
            }

            return true;
        });

    [Theory]
    [InlineData(0UL, 4, 0)]
    [InlineData(4194304UL, 4, 1)]
    [InlineData(197038439483310086UL, 16, 2)]
    public void A_server_belongs_to_one_shard(ulong guild, int shards, int shard) => Assert.Equal(shard, GatewaySettings.ShardOf(guild, shards));
}
