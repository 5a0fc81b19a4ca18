using System.Text.Json;
using FossVoices.Teams.Inbound;
using Microsoft.Extensions.Time.Testing;

namespace FossVoices.Tests.Teams;

public sealed class ArrivalsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Arrivals _arrivals;

    public ArrivalsTests() => _arrivals = new Arrivals(_time);

    [Fact]
    public void The_same_id_is_the_same_message()
    {
        Assert.False(Again("1", "2"));
        Assert.True(Again("1", "2"));
        Assert.False(Again("2", "other"));
    }

    [Fact]
    public void The_same_words_typed_twice_are_two_answers()
    {
        Come("1", "2").Acknowledge(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(Again("2", "2"));
    }

    [Fact]
    public void The_same_words_under_a_new_id_are_the_same_where_nobody_heard_that_they_had_come()
    {
        Come("1", "2");
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.True(Again("2", "2"));
    }

    [Fact]
    public void The_same_words_under_a_new_id_are_the_same_where_that_was_heard_too_late()
    {
        var coming = Come("1", "2");
        _time.Advance(TimeSpan.FromSeconds(15));
        coming.Acknowledge(_time.GetUtcNow());

        Assert.True(Again("2", "2"));
    }

    [Fact]
    public void Words_that_come_again_much_later_are_new()
    {
        Come("1", "2");
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(Again("2", "2"));
    }

    private Coming Come(string id, string words) => _arrivals.Note(Of(id, words), out _);

    private bool Again(string id, string words)
    {
        _arrivals.Note(Of(id, words), out var again);
        return again;
    }

    private static Activity Of(string id, string words) => Activity.TryRead(JsonDocument.Parse(
        $$"""{"type":"message","id":"{{id}}","serviceUrl":"https://x/","channelId":"msteams","from":{"id":"29:x"},"conversation":{"id":"a:1"},"text":"{{words}}"}""").RootElement)!;
}
