using System.Globalization;
using FossVoices.Flows;

namespace FossVoices.Storage;

/// <summary>A refusal as it lies in the inbox: its name, and its numbers after colons.</summary>
internal static class RefusalText
{
    public static string Of(Refusal? refusal) => refusal switch
    {
        null => "",
        Refusal.NoOption => "no_option",
        Refusal.TooFew(var least) => string.Create(CultureInfo.InvariantCulture, $"too_few:{least}"),
        Refusal.TooMany(var most) => string.Create(CultureInfo.InvariantCulture, $"too_many:{most}"),
        Refusal.Empty => "empty",
        Refusal.TooLong(var length, var most) => string.Create(CultureInfo.InvariantCulture, $"too_long:{length}:{most}"),
        Refusal.NoNumber => "no_number",
        Refusal.OutOfRange(var least, var most) => string.Create(CultureInfo.InvariantCulture, $"out_of_range:{least:R}:{most:R}"),
        Refusal.InPart(var address, var why) => $"in_part:{address}:{Of(why)}",
        Refusal.NothingBefore => "nothing_before",
        Refusal.NotAsked => "not_asked",
        Refusal.NothingOpen => "nothing_open",
        _ => throw new System.Diagnostics.UnreachableException(refusal.GetType().Name),
    };

    /// <summary>Null for an empty text, and for a name that a later version has dropped.</summary>
    public static Refusal? Read(string text) => text.Split(':') switch
    {
        ["no_option"] => new Refusal.NoOption(),
        ["too_few", var least] => new Refusal.TooFew(Whole(least)),
        ["too_many", var most] => new Refusal.TooMany(Whole(most)),
        ["empty"] => new Refusal.Empty(),
        ["too_long", var length, var most] => new Refusal.TooLong(Whole(length), Whole(most)),
        ["no_number"] => new Refusal.NoNumber(),
        ["out_of_range", var least, var most] => new Refusal.OutOfRange(Real(least), Real(most)),
        ["in_part", var address, .. var why] => Read(string.Join(':', why)) is { } inner ? new Refusal.InPart(address, inner) : null,
        ["nothing_before"] => new Refusal.NothingBefore(),
        ["not_asked"] => new Refusal.NotAsked(),
        ["nothing_open"] => new Refusal.NothingOpen(),
        _ => null,
    };

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
