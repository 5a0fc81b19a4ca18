using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Commands;
using FossVoices.Studies;
using FossVoices.Tests.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Said = FossVoices.Channels.Said;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Follows what people say from the conversation to the report that a channel reads.</summary>
public sealed class OneAnswerTests : IDisposable
{
    private readonly Fossvoices _fossvoices = new();
    private int _deliveries;

    public void Dispose() => _fossvoices.Dispose();

    [Fact]
    public async Task What_people_say_is_kept_coded_counted_and_reported()
    {
        for (var person = 0; person < 12; person++)
        {
            await Interview($"up-{person}", "upstream", person < 9 ? "I am burnt out. Two people hold it up." : "All is well here.");
            await Interview($"down-{person}", "downstream", person < 1 ? "They must be burnt out." : "It just works and I never think about it.");
        }

        var coded = await _fossvoices.SayAsync("code", "pypi-expectations");
        var report = await _fossvoices.SayAsync("report", "pypi-expectations");

        Assert.StartsWith("24 answers read", coded.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, report.ExitCode);
        Assert.Contains("Burnout (#burnout): clear gap", report.Out, StringComparison.Ordinal);
        Assert.Contains("Unchecked", report.Out, StringComparison.Ordinal);
        // At twelve a side words stand for shares: exact figures would tell who said what.
        Assert.DoesNotContain("9 of 12", report.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Two people hold it up", report.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nine_people_of_a_side_are_never_shown()
    {
        for (var person = 0; person < 9; person++)
            await Interview($"up-{person}", "upstream", "I am burnt out.");

        await _fossvoices.SayAsync("code", "pypi-expectations");
        var report = await _fossvoices.SayAsync("report", "pypi-expectations");

        Assert.Equal(ExitCode.Fine, report.ExitCode);
        Assert.DoesNotContain("#burnout", report.Out, StringComparison.Ordinal);
        Assert.Contains("Fewer than 10 people", report.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_s_button_moves_nobody_s_session()
    {
        var study = Bundled();
        await using var station = await Station.OpenAsync(_fossvoices.Data, TimeProvider.System, TestContext.Current.CancellationToken);
        var conversation = With(station, study);
        var mine = Assert.IsType<Outcome.Question>(await Says(conversation, "me", new Said.Agree("no"), asked: null));
        var theirs = Assert.IsType<Outcome.Question>(await Says(conversation, "you", new Said.Agree("no"), asked: null));

        await Says(conversation, "you", new Said.Answer(new Reply.Chose(["upstream"])), mine.Asked);

        Assert.Equal(mine.Asked, Assert.IsType<Outcome.Question>(await Says(conversation, "me", new Said.Hello(), asked: null)).Asked);
        Assert.Equal(theirs.Asked, Assert.IsType<Outcome.Question>(await Says(conversation, "you", new Said.Hello(), asked: null)).Asked);
    }

    private async Task Interview(string person, string side, string words)
    {
        await using var station = await Station.OpenAsync(_fossvoices.Data, TimeProvider.System, TestContext.Current.CancellationToken);
        var conversation = With(station, Bundled());
        var outcome = await Says(conversation, person, new Said.Agree("no"), asked: null);
        var answered = false;
        while (outcome is Outcome.Question { Prompt: var prompt, Asked: var asked })
        {
            Reply reply = prompt.Control switch
            {
                Control.OneOf { Options: var options } when options.Any(o => o.Id == side) => new Reply.Chose([side]),
                Control.OneOf { Options: var options } when prompt.Address == "more" || options.Any(o => o.Id == "no") => new Reply.Chose(["no"]),
                Control.Write when !answered => new Reply.Said(words),
                _ => new Reply.Skip(),
            };
            answered |= reply is Reply.Said;
            outcome = await Says(conversation, person, new Said.Answer(reply), asked);
        }

        Assert.IsType<Outcome.Finished>(outcome);
    }

    private Task<Outcome> Says(Conversation conversation, string person, Said said, Asked? asked) => conversation.HearAsync(
        new Incoming($"d{_deliveries++}", "pypi-expectations", "interview", new Person("web", person), new Place("web", "page"), asked, said, null),
        TestContext.Current.CancellationToken);

    private static Study Bundled() => StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!;

    private static Conversation With(Station station, Study study) => new(
        new OpenStudies([study]), new Versions(station.Bundles, NullLogger<Versions>.Instance), station.Database, station.Turns, new Openings(station.Waves, TimeProvider.System),
        Spoken.Asides(station.Database, station.Writer, TimeProvider.System),
        new Lottery(RandomNumberGenerator.Create()), TimeProvider.System, NullLogger<Conversation>.Instance);
}
