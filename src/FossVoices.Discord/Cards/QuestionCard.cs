using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;

namespace FossVoices.Discord.Cards;

/// <summary>
/// One question: where one is, what is to be read before it, the question itself, one row of choices and one of ways onward. What is too
/// long for a button or a list stands in full in the text, so that nobody chooses what cannot be read.
/// </summary>
internal static class QuestionCard
{
    public static Card Of(Desk desk, Outcome.Question question)
    {
        var prompt = question.Prompt;
        var (rows, hint) = Controls(desk, question.Asked, prompt);
        var text = new List<string>();
        if (question.Receipt is { } receipt)
            text.Add(desk.Say("receipt", ("receipt", receipt)));
        if (question.Note is { } note)
            text.Add($"⚠️ {Desk.Plain(note)}");
        text.AddRange(prompt.Before.Select(Desk.Plain));
        text.Add($"-# {desk.Say("progress", ("number", Number(prompt.Number)), ("about", Number(prompt.About)))}\n### {Heading(prompt.Ask)}");
        text.Add(string.Join('\n', Lines(desk, prompt).Append(hint).Where(line => line.Length > 0)));
        return Card.Of(text, [.. rows, Onward(desk, question)]);
    }

    /// <summary>Options that a button or a list cannot hold are read in the text, by number.</summary>
    internal static bool AreLong(ImmutableArray<Option> options) => options.Any(o => o.Label.Length > Component.LongestOption);

    /// <summary>The form to write an answer in, or to put options in order.</summary>
    public static JsonObject Form(Desk desk, Outcome.Question question, string once)
    {
        // Phones remember what a form with the same id held before, so every opening has an id of its own.
        var id = desk.Id(Act.Send, question.Asked).ToString();
        var prompt = question.Prompt;
        JsonNode[] inputs = prompt.Control is Control.Order { Top: <= Component.MostInputs } order && Listable(order.Options)
            ? [.. Enumerable.Range(0, order.Top).Select(place => Component.Label(
                desk.Say("place", ("number", Number(place + 1))),
                Component.Select($"place{place}", Labels(order.Options), 0, desk.Say("list"), least: place == 0 ? 1 : 0, chosen: Earlier(prompt, order.Options, place))))]
            : [Component.Label(desk.Say("your_answer"), Written(prompt), Description(desk, prompt))];
        return new JsonObject
        {
            ["type"] = 9,
            ["data"] = new JsonObject
            {
                ["custom_id"] = $"{once}.{id}",
                ["title"] = Component.Cut(question.Title, Component.LongestLabel),
                ["components"] = new JsonArray([Component.Text(Component.Cut(Desk.Plain(prompt.Ask), Component.LongestText)), .. inputs]),
            },
        };
    }

    /// <summary>Whether a question is answered in a form of its own rather than on the card.</summary>
    public static bool NeedsForm(Control control) => control switch
    {
        Control.Write or Control.Count or Control.Order => true,
        Control.SomeOf some => some.Options.Length > Component.MostOptions,
        _ => false,
    };

    private static (ImmutableArray<JsonObject> Rows, string Hint) Controls(Desk desk, Asked asked, Prompt prompt)
    {
        switch (prompt.Control)
        {
            case Control.OneOf(var options, _, _) when options.Length <= Component.MostButtons && options.All(o => o.Label.Length <= Component.LongestButton):
                var earlier = prompt.Earlier is { } value ? Chosen(value, options) : [];
                return ([Component.Row(options.Select((o, i) => Component.Button(
                    o.Label, desk.Id(Act.Choose, asked, i), earlier.Contains(i) ? Component.Style.Success : Component.Style.Primary)))], desk.Say("choose_below"));
            case Control.OneOf(var options, _, _):
                return ([.. Lists(desk, asked, options, prompt.Earlier)], desk.Say("choose_below"));
            case Control.SomeOf(var options, var least, var most) when options.Length <= Component.MostOptions:
                var list = Component.Select(
                    desk.Id(Act.Select, asked).ToString(), Labels(options), 0, desk.Say("list"), Math.Max(least, 1), Math.Min(most, options.Length), Chosen(prompt.Earlier, options));
                return ([Component.Row(list)], desk.Say("choose_several", ("least", Number(Math.Max(least, 1))), ("most", Number(Math.Min(most, options.Length)))));
            case Control.Order(_, var top):
                return ([Opens("rank_button")], desk.Say("rank", ("top", Number(top))));
            case Control.Write when desk.Direct == Direct.Offered:
                var direct = Component.Button(desk.Say("direct"), desk.Id(Act.Direct, asked));
                return ([Component.Row(Component.Button(desk.Say("write"), desk.Id(Act.Write, asked), Component.Style.Primary), direct)], desk.Say("write_below", ("write", desk.Say("write"))));
            default:
                return ([Opens("write")], desk.Say(desk.Direct == Direct.Here ? "write_here" : "write_below", ("write", desk.Say("write"))));
        }

        JsonObject Opens(string key) => Component.Row(Component.Button(desk.Say(key), desk.Id(Act.Write, asked), Component.Style.Primary));
    }

