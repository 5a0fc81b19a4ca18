using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>Interactions on the loopback Discord: one first answer within three seconds, then edits and follow-ups for fifteen minutes.</summary>
internal sealed class LoopbackInteractions(LoopbackWorld world, TimeProvider time)
{
    private readonly Dictionary<string, LoopbackInteraction> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoopbackInteraction> _byToken = new(StringComparer.Ordinal);

    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(3);

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromMinutes(15);

    public LoopbackInteraction Create(int kind, DiscordPerson person, LoopbackChannel channel, LoopbackMessage? source)
    {
        var interaction = new LoopbackInteraction(world.NewId(), kind, person, channel, source, time.GetUtcNow());
        lock (world.Gate)
            _byId[interaction.Id] = _byToken[interaction.Token] = interaction;
        return interaction;
    }

    /// <summary>Lets every token grow old.</summary>
    public void ExpireAll()
    {
        lock (world.Gate)
        {
            foreach (var interaction in _byId.Values)
                interaction.IsExpired = true;
        }
    }

    /// <summary>Fails it where no answer came in time.</summary>
    public void TimeOut(LoopbackInteraction interaction)
    {
        lock (world.Gate)
        {
            if (interaction.Answered is null)
                interaction.Failure ??= "This interaction failed";
        }

        interaction.IsAnswered();
        if (interaction.Failure is not null)
            interaction.IsSettled();
    }

    /// <summary>Takes the first answer; it was checked for its form before.</summary>
    public LoopbackInteraction Answer(string id, string token, JsonObject callback, IReadOnlyDictionary<string, byte[]> files)
    {
        LoopbackInteraction interaction;
        lock (world.Gate)
        {
            if (!_byId.TryGetValue(id, out interaction!) || interaction.Token != token)
                throw LoopbackRefusal.UnknownInteraction;
            if (interaction.Answered is not null)
                throw LoopbackRefusal.AlreadyAcknowledged;
            if (time.GetUtcNow() - interaction.At > Deadline)
                throw LoopbackRefusal.UnknownInteraction;

            var type = (int)callback["type"]!;
            if (!MayAnswer(interaction, type))
                throw LoopbackRefusal.InvalidForm([$"/type: {type} does not answer an interaction of type {interaction.Kind}"]);
            Apply(interaction, type, callback["data"] as JsonObject ?? [], files);
            (interaction.Answered, interaction.AnsweredAfter) = (type, time.GetUtcNow() - interaction.At);
        }

        interaction.IsAnswered();
        return interaction;
    }

    /// <summary>A further message. The first one after a deferral fills the message that "is thinking".</summary>
    public LoopbackMessage FollowUp(string token, JsonObject message, IReadOnlyDictionary<string, byte[]> files)
    {
        LoopbackMessage made;
        LoopbackInteraction interaction;
        lock (world.Gate)
        {
            interaction = Living(token);
            if (interaction.Message is { IsLoading: true } waiting)
            {
                made = waiting;
                Fill(made, message, files);
            }
            else
            {
                made = New(interaction, message, files);
                interaction.FollowUps.Add(made);
            }
        }

        interaction.IsSettled();
        return made;
    }

    public LoopbackMessage Edit(string token, string message, JsonObject edit, IReadOnlyDictionary<string, byte[]> files)
    {
        LoopbackMessage edited;
        LoopbackInteraction interaction;
        lock (world.Gate)
        {
            interaction = Living(token);
            edited = Find(interaction, message);
            Fill(edited, edit, files);
        }

        interaction.IsSettled();
        return edited;
    }

    public LoopbackMessage Get(string token, string message)
    {
        lock (world.Gate)
            return Find(Living(token), message);
    }

    public void Delete(string token, string message)
    {
        lock (world.Gate)
            Find(Living(token), message).IsDeleted = true;
    }

    private LoopbackInteraction Living(string token)
    {
        if (!_byToken.TryGetValue(token, out var interaction) || interaction.Answered is null)
            throw LoopbackRefusal.UnknownWebhook;
        if (interaction.IsExpired || time.GetUtcNow() - interaction.At > TokenLife)
            throw LoopbackRefusal.InvalidWebhookToken;
        return interaction;
    }

    private static LoopbackMessage Find(LoopbackInteraction interaction, string id) =>
        (id == "@original" ? interaction.Message : interaction.FollowUps.Append(interaction.Message).FirstOrDefault(m => m?.Id == id)) is { IsDeleted: false } found
            ? found
            : throw LoopbackRefusal.UnknownMessage;

    private static bool MayAnswer(LoopbackInteraction interaction, int type) => type switch
    {
        4 or 5 => interaction.Kind != 4,
        6 or 7 => interaction.Kind is 3 or 5 && interaction.Source is not null,
        8 => interaction.Kind == 4,
        9 => interaction.Kind is 2 or 3,
        _ => false,
    };

    private void Apply(LoopbackInteraction interaction, int type, JsonObject data, IReadOnlyDictionary<string, byte[]> files)
    {
        switch (type)
        {
            case 4:
                interaction.Message = New(interaction, data, files);
                break;
            case 5:
                interaction.Message = New(interaction, data, files);
                interaction.Message.IsLoading = true;
                break;
            case 6:
                interaction.Message = interaction.Source;
                break;
            case 7:
                Fill(interaction.Source!, data, files);
                interaction.Message = interaction.Source;
                break;
            case 8:
                interaction.Choices = data["choices"]?.DeepClone() as JsonArray;
                break;
            case 9:
                interaction.Modal = data.DeepClone().AsObject();
                break;
        }
    }

    private LoopbackMessage New(LoopbackInteraction interaction, JsonObject content, IReadOnlyDictionary<string, byte[]> files)
    {
        var message = new LoopbackMessage(world.NewId(), interaction.Channel, content.DeepClone().AsObject())
        {
            OnlyFor = (((int?)content["flags"] ?? 0) & 64) != 0 ? interaction.Person.Id : null,
        };
        foreach (var (name, bytes) in files)
            message.Files[name] = bytes;
        world.Messages.Add(message);
        return message;
    }

    private static void Fill(LoopbackMessage message, JsonObject edit, IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var (name, bytes) in files)
            message.Files[name] = bytes;
        message.Edit(edit);
    }
}
