using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Reports;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>Several simple questions on one card. It is offered, never demanded; one that is left open is skipped.</summary>
internal static class PageCard
{
    /// <summary>Fewer are asked as fast one by one.</summary>
    public const int Least = 3;

    public static bool IsWorthIt(Outcome.Question question) => question.Alongside.Length + 1 >= Least;

    public static Card Of(Desk desk, Outcome.Question question) => Card.Fitting(most =>
    {
        ImmutableArray<Prompt> page = [question.Prompt, .. question.Alongside];
        var head = desk.Say("page", ("from", Number(page[0].Number)), ("to", Number(page[^1].Number)), ("about", Number(Math.Max(page[^1].Number, page[^1].About))));
        return Card.Of(
            desk, head,
            [
                .. question.Note is { } note ? [Text($"⚠️ {note}", bold: true)] : Array.Empty<JsonObject>(),
                Heading(head, "Medium"),
                Text(desk.Say("page_open"), subtle: true),
                .. page.SelectMany((prompt, i) => Question(prompt, i, most)),
            ],
            Element.Button(desk, desk.Say("answer_all"), Act.Together, question.Asked, takesInputs: true, style: "positive"),
            Element.Button(desk, desk.Say("one_by_one"), Act.Show),
            Element.Button(desk, desk.Say("pause"), Act.Pause, question.Asked));
    });

    /// <summary>What was chosen, question by question: inputs are named after their place and address, and one that is missing was left open.</summary>
    /// <param name="asked">The questions of the page, in their order.</param>
    public static ImmutableArray<PartReply> Read(Outcome.Question asked, ImmutableDictionary<string, string> inputs) =>
    [
        .. asked.Alongside.Prepend(asked.Prompt).Select((prompt, i) => new PartReply(
            prompt.Address, inputs.TryGetValue(IdOf(prompt, i), out var chosen) && chosen.Length > 0 ? new Reply.Chose(Given.Several(chosen)) : new Reply.Skip())),
    ];

    private static IEnumerable<JsonObject> Question(Prompt prompt, int place, int most) =>
    [
        .. prompt.Before.SelectMany(line => QuestionCard.Paragraphs(line, most)),
        Element.Choices(
            IdOf(prompt, place), Shortened.To(prompt.Ask, most), OptionsOf(prompt.Control).Select(option => (option.Id, Shortened.To(option.Label, most))),
            several: prompt.Control is Control.SomeOf),
    ];

    private static ImmutableArray<Option> OptionsOf(Control control) => control switch
    {
        Control.OneOf(var options, { } apart, _) => options.Add(apart),
        Control.OneOf(var options, _, _) => options,
        Control.SomeOf(var options, _, _) => options,
        _ => [],
    };

    private static string IdOf(Prompt prompt, int place) => $"{Number(place)}.{prompt.Address}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
