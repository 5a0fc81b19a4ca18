using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Exchange;

/// <summary>A memo or a claim as a note of a REFI-QDA project: a text of its own, which the sources it is about refer to.</summary>
/// <param name="Author">Whose it is, by name.</param>
/// <param name="About">The sessions of the sources, by the export's names.</param>
internal sealed record RefiNote(Guid Guid, string Name, string Author, string Text, bool IsClaim, ImmutableArray<string> About)
{
    private const int LongestName = 60;

    /// <param name="sources">Notes about what is not among them are left out; a claim stays.</param>
    public static ImmutableArray<RefiNote> Of(Exported study, ImmutableArray<RefiSource> sources)
    {
        var there = sources.Select(source => source.Session.Session.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. sources.SelectMany(source => source.Session.Noted.Where(memo => source.Has(memo.Address)).Select(memo => new RefiNote(
                RefiId.Of("memo", study.Study, source.Session.Session.Id, memo.Address, memo.Coder),
                $"Memo on {memo.Address} in {source.Session.Session.Id}, {memo.Coder}", memo.Coder,
                $"[{memo.Address}]\n{PlainText.Of(memo.Text)}\n", IsClaim: false, [source.Session.Session.Id]))),
            .. study.Claims.Select((claim, i) => new RefiNote(
                RefiId.Of("claim", study.Study, claim.Id),
                string.Create(CultureInfo.InvariantCulture, $"Claim {i + 1}: {Beginning(claim.Text)}"), claim.MadeBy, TextOf(claim), IsClaim: true,
                [.. claim.Cited.Select(cited => cited.Session).Where(there.Contains).Distinct(StringComparer.Ordinal)])),
        ];
    }

    private static string TextOf(ExportedClaim claim) => claim.Cited.IsEmpty
        ? $"{PlainText.Of(claim.Text)}\n"
        : $"{PlainText.Of(claim.Text)}\n\nRests on:\n{string.Concat(claim.Cited.Select(cited => $"{cited.Session} [{cited.Address}]\n"))}";

    private static string Beginning(string text)
    {
        var line = PlainText.Of(text).Split('\n')[0];
        return PlainText.Length(line) <= LongestName ? line : string.Concat(line.EnumerateRunes().Take(LongestName)) + "…";
    }
}
