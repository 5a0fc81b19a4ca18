using System.Globalization;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary>What is said of the outbox: how much waits, what failed and why, and what nobody knows of whether it arrived.</summary>
internal static class OutboxWords
{
    public static IEnumerable<string> Of(IEnumerable<OutboxCount> posts)
    {
        foreach (var post in posts.Where(post => post.State is not ("sent" or "cancelled")))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{post.Posts} {post.Kind}: ") + (post.State, post.Reason) switch
            {
                ("waiting", "") => "waits to be sent.",
                ("waiting", var why) => $"waits to be tried again. {why}",
                ("sending", _) => "is under way.",
                ("unknown", var why) => $"may have arrived or not, and is not sent again by itself: please look there. {why}",
                (_, var why) => $"was not sent. {why}",
            };
        }
    }
}
