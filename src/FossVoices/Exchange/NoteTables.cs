using System.Collections.Immutable;

namespace FossVoices.Exchange;

/// <summary>What researchers noted about answers, and what they conclude from them.</summary>
internal static class NoteTables
{
    public static Table Memos(Exported study) => new(
        "memos",
        ["session", "person", "side", "flow", "address", "coder", "memo"],
        study.Sessions.SelectMany(session => session.Noted.Select(memo => (ImmutableArray<Cell>)
            [session.Session.Id, session.Session.Respondent, session.Side, session.Session.Flow, memo.Address, memo.Coder, memo.Text])));

    public static Table Claims(Exported study) => new(
        "claims",
        ["claim", "made_by", "text", "cites"],
        study.Claims.Select(claim => (ImmutableArray<Cell>)[claim.Id, claim.MadeBy, claim.Text, claim.Cited.Length]));

    /// <summary>A row for each answer that a claim cites.</summary>
    public static Table Citations(Exported study) => new(
        "citations",
        ["claim", "session", "address"],
        study.Claims.SelectMany(claim => claim.Cited.Select(cited => (ImmutableArray<Cell>)[claim.Id, cited.Session, cited.Address])));
}
