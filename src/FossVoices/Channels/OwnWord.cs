using System.Collections.Immutable;
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
    /// <summary>As it is kept.</summary>
    public string Text => string.Concat(Parts.Select(part => part.Text));

    /// <summary>As others would see it.</summary>
    public string Shown => string.Concat(Parts.Select(part => part.Hidden ? "[…]" : part.Text));

    internal static string IdOf(string session, string address) => $"{session}~{address}";

    internal static (string Session, string Address)? TryRead(string id) =>
        id.Split('~', 2) is [{ Length: > 0 } session, { Length: > 0 } address] ? (session, address) : null;
}

/// <summary>A release that the study offers, with what it is called.</summary>
public sealed record ReleaseOffered(Release Release, string Label);