    /// <summary>A long list as several, since one holds twenty-five.</summary>
    private static IEnumerable<JsonObject> Lists(Desk desk, Asked asked, ImmutableArray<Option> options, Value? earlier)
    {
        var labels = Labels(options);
        for (var from = 0; from < options.Length; from += Component.MostOptions)
        {
            var part = labels.Skip(from).Take(Component.MostOptions).ToArray();
            var placeholder = options.Length <= Component.MostOptions
                ? desk.Say("list")
                : desk.Say("list_part", ("from", part[0]), ("to", part[^1]));
            // The choice makes the ids of several lists differ, as they must within one message.
            yield return Component.Row(Component.Select(desk.Id(Act.Select, asked, from).ToString(), part, from, placeholder, chosen: Chosen(earlier, options)));
        }
    }

    private static JsonObject Onward(Desk desk, Outcome.Question question)
    {
        var (asked, prompt) = (question.Asked, question.Prompt);
        var buttons = new List<JsonObject>();
        if (prompt.Control is Control.OneOf { Apart: { } apart, Options.Length: var place })
            buttons.Add(Component.Button(apart.Label, desk.Id(Act.Choose, asked, place)));
        if (prompt.CanGoBack)
            buttons.Add(Component.Button(desk.Say("back"), desk.Id(Act.Back, asked)));
        buttons.Add(Component.Button(desk.Say("skip"), desk.Id(Act.Skip, asked)));
        buttons.Add(Component.Button(desk.Say("pause"), desk.Id(Act.Pause, asked)));
        if (PageForm.Of(question) is { IsEmpty: false } page)
            buttons.Add(Component.Button(desk.Say("page", ("count", Number(page.Length))), desk.Id(Act.Together, asked)));
        return Component.Row(buttons);
    }

    private static IEnumerable<string> Lines(Desk desk, Prompt prompt)
    {
        var options = OptionsOf(prompt.Control);
        // Lists by number where a label would be cut, and where the answer is typed or put in order by number.
        if (AreLong(options) || (prompt.Control is Control.SomeOf or Control.Order && !Listable(options)))
        {
            for (var i = 0; i < options.Length; i++)
                yield return $"{Number(i + 1)}) {Desk.Plain(options[i].Label)}";
        }

        if (prompt.Earlier is Value.Skipped)
            yield return desk.Say("skipped_before");
        else if (prompt.Earlier is Value.Words(var words))
            yield return desk.Say("answered_before", ("answer", Desk.Plain(Component.Cut(words, 300))));
    }

    internal static ImmutableArray<Option> OptionsOf(Control control) => control switch
    {
        Control.OneOf(var options, { } apart, _) => options.Add(apart),
        Control.OneOf(var options, _, _) => options,
        Control.SomeOf(var options, _, _) => options,
        Control.Order(var options, _) => options,
        _ => [],
    };

    private static JsonObject Written(Prompt prompt) => prompt.Control switch
    {
        Control.Write(var hint) => Component.Input("words", isLong: true, isRequired: true, FlowEngine.LongestAnswer, (prompt.Earlier as Value.Words)?.Text, hint),
        _ => Component.Input("words", isLong: false, isRequired: true, 1000, (prompt.Earlier as Value.Quantity)?.Of.ToString(CultureInfo.InvariantCulture), null),
    };

    private static string? Description(Desk desk, Prompt prompt) => prompt.Control switch
    {
        Control.Count(var least, var most, _) => desk.Say("range", ("least", least.ToString(CultureInfo.InvariantCulture)), ("most", most.ToString(CultureInfo.InvariantCulture))),
        Control.Order => desk.Say("type_numbers"),
        Control.SomeOf => desk.Say("type_some"),
        _ => null,
    };

    private static bool Listable(ImmutableArray<Option> options) => options.Length <= Component.MostOptions;

    /// <summary>The labels as a list shows them: with their numbers where one would be cut, for those are read in the text.</summary>
    private static string[] Labels(ImmutableArray<Option> options) =>
        AreLong(options) ? [.. options.Select((o, i) => $"{Number(i + 1)}) {o.Label}")] : [.. options.Select(o => o.Label)];

    private static int[] Chosen(Value? value, ImmutableArray<Option> options)
    {
        string[] ids = value switch
        {
            Value.Option(var id) => [id],
            Value.Options(var several) => [.. several],
            Value.Point(var point) => [Number(point)],
            _ => [],
        };
        return [.. ids.Select(id => options.ToList().FindIndex(o => o.Id == id)).Where(i => i >= 0)];
    }

    private static int[] Earlier(Prompt prompt, ImmutableArray<Option> options, int place) =>
        Chosen(prompt.Earlier, options) is var chosen && place < chosen.Length ? [chosen[place]] : [];

    /// <summary>A heading is one line.</summary>
    private static string Heading(string ask) => Reports.Markdown.Escaped(ask);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
