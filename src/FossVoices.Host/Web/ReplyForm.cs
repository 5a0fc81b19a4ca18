using FossVoices.Flows;

namespace FossVoices.Host.Web;

/// <summary>Reads what a form says as a reply.</summary>
internal static class ReplyForm
{
    /// <summary>The field names of the forms; the pages write them, and this reads them.</summary>
    public const string Do = "do", Choice = "choice", Place = "place", Text = "text", Number = "number", Asked = "asked", Delivery = "delivery";

    /// <summary>The values of <see cref="Do"/>.</summary>
    public const string Agree = "agree", Next = "next", Skip = "skip", Back = "back", Pause = "pause", Resume = "resume", Onward = "onward";

    /// <summary>The reply, or null where the form holds none.</summary>
    public static Reply? Read(IFormCollection form)
    {
        switch ((string?)form[Do])
        {
            case Skip:
                return new Reply.Skip();
            case Back:
                return new Reply.Back();
            case Pause:
                return new Reply.Pause();
            case Resume:
                return new Reply.Resume();
            case Onward:
                return new Reply.Onward();
            case null or Next:
                return Answer(form);
            default:
                return null;
        }
    }

    /// <summary>What was answered, whichever button sent it.</summary>
    public static Reply? Answer(IFormCollection form)
    {
        if (form.TryGetValue(Text, out var text))
            return new Reply.Said(text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal)); // Forms send CRLF, whatever was typed.
        if (form.TryGetValue(Number, out var number))
            return new Reply.Said(number.ToString());
        if (form.TryGetValue(Place + "1", out _))
            return new Reply.Chose([.. Places(form)]);
        return form.TryGetValue(Choice, out var choices)
            ? new Reply.Chose([.. choices.OfType<string>()])
            : form[Do] == Next ? new Reply.Chose([]) : null;
    }

    /// <summary>An option that was given two places; which of them is meant can't be told.</summary>
    public static string? RankedTwice(Reply reply) => reply is Reply.Chose(var ids)
        ? ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key
        : null;

    private static IEnumerable<string> Places(IFormCollection form)
    {
        for (var i = 1; form.TryGetValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Place}{i}"), out var chosen); i++)
        {
            if (chosen.ToString() is { Length: > 0 } id)
                yield return id;
        }
    }
}
