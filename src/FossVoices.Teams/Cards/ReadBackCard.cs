using System.Globalization;
using FossVoices.Channels;
using FossVoices.Reports;
using static FossVoices.Reports.CardElement;

namespace FossVoices.Teams.Cards;

/// <summary>What becomes of a question's card when it is answered: one line that reads the answer back, and a way to change it.</summary>
internal static class ReadBackCard
{
    private const int LongestAnswer = 400;
    private const int LongestAsk = 120;

    public static Card Of(Desk desk, Taken taken) => Card.Of(
        desk, Line(desk, taken),
        [Text(desk.Say("read_back_ask", ("number", Number(taken.Number)), ("about", Number(taken.About)), ("ask", Shortened.To(taken.Ask, LongestAsk))), subtle: true), Text(AnswerOf(desk, taken), bold: true)],
        Element.Button(desk, desk.Say("change"), Act.Change, about: taken.Address));

    /// <summary>To a click on a card that was answered before, here or on another device.</summary>
    public static Card Late(Desk desk, Taken? taken) => Card.Of(
        desk, desk.Say("answered_already"),
        [
            Text(desk.Say("answered_already")),
            .. taken is null ? [] : new[] { Text(Line(desk, taken), bold: true) },
        ],
        [
            Element.Button(desk, desk.Say("onward"), Act.Show),
            .. taken is null ? [] : new[] { Element.Button(desk, desk.Say("change"), Act.Change, about: taken.Address) },
        ]);

    public static string Line(Desk desk, Taken taken) =>
        desk.Say("read_back", ("number", Number(taken.Number)), ("about", Number(taken.About)), ("answer", AnswerOf(desk, taken)));

    private static string AnswerOf(Desk desk, Taken taken) => taken.Answer.Length == 0 ? desk.Say("skipped") : Shortened.To(taken.Answer, LongestAnswer);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
