using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What people say beside answering, the same on every platform.</summary>
public sealed class AsideTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/voices", "Hello { Code =  }")]
    [InlineData(" /Voices  START ", "Hello { Code =  }")]
    [InlineData("/voices start 7k2m-9x4d-p0qr-3hfw", "Hello { Code = 7k2m-9x4d-p0qr-3hfw }")]
    [InlineData("/voices resume", "Answer { Reply = Resume { } }")]
    [InlineData("/voices mydata", "MyData { }")]
    [InlineData("/voices withdraw", "Withdraw { }")]
    [InlineData("/voices language fr", "Language { Tag = fr }")]
    [InlineData("/voices feedback  It is  too long", "Feedback { Text = It is  too long }")]
    [InlineData("/voices feedback", "Feedback { Text =  }")]
    [InlineData("/voices code 7K2M", "Attest { Typed = 7K2M }")]
    [InlineData("/voices stop", "NoReminder { }")]
    [InlineData("/voices help", "Help { }")]
    [InlineData("/voices fly", "Help { }")]
    [InlineData("/voices remind", "Help { }")]
    [InlineData("voices withdraw", null)]
    [InlineData("I said /voices withdraw", null)]
    [InlineData("/voicesx withdraw", null)]
    [InlineData("", null)]
    public void A_typed_command_is_understood(string text, string? said) => Assert.Equal(said, TypedCommand.Read(text)?.ToString());

    [Fact]
    public void A_reminder_can_be_typed_where_there_is_a_way_to_the_person() => Assert.Equal(new Said.Remind("dm"), TypedCommand.Read("/voices remind", "dm"));

    [Fact]
    public async Task Help_says_what_can_be_said_and_whom_to_ask()
    {
        await using var street = await Street.OpenAsync(WithCodes);

        var lines = Assert.IsType<Outcome.Help>(await street.SaysAsync("ada", new Said.Help())).Lines;

        Assert.Contains(street.Study.Team.Contact, lines[0], StringComparison.Ordinal);
        foreach (var word in new[] { "start", "resume", "language", "mydata", "withdraw", "feedback", "code", "stop" })
            Assert.Contains(lines, line => line.StartsWith($"/voices {word}: ", StringComparison.Ordinal));
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from session"));
    }

    [Fact]
    public async Task Feedback_goes_to_the_organisers_without_a_name_and_lies_sealed()
    {
        await using var street = await Street.OpenAsync();
        await street.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, "the organisers' room"), PlaceRole.Organisers, address: null, again: false, Cancellation);
        await street.Places.RememberAsync(SmallFlow.Study, new Place(Loopback.Name, "everybody's room"), PlaceRole.Channel, address: null, again: false, Cancellation);

        Assert.StartsWith("Thank you.", await street.NotedAsync("771827364500112233", new Said.Feedback("The quinquereme of Nineveh is too long.")), StringComparison.Ordinal);
        Assert.False(street.Store.Holds("quinquereme"));
        await street.PassAsync(TimeSpan.FromHours(1));

        var (message, text) = Assert.Single(street.Platform.Messages);
        Assert.Equal("the organisers' room", message.Place);
        Assert.Equal($"Feedback on {street.Study.Title}, without a name:\nThe quinquereme of Nineveh is too long.", text);
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from outbox where session is not null"));
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from session"));
    }

    [Fact]
    public async Task Feedback_that_is_empty_or_too_long_is_not_kept()
    {
        await using var street = await Street.OpenAsync();

        Assert.StartsWith("Write what", await street.NotedAsync("ada", new Said.Feedback("  ")), StringComparison.Ordinal);
        Assert.StartsWith("That is too long", await street.NotedAsync("ada", new Said.Feedback(new string('x', 1501))), StringComparison.Ordinal);
        Assert.Equal(0, await street.Store.AskAsync<long>("select count(*) from feedback"));
    }

    [Fact]
    public async Task A_language_holds_where_it_was_chosen_until_another_is()
    {
        await using var street = await Street.OpenAsync(study => study with
        {
            Translations = ImmutableSortedDictionary<string, Study>.Empty.Add("fr", study with { Language = "fr", Title = "Une étude" }),
        });
        Assert.Contains("en, fr", await street.NotedAsync("ada", new Said.Language("tlh")), StringComparison.Ordinal);
        await street.SaysAsync("ada", new Said.Agree("no"));

        Assert.IsType<Outcome.Question>(await street.SaysAsync("ada", new Said.Language("fr-CA")));

        Assert.Equal("Cette étude ne prend pas de codes.", await street.NotedAsync("ada", new Said.Attest("7k2m-9x4d-p0qr-3hfw")));
        await street.SaysAsync("ada", new Said.Language("en"));
        Assert.Equal("This study takes no codes.", await street.NotedAsync("ada", new Said.Attest("7k2m-9x4d-p0qr-3hfw")));
    }

    [Fact]
    public async Task My_data_shows_everything_that_is_kept()
    {
        await using var street = await Street.OpenAsync();
        Assert.Equal("Nothing of yours is kept here.", await street.NotedAsync("ada", new Said.MyData()));
        await street.FinishesAsync("ada");

        var mine = Assert.IsType<Outcome.MyData>(await street.SaysAsync("ada", new Said.MyData()));

        Assert.Equal(["help.other", "help.own", "needs", "role", "why", "years"], mine.Answers.Select(given => given.Address).Order(StringComparer.Ordinal));
        Assert.Matches("^[0-9a-z]{4}(-[0-9a-z]{4}){3}$", mine.Receipt);
        Assert.Empty(mine.Asking);
    }

    [Fact]
    public async Task A_code_shows_a_side_once_and_nobody_knows_whose_it_was()
    {
        await using var street = await Street.OpenAsync(WithCodes);
        var code = OneTimeCode.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await street.Codes.KeepAsync(SmallFlow.Study, "upstream", Street.Wave, [code], Cancellation);
        Assert.StartsWith("Please begin first", await street.NotedAsync("ada", new Said.Attest(code.Text)), StringComparison.Ordinal);
        await street.SaysAsync("ada", new Said.Agree("no"));
        Assert.StartsWith("Please say first", await street.NotedAsync("ada", new Said.Attest(code.Text)), StringComparison.Ordinal);
        await street.SaysAsync("ada", SmallFlow.Choose("upstream"));
        await street.FinishesAsync("bob");

        Assert.StartsWith("Thank you: your side is confirmed.", await street.NotedAsync("ada", new Said.Attest(code.Text.Replace('-', ' ').ToUpperInvariant())), StringComparison.Ordinal);
        Assert.StartsWith("This code does not open", await street.NotedAsync("bob", new Said.Attest(code.Text)), StringComparison.Ordinal);
        Assert.Equal(1, await street.Store.AskAsync<long>("select sum(attested) from session"));
        Assert.False(street.Store.Holds(code.Text));
        await TalliesHoldAsync(street);

        // Whoever changes sides has shown the other one.
        await street.SaysAsync("ada", new Reply.Change("role"));
        await street.SaysAsync("ada", SmallFlow.Choose("downstream"));
        Assert.Equal(0, await street.Store.AskAsync<long>("select sum(attested) from session"));
        await TalliesHoldAsync(street);
    }

    [Theory]
    [InlineData("downstream", Street.Wave)]
    [InlineData("upstream", "another wave")]
    public async Task A_code_of_another_side_or_wave_shows_nothing(string side, string wave)
    {
        await using var street = await Street.OpenAsync(WithCodes);
        var code = OneTimeCode.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await street.Codes.KeepAsync(SmallFlow.Study, side, wave, [code], Cancellation);
        await street.FinishesAsync("ada");

        Assert.StartsWith("This code does not open", await street.NotedAsync("ada", new Said.Attest(code.Text)), StringComparison.Ordinal);
        Assert.Equal(0, await street.Store.AskAsync<long>("select sum(attested) from session"));
    }

    [Fact]
    public async Task Of_many_who_agree_at_once_with_one_code_one_begins()
    {
        await using var street = await Street.OpenAsync(study => study with { OneTimeCodes = true });
        var code = OneTimeCode.Of([9, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await street.Codes.KeepAsync(SmallFlow.Study, "upstream", Street.Wave, [code], Cancellation);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => street.SaysAsync($"person {i}", new Said.Agree("no", code.Text), Place.Web)));

        Assert.Single(outcomes, outcome => outcome is Outcome.Question);
        Assert.Equal(11, outcomes.Count(outcome => outcome is Outcome.CodeNeeded { Note: not null }));
        Assert.Equal(1, await street.Store.AskAsync<long>("select count(*) from session"));
        Assert.Equal(1, await street.Store.AskKeysAsync<long>("select count(*) from session_key"));
    }

    [Fact]
    public async Task A_code_is_asked_for_in_the_web_chat_alone_and_not_of_who_has_begun()
    {
        await using var street = await Street.OpenAsync(study => study with { OneTimeCodes = true });
        var code = OneTimeCode.Of([9, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await street.Codes.KeepAsync(SmallFlow.Study, "upstream", Street.Wave, [code], Cancellation);

        Assert.IsType<Outcome.Consent>(await street.SaysAsync("ada", new Said.Hello()));
        Assert.Null(Assert.IsType<Outcome.CodeNeeded>(await street.SaysAsync("bob", new Said.Hello(), Place.Web)).Note);
        Assert.NotNull(Assert.IsType<Outcome.CodeNeeded>(await street.SaysAsync("bob", new Said.Hello("7k2m-9x4d-p0qr-3hfw"), Place.Web)).Note);
        Assert.Equal(code.Text, Assert.IsType<Outcome.Consent>(await street.SaysAsync("bob", new Said.Hello(code.Text), Place.Web)).Code);
        Assert.IsType<Outcome.Question>(await street.SaysAsync("bob", new Said.Agree("no", code.Text), Place.Web));
        Assert.IsType<Outcome.Question>(await street.SaysAsync("bob", new Said.Hello(), Place.Web));
    }

    private static async Task TalliesHoldAsync(Street street) =>
        Assert.Empty((await new Tallies(street.Store.Database, street.Store.Writer).CompareAsync(Cancellation)).Faults);

    private static Study WithCodes(Study study) => study with
    {
        Attestation = ImmutableSortedDictionary<string, Attestation>.Empty.Add("upstream", new Attestation([], [], Codes: true)),
    };
}
