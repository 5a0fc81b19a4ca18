using System.Net;
using FossVoices.Teams.Connector;

namespace FossVoices.Tests.Teams;

public sealed class RetriesTests
{
    [Theory]
    [InlineData(200, true, Verdict.Done)]
    [InlineData(202, false, Verdict.Done)]
    [InlineData(401, false, Verdict.Token)]
    [InlineData(429, false, Verdict.Again)]
    [InlineData(412, false, Verdict.Again)]
    [InlineData(502, true, Verdict.Again)]
    [InlineData(504, true, Verdict.Again)]
    [InlineData(502, false, Verdict.Doubtful)]
    [InlineData(504, false, Verdict.Doubtful)]
    [InlineData(500, false, Verdict.Doubtful)]
    [InlineData(400, true, Verdict.Never)]
    [InlineData(403, true, Verdict.Never)]
    [InlineData(404, true, Verdict.Never)]
    [InlineData(413, true, Verdict.Never)]
    internal void What_could_double_is_not_tried_again(int status, bool repeats, Verdict verdict) => Assert.Equal(verdict, Retries.Of((HttpStatusCode)status, repeats));

    [Fact]
    public void Waits_grow_up_to_ten_seconds_and_differ_by_chance()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(250), Retries.Wait(1, asked: null, chance: 0));
        Assert.Equal(TimeSpan.FromSeconds(1), Retries.Wait(3, asked: null, chance: 0));
        Assert.InRange(Retries.Wait(60, asked: null, chance: 0.999), TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Whoever_asks_to_wait_is_waited_for() =>
        Assert.InRange(Retries.Wait(1, TimeSpan.FromSeconds(20), chance: 0.5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20.1));
}
