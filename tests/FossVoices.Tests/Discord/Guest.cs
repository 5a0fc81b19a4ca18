using FossVoices.Discord;

namespace FossVoices.Tests.Discord;

/// <summary>Somebody who answers in Discord: sees one message, and presses what it offers.</summary>
internal sealed class Guest(InDiscord program, DiscordPerson person)
{
    public Guest(InDiscord program, string name, string locale = "en-US")
        : this(program, program.Discord.AddPerson(name, locale))
    {
    }

    public DiscordPerson Person { get; } = person;

    /// <summary>Where this person is.</summary>
    public LoopbackChannel Channel { get; set; } = program.Channel;

    /// <summary>How often this person had to tap: a list takes one tap to open and one to choose, a form one to open, one a choice, and one to send.</summary>
    public int Taps { get; private set; }

    /// <summary>Begins to count anew.</summary>
    public void CountAnew() => Taps = 0;

    /// <summary>The message that only this person sees, or the last direct one.</summary>
    public LoopbackMessage Message => program.Discord.DirectMessages(Person) is { } direct && program.Discord.Seen(direct, Person) is [.., var last] ? last
        : program.Discord.Seen(Channel, Person).Last(message => message.OnlyFor == Person.Id);

    public static async Task SettleAsync(Task<LoopbackInteraction> pressed) => await DoneAsync(pressed);

    public bool IsAsked => Offered(Act.Skip) is not null;

    public Task StartAsync() => DoneAsync(program.Discord.ClickAsync(Person, program.InvitationIn(Channel), "Start"));

    /// <summary>Presses what does this.</summary>
    public async Task<LoopbackInteraction> PressAsync(Act act, params string[] values)
    {
        var control = Offered(act) ?? throw new InvalidOperationException($"Nothing here does {act}: {string.Join(", ", Message.Buttons)}.");
        Taps += 1 + values.Length;
        return await DoneAsync(program.Discord.ClickAsync(Person, Message, control, values));
    }

    /// <summary>Presses the button with this label.</summary>
    public Task<LoopbackInteraction> PressAsync(string label)
    {
        Taps++;
        return DoneAsync(program.Discord.ClickAsync(Person, Message, label));
    }

    /// <summary>Opens the form with several questions.</summary>
    public Task<LoopbackInteraction> OpenPageAsync() => PressAsync(Act.Together);

    /// <summary>Sends a form with several questions: the first choice of each, but for those to be left open.</summary>
    public Task<LoopbackInteraction> SendPageAsync(LoopbackInteraction opened, params IReadOnlyCollection<int> leftOpen)
    {
        var groups = Groups(opened).Where((_, i) => !leftOpen.Contains(i)).ToArray();
        Taps += groups.Length + 1;
        return DoneAsync(program.Discord.SubmitModalAsync(opened, groups.ToDictionary(group => (string)group["custom_id"]!, group => (string)group["options"]![0]!["value"]!, StringComparer.Ordinal)));
    }

    /// <summary>The groups of choices in a form.</summary>
    public static System.Text.Json.Nodes.JsonNode[] Groups(LoopbackInteraction opened) =>
        [.. opened.Modal!["components"]!.AsArray().Where(c => (int)c!["type"]! == 18).Select(c => c!["component"]!).Where(c => (int)c["type"]! is 21 or 22)];

    public async Task AgreeAsync()
    {
        await StartAsync();
        while (Offered(Act.Page) is not null)
            await PressAsync(Act.Page);
        await PressAsync(Act.Agree);
        if (Offered(Act.Quotes) is not null)
            await PressAsync(Act.Quotes);
    }

    /// <summary>Answers whatever is asked, with the first choice or with these words.</summary>
    public async Task AnswerAsync(string words = "A few words.")
    {
        if (Offered(Act.Choose) is not null)
        {
            await PressAsync(Act.Choose);
        }
        else if (Offered(Act.Select) is { } list)
        {
            var options = Message.Control(list)["options"]!.AsArray();
            await PressAsync(Act.Select, (string)options[0]!["value"]!);
        }
        else
        {
            await WriteAsync(words);
        }
    }

    /// <summary>Opens the form, and sends it with words, or with the first options put in order.</summary>
    public async Task<LoopbackInteraction> WriteAsync(string words)
    {
        var opened = await PressAsync(Act.Write);
        var inputs = opened.Modal!["components"]!.AsArray().Where(c => (int)c!["type"]! == 18).Select(c => c!["component"]!).ToArray();
        return await DoneAsync(program.Discord.SubmitModalAsync(opened, inputs.ToDictionary(
            input => (string)input["custom_id"]!,
            input => (int)input["type"]! == 3 ? (string)input["options"]!.AsArray()[Array.IndexOf(inputs, input)]!["value"]! : words,
            StringComparer.Ordinal)));
    }

    /// <summary>To the end, with the first choice each time.</summary>
    public async Task<int> AnswerAllAsync(string words = "7")
    {
        var asked = 0;
        for (; IsAsked; asked++)
            await AnswerAsync(words);
        return asked;
    }

    /// <summary>People press again only when what they pressed has done something: a deferral is not yet an answer.</summary>
    private static async Task<LoopbackInteraction> DoneAsync(Task<LoopbackInteraction> pressed)
    {
        var interaction = await pressed;
        await interaction.Settled.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return interaction;
    }

    public string? Offered(Act act) => Message.CustomIds.FirstOrDefault(id => CustomId.TryRead(id)?.Act == act);
}
