using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Flows;
using FossVoices.Reports;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>One question: where one is, what is to be read before it, the question as the label of its input, and the ways onward. Every answer can be typed as well.</summary>
internal static class QuestionCard
{
    /// <summary>A ranking of more places is typed, by number.</summary>
    public const int MostPlaces = 5;

    /// <param name="readBack">What was typed last, to be read back; null where a card of its own does that.</param>
    public static Card Of(Desk desk, Outcome.Question question, Taken? readBack = null) => Card.Fitting(most => Of(desk, question, readBack, most));

    private static Card Of(Desk desk, Outcome.Question question, Taken? readBack, int most)
    {
        var prompt = question.Prompt;
        var ask = Shortened.To(prompt.Ask, most);
        var progress = desk.Say("progress", ("number", Number(prompt.Number)), ("about", Number(Math.Max(prompt.Number, prompt.About))));
        var body = new List<JsonObject>();
        if (readBack is not null)
            body.Add(Text(ReadBackCard.Line(desk, readBack), subtle: true));
        if (question.Receipt is { } receipt)
            body.AddRange([Text(desk.Say("receipt", ("receipt", receipt)), bold: true), Text(desk.Say("receipt_keep"))]);
        if (question.Note is { } note)
            body.Add(Text($"⚠️ {note}", bold: true));
        body.AddRange(prompt.Before.SelectMany(line => Paragraphs(line, most)));
        body.Add(Heading(progress, "Medium"));
        if (prompt.Earlier is Value.Skipped)
            body.Add(Text(desk.Say("skipped_before"), subtle: true));
        body.AddRange(Inputs(desk, prompt, ask, most));
        body.Add(Text(desk.Say(prompt.Control is Control.Write or Control.Count ? "or_type" : prompt.Control is Control.OneOf ? "or_type_one" : "or_type_some"), subtle: true));
        return Card.Of(desk, Summary(question, progress), body, Ways(desk, question));
    }

    public static IEnumerable<JsonObject> Paragraphs(string text, int most = int.MaxValue) =>
        Shown(text, most).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => Text(line));

    private static string Shown(string text, int most) => text.Length <= most ? text : Shortened.To(text, most);

    private static string Summary(Outcome.Question question, string progress) => $"{(question.Note is { } note ? $"{note} " : "")}{progress}: {question.Prompt.Ask}";

    private static IEnumerable<JsonObject> Inputs(Desk desk, Prompt prompt, string ask, int most)
    {
        switch (prompt.Control)
        {
            case Control.OneOf(var options, var apart, _):
                yield return Element.Choices(
                    Given.Choice, ask, Labels(apart is null ? options : options.Add(apart), most), value: Earlier(prompt.Earlier), error: desk.Say("choose_one"));
                break;
            case Control.SomeOf(var options, var least, var limit):
                yield return Element.Choices(
                    Given.Choice, $"{ask} {desk.Say("choose_several", ("least", Number(Math.Max(least, 1))), ("most", Number(Math.Min(limit, options.Length))))}", Labels(options, most),
                    several: true, value: Earlier(prompt.Earlier), error: desk.Say("choose_some"));
                break;
            case Control.Order(var options, var top) when top <= MostPlaces:
                yield return Text(ask, bold: true);
                yield return Text(desk.Say("rank", ("top", Number(top))), subtle: true);
                var ranked = Earlier(prompt.Earlier)?.Split(',') ?? [];
                for (var place = 0; place < top; place++)
                {
                    yield return Element.Choices(
                        $"{Given.Place}{Number(place)}", desk.Say("place", ("number", Number(place + 1))), Labels(options, most), compact: true,
                        value: place < ranked.Length ? ranked[place] : null, error: place == 0 ? desk.Say("choose_first") : null);
                }

                break;
            case Control.Order(var options, var top):
                yield return Text(ask, bold: true);
                for (var i = 0; i < options.Length; i++)
                    yield return Text($"{Number(i + 1)}) {Shortened.To(options[i].Label, most)}");
                yield return Element.Words(Given.Words, desk.Say("rank_typed", ("top", Number(top))), 1000, isLong: false, error: desk.Say("choose_first"));
                break;
            case Control.Count(var least, var limit, var unit):
                yield return Element.Number(
                    Given.Number, unit is null ? ask : $"{ask} ({unit})", least, limit, (prompt.Earlier as Value.Quantity)?.Of,
                    desk.Say("range", ("least", Amount(least)), ("most", Amount(limit))));
                break;
            case Control.Write(var hint):
                yield return Element.Words(
                    Given.Words, ask, FlowEngine.LongestAnswer, isLong: true, (prompt.Earlier as Value.Words)?.Text is { } words ? Shown(words, most) : null, hint is null ? null : Shortened.To(hint, Math.Min(most, 500)),
                    desk.Say("write_some"));
                break;
            default:
                throw new System.Diagnostics.UnreachableException(prompt.Control.GetType().Name);
        }
    }

    private static IEnumerable<JsonObject> Ways(Desk desk, Outcome.Question question)
    {
        var (asked, prompt) = (question.Asked, question.Prompt);
        yield return Element.Button(desk, desk.Say("answer"), Act.Answer, asked, takesInputs: true, style: "positive");
        if (prompt.CanGoBack)
            yield return Element.Button(desk, desk.Say("back"), Act.Back, asked);
        yield return Element.Button(desk, desk.Say("skip"), Act.Skip, asked);
        yield return Element.Button(desk, desk.Say("pause"), Act.Pause, asked);
        if (PageCard.IsWorthIt(question))
            yield return Element.Button(desk, desk.Say("several"), Act.Several);
    }

    private static IEnumerable<(string, string)> Labels(ImmutableArray<Option> options, int most) => options.Select(option => (option.Id, Shortened.To(option.Label, most)));

    private static string? Earlier(Value? value) => value switch
    {
        Value.Option(var id) => id,
        Value.Options(var ids) => string.Join(',', ids),
        Value.Point(var point) => Number(point),
        Value.DontKnow => Reply.DontKnow,
        _ => null,
    };

    private static string Amount(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
