using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord.Interactions;

/// <summary>
/// Sees to it that every interaction is answered in time, whichever transport brought it: at once where the answer is there, with a deferral after
/// a second and a half where it is not, and then with an edit. Discord takes a first answer for three seconds and an edit for fifteen minutes.
/// </summary>
internal sealed partial class Answering(IInteractions interactions, DiscordRest rest, Meters meters, Underway underway, TimeProvider time, ILogger<Answering> log)
{
    public static readonly TimeSpan DefersAfter = TimeSpan.FromSeconds(1.5);
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(3);

    /// <summary>A little less than an interaction's token lives.</summary>
    private static readonly TimeSpan s_worksFor = TimeSpan.FromMinutes(14);

    /// <summary>After an inline deferral left us, Discord needs a moment before it knows the message that is to be edited.</summary>
    private static readonly TimeSpan s_settles = TimeSpan.FromMilliseconds(400);

    private readonly Heard _heard = new(time);

    /// <summary>Answers an interaction of the gateway: by a request of our own.</summary>
    /// <param name="arrived">The timestamp (<see cref="TimeProvider.GetTimestamp"/>) of its arrival.</param>
    /// <param name="stopping">Cancelled when the program stops.</param>
    public async Task ByCallbackAsync(JsonElement sent, long arrived, CancellationToken stopping)
    {
        if (Envelope.TryRead(sent) is not { } interaction)
            return;
        var (answer, isNew) = _heard.Once(interaction.Id, () => FirstAsync(sent, interaction, arrived, stopping));
        if (!isNew)
            return;
        var first = await answer;
        if (first.Now is not { } body)
        {
            Measure(interaction, arrived, "gateway", first, isGiven: first is FirstAnswer.Whole);
            return;
        }

        using var deadline = new CancellationTokenSource(Left(arrived), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        ApiAnswer given;
        try
        {
            given = await rest.SendAsync(new ApiRequest(Route.Callback(interaction.Id, interaction.Token), body) { Files = FilesIn(first) }, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            given = new ApiAnswer.Unreachable("not answered within three seconds");
        }

        Measure(interaction, arrived, "gateway", first, isGiven: given is ApiAnswer.Done);
        LogUnlessDone(interaction, given);
        // Where it is not known whether the deferral arrived, the edit finds out; where it was refused, there is nothing to edit.
        if (first is FirstAnswer.Deferred(var deferral, var later) && given is ApiAnswer.Done or ApiAnswer.Unreachable)
            await DeliverAsync(interaction, Callback.TypeOf(deferral), await later, stopping);
    }

    /// <summary>Answers an interaction of the HTTP endpoint: the body goes back inline.</summary>
    /// <returns>The body, or null; and what to call when it has left.</returns>
    public async Task<(JsonObject? Body, Action HasLeft)> InlineAsync(JsonElement sent, long arrived, CancellationToken stopping)
    {
        if (Envelope.TryRead(sent) is not { } interaction)
            return (null, () => { });
        var (answer, isNew) = _heard.Once(interaction.Id, () => FirstAsync(sent, interaction, arrived, stopping));
        var first = await answer;
        // Files do not fit into the inline answer: it says that they come, and an edit brings them.
        if (!FilesIn(first).IsEmpty && Callback.Deferral(interaction) is { } wait)
            first = new FirstAnswer.Deferred(wait, Task.FromResult(((FirstAnswer.Whole)first).Told));
        if (!isNew)
            return (first.Now, () => { });

        Measure(interaction, arrived, "http", first, isGiven: first is not FirstAnswer.Late);
        if (first is not FirstAnswer.Deferred(var deferral, var later))
            return (first.Now, () => { });

        async Task DeliverAfterwardsAsync()
        {
            await Task.Delay(s_settles, time, stopping);
            await DeliverAsync(interaction, Callback.TypeOf(deferral), await later, stopping);
        }

        return (deferral, () => underway.Run(DeliverAfterwardsAsync));
    }

    private async Task<FirstAnswer> FirstAsync(JsonElement sent, Envelope interaction, long arrived, CancellationToken stopping)
    {
        var deferral = interactions.MayOpenModal(sent) ? null : Callback.Deferral(interaction);
        var hearing = HearAsync(sent, stopping);
        var patience = (deferral is null ? DeadAfter : DefersAfter) - time.GetElapsedTime(arrived);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (await Task.WhenAny(hearing, Task.Delay(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, enough.Token)) == hearing)
        {
            await enough.CancelAsync();
            return new FirstAnswer.Whole(await hearing);
        }

        if (deferral is not null)
            return new FirstAnswer.Deferred(deferral, hearing);
        LogLate(interaction);
        return new FirstAnswer.Late();
    }

    private async Task<Told?> HearAsync(JsonElement sent, CancellationToken stopping)
    {
        using var life = new CancellationTokenSource(s_worksFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(life.Token, stopping);
        try
        {
            // On a thread of its own: work before the first await must not keep the deferral waiting.
            return await Task.Run(() => interactions.HearAsync(sent, either.Token), either.Token) is { } told ? told with { Body = Mentions.OffInCallback(told.Body) } : null;
        }
#pragma warning disable CA1031 // A fault in one answer must neither end the connection nor be told with somebody's words in it.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFault(fault.GetType().Name, fault.StackTrace);
            return null;
        }
    }

    /// <summary>Delivers the answer after its deferral: by editing what stands there, or as a new message where a click was answered with one.</summary>
    private async Task DeliverAsync(Envelope interaction, int deferral, Told? told, CancellationToken stopping)
    {
        var answer = told?.Body;
        var type = answer is null ? 0 : Callback.TypeOf(answer);
        if (type is Callback.DeferredMessage or Callback.DeferredUpdate)
            return; // the dispatcher goes on by itself
        if (answer?["data"]?.DeepClone() is not JsonObject message || type is not (Callback.Message or Callback.Update))
        {
            if (answer is not null)
                LogUndeliverable(interaction, type);
            // Else the person would see "is thinking" for a quarter of an hour.
            if (deferral == Callback.DeferredMessage)
                await rest.SendAsync(new ApiRequest(Route.DeleteOriginal(interaction.Application, interaction.Token)), stopping);
            return;
        }

        var isNew = type == Callback.Message && deferral == Callback.DeferredUpdate;
        if (type == Callback.Message && deferral == Callback.DeferredMessage && Callback.IsPublic(message) && told!.Aside?["data"]?.DeepClone() is JsonObject aside)
        {
            // The first message after a deferral fills the private one, whatever its flags; only what follows is for everybody.
            isNew = true;
            LogUnlessDone(interaction, await rest.SendAsync(new ApiRequest(Route.EditOriginal(interaction.Application, interaction.Token), WithoutEphemeral(aside)), stopping));
        }

        if (!isNew)
            WithoutEphemeral(message);
        var route = isNew ? Route.FollowUp(interaction.Application, interaction.Token) : Route.EditOriginal(interaction.Application, interaction.Token);
        LogUnlessDone(interaction, await rest.SendAsync(new ApiRequest(route, message) { Files = told!.Files }, stopping));
    }

    /// <summary>The deferral has decided who sees it; an edit may not say it again.</summary>
    private static JsonObject WithoutEphemeral(JsonObject message)
    {
        if (message["flags"] is JsonValue flags && flags.TryGetValue<int>(out var bits))
            message["flags"] = bits & ~Callback.Ephemeral;
        return message;
    }

    private static ImmutableArray<Upload> FilesIn(FirstAnswer first) => first is FirstAnswer.Whole { Told: { } told } ? told.Files : [];

    private TimeSpan Left(long arrived) => DeadAfter - time.GetElapsedTime(arrived) is { Ticks: > 0 } left ? left : TimeSpan.FromMilliseconds(1);

    private void Measure(Envelope interaction, long arrived, string transport, FirstAnswer first, bool isGiven) => meters.Acknowledged(
        time.GetElapsedTime(arrived), transport, interaction.Kind.ToString().ToLowerInvariant(), !isGiven ? "late" : first is FirstAnswer.Deferred ? "deferred" : "answered");

    private void LogUnlessDone(Envelope interaction, ApiAnswer answer)
    {
        switch (answer)
        {
            case ApiAnswer.Refused refused:
                LogRefused(interaction, refused.Sentence);
                break;
            case ApiAnswer.Unreachable(var why):
                LogRefused(interaction, why);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An interaction could not be answered: {Fault}\n{Trace}")]
    private partial void LogFault(string fault, string? trace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to {Interaction} was not taken: {Why}")]
    private partial void LogRefused(Envelope interaction, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Interaction} could not be answered within three seconds")]
    private partial void LogLate(Envelope interaction);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Interaction} was deferred, and an answer of type {Type} cannot follow a deferral")]
    private partial void LogUndeliverable(Envelope interaction, int type);
}
