using FossVoices.Discord;

namespace FossVoices.Tests.Discord;

/// <summary>Somebody who answers in Discord: sees one message, and presses what it offers.</summary>
internal sealed class Guest(InDiscord program, string name, string locale = "en-US")
{
    public DiscordPerson Person { get; } = program.Discord.AddPerson(name, locale);

    /// <summary>The message that only this person sees.</summary>
    public LoopbackMessage Message => program.Discord.Seen(program.Channel, Person).Last(message => message.OnlyFor == Person.Id);

    public bool IsAsked => Offered(Act.Skip) is not null;

    public Task StartAsync() => DoneAsync(program.Discord.ClickAsync(Person, program.Invitation, "Start"));

    /// <summary>Presses what does this.</summary>
    public async Task<LoopbackInteraction> PressAsync(Act act, params string[] values)
    {
        var control = Offered(act) ?? throw new InvalidOperationException($"Nothing here does {act}: {string.Join(", ", Message.Buttons)}.");
        return await DoneAsync(program.Discord.ClickAsync(Person, Message, control, values));
    }

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

    private string? Offered(Act act) => Message.CustomIds.FirstOrDefault(id => CustomId.TryRead(id)?.Act == act);
}
