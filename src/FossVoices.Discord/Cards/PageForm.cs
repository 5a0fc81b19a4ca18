using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;

namespace FossVoices.Discord.Cards;

/// <summary>Several simple questions in one form. A form costs two taps more than its questions, so it is offered, never demanded, and only for a handful.</summary>
internal static class PageForm
{
    public const int Least = 4;

    /// <summary>What one group of choices in a form holds.</summary>
    private const int MostChoices = 10;

    private const int LongestDescription = 100;

    /// <summary>The questions that fit into one form with the one that stands; empty where they are too few to be worth it.</summary>
    public static ImmutableArray<Prompt> Of(Outcome.Question question)
    {
        var page = ImmutableArray.CreateBuilder<Prompt>();
        var room = Component.MostInputs;
        foreach (var prompt in question.Alongside.Prepend(question.Prompt))
        {
            room -= IsShort(prompt) ? 1 : 2;
            if (room < 0 || !Fits(prompt))
                break;
            page.Add(prompt);
        }

        return page.Count < Least ? [] : page.ToImmutable();
    }

    /// <param name="once">What makes this opening a form of its own.</param>
    public static JsonObject Form(Desk desk, Outcome.Question question, ImmutableArray<Prompt> page, string once) => new()
    {
        ["type"] = 9,
        ["data"] = new JsonObject
        {
            ["custom_id"] = $"{once}.{desk.Id(Act.SendPage, question.Asked)}",
            ["title"] = Component.Cut(desk.Say("page_title", ("count", Number(page.Length))), Component.LongestLabel),
            ["components"] = new JsonArray([.. page.SelectMany((prompt, i) => Question(desk, prompt, i))]),
        },
    };

    /// <summary>What was chosen, question by question; one left open is skipped.</summary>
    public static ImmutableArray<PartReply> Read(ImmutableDictionary<string, ImmutableArray<string>> fields) =>
    [
        .. from field in fields
           let mark = field.Key.IndexOf('.', StringComparison.Ordinal)
           where mark > 0 && int.TryParse(field.Key.AsSpan(0, mark), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           orderby int.Parse(field.Key.AsSpan(0, mark), CultureInfo.InvariantCulture)
           select new PartReply(field.Key[(mark + 1)..], field.Value.IsEmpty ? new Reply.Skip() : new Reply.Chose(field.Value)),
    ];

    private static IEnumerable<JsonObject> Question(Desk desk, Prompt prompt, int place)
    {
        // Addresses and ids rather than places: what is sent says the same after a restart, in any language.
        var id = $"{Number(place)}.{prompt.Address}";
        var input = prompt.Control is Control.SomeOf { Most: var most }
            ? Component.Checkboxes(id, Options(prompt), 0, Math.Min(most, Options(prompt).Length), [])
            : Component.Radio(id, Options(prompt));
        var label = desk.Say("question", ("number", Number(prompt.Number)));
        if (!IsShort(prompt))
        {
            yield return Component.Text(Desk.Plain(prompt.Ask));
            yield return Component.Label(label, input);
        }
        else if (prompt.Ask.Length <= Component.LongestLabel)
        {
            yield return Component.Label(prompt.Ask, input);
        }
        else
        {
            yield return Component.Label(label, input, prompt.Ask);
        }
    }

    private static ImmutableArray<Option> Options(Prompt prompt) => QuestionCard.OptionsOf(prompt.Control);

    /// <summary>Whether the question stands beside its choices; a longer one takes the place of a question before them.</summary>
    private static bool IsShort(Prompt prompt) => prompt.Ask.Length <= LongestDescription && !prompt.Ask.Contains('\n', StringComparison.Ordinal);

    private static bool Fits(Prompt prompt) => Options(prompt) is { Length: >= 2 and <= MostChoices } options
        && options.All(option => option.Label.Length <= Component.LongestOption && option.Id.Length <= Component.LongestOption)
        && prompt.Address.Length < CustomId.Limit - 2;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
