using System.Collections.Immutable;

namespace FossVoices.Tests.Teams;

/// <summary>Somebody who answers in Teams: reads the chat with the bot, presses what its cards offer, or types.</summary>
internal sealed class TeamsGuest(InTeams program, string name, string locale = "en-US", bool hasApp = true, bool hasOldClient = false)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(20);

    public TeamsPerson Person { get; } = program.Teams.AddPerson(name, locale, hasApp, hasOldClient: hasOldClient);

    /// <summary>Whose invitation this person follows.</summary>
    public TeamsChannel Channel { get; set; } = program.Channel;

    public TeamsConversation Chat => program.Teams.Chat(Person);

    /// <summary>What the bot has said in the chat, oldest first.</summary>
    public ImmutableArray<TeamsMessage> Messages => program.Teams.Seen(Chat);

    public TeamsMessage Last => Messages[^1];

    /// <summary>The newest message that can be answered.</summary>
    public TeamsMessage? Question => Messages.LastOrDefault(message => Offers(message, "answer"));

    public bool IsAsked => !Messages.IsEmpty && Offers(Last, "answer");

    public bool Offers(string verb) => Messages.Any(message => Offers(message, verb));

    /// <summary>Presses the newest button that does this, and waits for what comes of it.</summary>
    /// <param name="says">Whether the bot then says something new in the chat.</param>
    /// <param name="title">Which of several buttons that do it; null for the first.</param>
    public async Task<Clicked> PressAsync(string verb, bool says = true, IReadOnlyDictionary<string, string>? given = null, string? title = null)
    {
        var message = Messages.LastOrDefault(m => Offers(m, verb)) ?? throw new InvalidOperationException($"Nothing here does '{verb}':\n{Read()}");
        return await ThenAsync(says, verb, () => program.Teams.ClickAsync(Person, message, verb, given, title));
    }

    /// <summary>Types, and waits for the answer.</summary>
    public async Task TypeAsync(string text, bool says = true) =>
        Assert.InRange((await ThenAsync(says, text, async () => new Clicked(await program.Teams.TypeAsync(Person, Chat, text), "", null))).Delivered.Status, 200, 202);

    /// <summary>From the invitation to the chat.</summary>
    public Task<Clicked> JoinAsync() => ThenAsync(Person.HasApp, "join", () => program.Teams.ClickAsync(Person, program.InvitationIn(Channel), "join"));

    /// <summary>From the invitation to the first question.</summary>
    public async Task AgreeAsync()
    {
        await JoinAsync();
        await program.UntilAsync(() => Offers("agree"), "a question for consent");
        await AgreeFromHereAsync();
    }

    /// <summary>From the question for consent to the first question.</summary>
    public async Task AgreeFromHereAsync()
    {
        await PressAsync("agree", given: Filled(Messages.Last(m => Offers(m, "agree")), ""));
        await program.UntilAsync(() => IsAsked, "a first question");
    }

    /// <summary>Answers whatever is asked: with the first choice, or with these words.</summary>
    public Task<Clicked> AnswerAsync(string words = "A few words.") => PressAsync("answer", given: Filled(Question!, words));

    /// <summary>To the end, each time the same way.</summary>
    public async Task<int> AnswerAllAsync(string words = "7")
    {
        var asked = 0;
        for (; IsAsked; asked++)
            await AnswerAsync(words);
        return asked;
    }

    /// <summary>Fills in every input of a card: the first choice (in a ranking the next one), or these words.</summary>
    public ImmutableDictionary<string, string> Filled(TeamsMessage message, string words)
    {
        var (given, place) = (ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal), 0);
        foreach (var input in message.CardFor(Person)!.Inputs)
        {
            var id = (string)input["id"]!;
            given[id] = CardView.TypeOf(input) != "Input.ChoiceSet" ? words
                : CardView.ChoicesOf(input) is var choices && (string?)input["style"] == "compact" ? choices[Math.Min(place++, choices.Length - 1)].Value
                : choices[0].Value;
        }

        return given.ToImmutable();
    }

    /// <summary>The chat as the person reads it.</summary>
    public string Read() => string.Join("\n────\n", Messages.Select(message => message.TextFor(Person)));

    private bool Offers(TeamsMessage message, string verb) => message.CardFor(Person)?.Doing(verb) is not null;

    private async Task<Clicked> ThenAsync(bool says, string what, Func<Task<Clicked>> act)
    {
        var before = Messages.Length;
        var clicked = await act();
        if (says)
            await program.UntilAsync(() => Messages.Length > before, $"anything new after '{what}' by {Person.Name} ({clicked.Delivered.Status} {clicked.Told}{clicked.Error}):\n{Read()}");
        // What is said in several messages comes one after the other.
        for (var count = -1; count != Messages.Length; await Task.Delay(s_quiet, TimeProvider.System, TestContext.Current.CancellationToken))
            count = Messages.Length;
        return clicked;
    }
}
