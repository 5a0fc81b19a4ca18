using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Storage;

/// <summary>What a post is about; with the subject, all that is stored of what it says.</summary>
internal enum PostKind
{
    /// <summary>The subject is the flow.</summary>
    Invitation,

    /// <summary>The subject is a snapshot: <c>SERIES#NUMBER</c>.</summary>
    Report,

    /// <summary>The subject is the flow; the session says whose.</summary>
    Reminder,

    /// <summary>The subject is the id of what somebody wrote to the organisers.</summary>
    Feedback,

    /// <summary>The subject is the key of one of the program's own sentences.</summary>
    Notice,
}

/// <summary>A post to be put into the outbox.</summary>
/// <param name="Subject">What it is about, by reference; see <see cref="PostKind"/>. Never anybody's words.</param>
/// <param name="Place">The key of the place it goes to (<see cref="PlaceStore.RememberAsync"/>); null where it goes to the person of <paramref name="Session"/>.</param>
/// <param name="Session">The person it goes to; with a place, whose withdrawal takes it out of the outbox. Null for nobody's.</param>
/// <param name="NotBefore">When it is due.</param>
/// <param name="Until">When it is not worth sending any more.</param>
/// <param name="Once">Whatever makes it the same post: queued twice under one text, it is sent once.</param>
/// <param name="Edits">The id of the post it takes the place of; null for a new one.</param>
internal sealed record OutboxPost(
    PostKind Kind, string Subject, string? Place, string? Session, DateTimeOffset NotBefore, DateTimeOffset Until, string Once, string? Edits = null)
{
    /// <summary>24 hex digits, short enough for any platform's nonce; says nothing without the key.</summary>
    public string Id(ReadOnlySpan<byte> studyKey) => IdOf(studyKey, Once);

    public static string IdOf(ReadOnlySpan<byte> studyKey, string once) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"post|{once}")).AsSpan(0, 12));

    /// <summary>The subject of a report.</summary>
    public static string Snapshot(string series, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{series}#{number}");

    /// <summary>Reads the subject of a report; null where it is none.</summary>
    public static (string Series, int Number)? ReadSnapshot(string subject) =>
        subject.Split('#') is [var series, var number] && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n)
            ? (series, n)
            : null;
}

/// <summary>A post that one sender holds for a while, to send it.</summary>
/// <param name="Address">Where it goes; null where that is forgotten or can't be read.</param>
/// <param name="Attempt">Counts the tries; what a sender does after losing its hold is discarded by it.</param>
/// <param name="Edits">The platform's id of the message to be edited; null for a new message.</param>
/// <param name="IsEdit">Whether it takes the place of another post, known or not.</param>
internal sealed record Claimed(
    string Study, string Id, PostKind Kind, string Subject, string Platform, string? Session, string? Address, int Attempt, bool IsEdit, string? Edits);

/// <summary>How many posts are in which state, and why.</summary>
/// <param name="State"><c>waiting</c>, <c>sending</c>, <c>sent</c>, <c>failed</c>, <c>unknown</c> or <c>cancelled</c>.</param>
/// <param name="Reason">The last failure of those in it; empty where there was none.</param>
internal sealed record OutboxCount(string Study, string Kind, string State, string Reason, long Posts);
