using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Flows;

namespace FossVoices.Channels;

/// <summary>An answer in somebody's own words, as its author sees what becomes of it.</summary>
/// <param name="Id">Names it among all that the person said in the study: <c>SESSION~ADDRESS</c>.</param>
/// <param name="Ask">What was asked.</param>
/// <param name="Parts">The words as they are kept, in parts, some of which may be hidden when they are shown.</param>
/// <param name="Name">The name that was chosen to stand under it; empty for none.</param>
/// <param name="At">When its author released it; null where nothing has been said about it.</param>
public sealed record OwnWord(string Id, string Ask, ImmutableArray<QuotePart> Parts, Release Release, string Name, DateTimeOffset? At)
{
    /// <summary>What a researcher wrote to stand in its place; null where nobody did.</summary>
    public Paraphrase? Paraphrase { get; init; }

    /// <summary>How it stands in a report that is to be posted, or was; null where it does not.</summary>
    public QuotedIn? Quoted { get; init; }

    /// <summary>Whether it is to be said yes to: a researcher's words, or its place in a report that waits.</summary>
    public bool CanAgree => Quoted is { Due: not null } || Paraphrase is { State: not "accepted" };

    /// <summary>Whether it waits for its author, who has not said yes or no yet.</summary>
    public bool Waits => Quoted is { Due: not null, Answered: false } || Paraphrase is { State: "proposed" };

    /// <summary>Whether that can be taken back.</summary>
    public bool CanRefuse => Quoted is not null || Paraphrase is { State: not "refused" };

    /// <summary>As it is kept.</summary>
    public string Text => string.Concat(Parts.Select(part => part.Text));

    /// <summary>As others would see it.</summary>
    public string Shown => string.Concat(Parts.Select(part => part.Hidden ? "[…]" : part.Text));

    internal static string IdOf(string session, string address) => $"{session}~{address}";

    internal static (string Session, string Address)? TryRead(string id) =>
        id.Split('~', 2) is [{ Length: > 0 } session, { Length: > 0 } address] ? (session, address) : null;
}

/// <summary>Words of a researcher in place of somebody's own, as their author is asked about them.</summary>
/// <param name="State"><c>proposed</c>, <c>accepted</c> or <c>refused</c>; others read it only when it is accepted.</param>
public sealed record Paraphrase(string Text, string State)
{
    /// <summary>Seven hex digits that tell this text from another one, so that a yes holds for what was read.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..7];
}

/// <summary>How own words stand in a report.</summary>
/// <param name="Shown">As others read it.</param>
/// <param name="From">Whose they are, as far as it is told.</param>
/// <param name="Due">When the report is posted at the latest; null where it has been.</param>
/// <param name="Answered">Whether their author has said yes to it.</param>
/// <param name="Reply">What the author lets stand beside it, as it was written; empty for nothing.</param>
/// <param name="ReplyShown">The same as others read it.</param>
public sealed record QuotedIn(string Shown, string From, DateTimeOffset? Due, bool Answered, string Reply, string ReplyShown);

/// <summary>A release that the study offers, with what it is called.</summary>
public sealed record ReleaseOffered(Release Release, string Label);
