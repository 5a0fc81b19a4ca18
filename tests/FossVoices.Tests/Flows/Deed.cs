using CsCheck;
using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>Something that somebody does with whatever question stands: chosen before the question is known, so that it may fit it or not.</summary>
/// <param name="Kind">Which of the things.</param>
/// <param name="Number">Decides among options, points and addresses.</param>
/// <param name="Text">What is typed.</param>
internal sealed record Deed(int Kind, int Number, string Text)
{
    private static readonly string[] s_texts = ["3", "yes", "no", "1, 2", "one two three four five six", "-0", "٣", "\ud83d"];

    public static Gen<Deed> Gen { get; } = CsCheck.Gen.Select(
        CsCheck.Gen.Int[0, 13], CsCheck.Gen.Int[0, 1000],
        CsCheck.Gen.OneOf(CsCheck.Gen.String[0, 30], CsCheck.Gen.Int[0, s_texts.Length - 1].Select(i => s_texts[i])),
        (kind, number, text) => new Deed(kind, number, text));

    public void Do(Interview interview)
    {
        var addresses = interview.Flow.Steps.All.Select(s => s.Address).ToArray();
        switch (Kind)
        {
            case < 7 when interview.Prompt is { } prompt:
                interview.Does(Fitting(prompt), Heard());
                break;
            case 7:
                interview.GoesBack();
                break;
            case 8:
                interview.Changes(addresses[Number % addresses.Length]);
                break;
            case 9:
                interview.Does(Number % 3 == 0 ? new Reply.Pause() : Number % 3 == 1 ? new Reply.Resume() : new Reply.Onward());
                break;
            case 10:
                interview.Skips();
                break;
            case 11:
                interview.Chooses(Text, Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                interview.Does(new Reply.Said(Text), Heard());
                break;
        }
    }

    private Reply Fitting(Prompt prompt) => prompt.Control switch
    {
        Control.OneOf(var options, null, _) => new Reply.Chose([options[Number % options.Length].Id]),
        Control.OneOf(var options, { } apart, _) => new Reply.Chose([options.Add(apart)[Number % (options.Length + 1)].Id]),
        Control.SomeOf(var options, _, var most) => new Reply.Chose([.. options.Where((_, i) => (Number >> i) % 2 == 1).Take(most).Select(o => o.Id)]),
        Control.Order(var options, var top) => new Reply.Chose([.. options.OrderBy(o => (o.Id[^1] * Number) % 7).Take(top).Select(o => o.Id)]),
        Control.Count(var least, var most, _) => new Reply.Said($"{Math.Floor(least + ((most - least) * Number / 1000))}"),
        _ => new Reply.Said(Text),
    };

    private Heard Heard() => new([.. Written.Codes.Where((_, i) => (Number >> i) % 2 == 1).Select(c => new HeardCode(c, 0.96))], Distress: Number % 17 == 0, "test");
}
