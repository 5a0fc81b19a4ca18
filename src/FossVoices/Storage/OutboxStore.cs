using FossVoices.Channels;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// What is to be said unasked waits here until it is known to have arrived, or known not to. Claiming is a write, so two senders never hold the same
/// post, nor two posts to one place.
/// </summary>
internal sealed class OutboxStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>For how long a claim holds. A sender gives up well before.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string Stopped = "The program was stopped while it was being sent.";

    /// <summary>Puts a post in. False where it is there already, or its place or person can't be written to.</summary>
    public Task<bool> QueueAsync(string study, OutboxPost post, CancellationToken cancellationToken) =>
        writer.WriteAsync(transaction => QueueAsync(transaction, study, database.StudyKey(study), post, time.GetUtcNow()), cancellationToken);

    /// <summary>As above, together with whatever else the transaction keeps.</summary>
    public static async Task<bool> QueueAsync(SqliteTransaction transaction, string study, byte[] studyKey, OutboxPost post, DateTimeOffset now) =>
        await transaction.ExecuteAsync(
            $"""
            insert into outbox (study, post, kind, subject, platform, place, session, edits, state, created_at, not_before, expires_at)
            select @study, @id, @kind, @Subject, platform, @Place, @Session, @Edits, 'waiting', @now, @notBefore, @until
              from {(post.Place is null ? "contact where study = @study and session = @Session" : "place where study = @study and place = @Place and gone_at is null")}
            on conflict (study, post) do nothing
            """,
            new
            {
                study,
                id = post.Id(studyKey),
                kind = NameOf(post.Kind),
                post.Subject,
                post.Place,
                post.Session,
                post.Edits,
                now = now.ToUnixTimeMilliseconds(),
                notBefore = post.NotBefore.ToUnixTimeMilliseconds(),
                until = post.Until.ToUnixTimeMilliseconds(),
            }) == 1;

    /// <summary>Takes out of the outbox what has not been sent yet of one kind and subject. Returns how many.</summary>
    public Task<int> CancelAsync(string study, PostKind kind, string subject, string why, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync(
            "update outbox set state = 'cancelled', reason = @why, done_at = @at where study = @study and kind = @kind and subject = @subject and state = 'waiting'",
            new { study, kind = NameOf(kind), subject, why, at = Now }),
        cancellationToken);

    /// <summary>Claims what is due, at most one post for each place.</summary>
    /// <param name="platforms">The platforms that can be spoken to, with how long each knows a nonce.</param>
    public Task<IReadOnlyList<Claimed>> ClaimAsync(IReadOnlyDictionary<string, TimeSpan> platforms, int atMost, CancellationToken cancellationToken) =>
        writer.WriteAsync<IReadOnlyList<Claimed>>(
            async transaction =>
            {
                var claimed = new List<Claimed>();
                foreach (var (platform, knowsNonce) in platforms.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    await SettleAsync(transaction, platform, knowsNonce);
                    foreach (var row in await transaction.ListAsync<Due>(DueNow, new { platform, now = Now, atMost = atMost - claimed.Count }))
                        claimed.Add(await ClaimAsync(transaction, row));
                }

                return claimed;
            },
            cancellationToken);

    /// <summary>Keeps what became of a claimed post. False where the claim was lost meanwhile: then nothing is kept.</summary>
    /// <param name="wait">How long to wait before the next try, where there is one.</param>
    /// <param name="knowsNonce">How long the platform takes the same nonce for the same message.</param>
    public Task<bool> SettleAsync(Claimed post, Arrival arrival, TimeSpan wait, TimeSpan knowsNonce, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var row = new
            {
                post.Study,
                post.Id,
                post.Attempt,
                now = Now,
                next = Now + (long)wait.TotalMilliseconds,
                window = (long)knowsNonce.TotalMilliseconds,
                isEdit = post.IsEdit ? 1 : 0,
                reason = arrival switch { Arrival.Refused(_, var why) => why, Arrival.Later(_, var why) => why, Arrival.Unknown(var why) => why, _ => "" },
                message = arrival is Arrival.Delivered { Message: { Length: > 0 } message }
                    ? AddressSeal.Seal(database.StudyKey(post.Study), post.Study, $"message|{post.Id}", message)
                    : null,
            };
            var kept = await transaction.ExecuteAsync(
                $"""
                update outbox set {arrival switch
                {
                    Arrival.Delivered => "state = 'sent', reason = '', doubt_since = null, done_at = @now, message = @message",
                    Arrival.Refused => "state = 'failed', reason = @reason, done_at = @now",
                    Arrival.Later => "state = 'waiting', reason = @reason, not_before = @next",
                    // An edit may be done twice, and so may a message whose nonce is still known; anything else would risk a second one.
                    _ => """
                         state = case when @isEdit = 1 or coalesce(doubt_since, claimed_at) + @window > @next then 'waiting' else 'unknown' end,
                         done_at = case when @isEdit = 1 or coalesce(doubt_since, claimed_at) + @window > @next then null else @now end,
                         reason = @reason, not_before = @next, doubt_since = coalesce(doubt_since, claimed_at)
                         """,
                }}
                 where study = @Study and post = @Id and state = 'sending' and attempts = @Attempt
                """,
                row);
            if (kept != 1)
                return false;

            if (arrival is Arrival.Refused(Hindrance.PlaceGone or Hindrance.Forbidden, var gone)
                && await transaction.FindAsync<string>("select place from outbox where study = @Study and post = @Id", row) is { } place)
            {
                await PlaceStore.ForgetAsync(transaction, post.Study, place, gone, time.GetUtcNow());
            }

            if (post.Kind == PostKind.Reminder && arrival is not Arrival.Later)
                await transaction.ExecuteAsync("delete from contact where study = @Study and session = @Session", new { post.Study, post.Session });
            return true;
        },
        cancellationToken);

    /// <summary>There is nothing left to say in a claimed post.</summary>
    public Task CancelAsync(Claimed post, string why, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(
                "update outbox set state = 'cancelled', reason = @why, done_at = @now where study = @Study and post = @Id and state = 'sending' and attempts = @Attempt",
                new { post.Study, post.Id, post.Attempt, why, now = Now });
            return post.Kind == PostKind.Reminder
                ? await transaction.ExecuteAsync("delete from contact where study = @Study and session = @Session", new { post.Study, post.Session })
                : 0;
        },
        cancellationToken);

    /// <summary>How many posts are in which state, with their last failure.</summary>
    /// <param name="study">Null for all studies.</param>
    public Task<IReadOnlyList<OutboxCount>> CountAsync(string? study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<OutboxCount>>(
        async moment => await moment.ListAsync<OutboxCount>(
            """
            select study as Study, kind as Kind, state as State, reason as Reason, count(*) as Posts from outbox
             where @study is null or study = @study
             group by study, kind, state, reason
             order by study, kind, state, reason
            """,
            new { study }),
        cancellationToken);

    /// <summary>Forgets posts that are over and done with since before a time. Reports stay, since they may have to be edited; so do reminders, which come once.</summary>
    public Task<int> ForgetAsync(string study, DateTimeOffset doneBefore, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync(
            "delete from outbox where study = @study and done_at < @before and kind in ('notice', 'feedback')",
            new { study, before = doneBefore.ToUnixTimeMilliseconds() }),
        cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The oldest due post for each place or person to whom nothing is under way.</summary>
    private const string DueNow = """
        select study as Study, post as Id, kind as Kind, subject as Subject, platform as Platform, place as Place, session as Session, edits as Edits, attempts as Attempts
          from (select o.*, row_number() over (partition by study, coalesce(place, session) order by created_at, post) as turn
                  from outbox o
                 where o.platform = @platform and o.state = 'waiting' and o.not_before <= @now
                   and not exists (select 1 from outbox other where other.study = o.study and other.state = 'sending'
                                      and coalesce(other.place, other.session) = coalesce(o.place, o.session))) due
         where turn = 1
         order by created_at, post
         limit @atMost
        """;

    /// <summary>Ends the claims of senders that are gone, and posts whose time is over.</summary>
    private async Task SettleAsync(SqliteTransaction transaction, string platform, TimeSpan knowsNonce)
    {
        var row = new
        {
            platform,
            now = Now,
            Stopped,
            lost = Now - (long)Lease.TotalMilliseconds,
            doubted = Now - (long)knowsNonce.TotalMilliseconds,
        };
        // What was under way may have arrived.
        await transaction.ExecuteAsync(
            """
            update outbox set state = 'waiting', reason = @Stopped, doubt_since = coalesce(doubt_since, claimed_at)
             where platform = @platform and state = 'sending' and claimed_at <= @lost
            """,
            row);
        await transaction.ExecuteAsync(
            "update outbox set state = 'unknown', done_at = @now where platform = @platform and state = 'waiting' and edits is null and doubt_since <= @doubted", row);
        await transaction.ExecuteAsync(
            """
            update outbox set state = case when doubt_since is null or edits is not null then 'failed' else 'unknown' end, done_at = @now,
                              reason = case when reason = '' then 'It could not be sent in time.' else reason end
             where platform = @platform and state = 'waiting' and expires_at <= @now
            """,
            row);
        await transaction.ExecuteAsync(
            """
            delete from contact where platform = @platform
               and not exists (select 1 from outbox o where o.study = contact.study and o.session = contact.session and o.kind = 'reminder' and o.state in ('waiting', 'sending'))
            """,
            row);
    }

    private async Task<Claimed> ClaimAsync(SqliteTransaction transaction, Due due)
    {
        await transaction.ExecuteAsync(
            "update outbox set state = 'sending', claimed_at = @now, attempts = attempts + 1 where study = @Study and post = @Id", new { due.Study, due.Id, now = Now });
        var message = due.Edits is null
            ? null
            : await transaction.FindAsync<byte[]>("select message from outbox where study = @Study and post = @Edits and message is not null", new { due.Study, due.Edits });
        return new Claimed(
            due.Study, due.Id, KindOf(due.Kind), due.Subject, due.Platform, due.Session, await AddressAsync(transaction, due), due.Attempts + 1, due.Edits is not null,
            message is null ? null : AddressSeal.Open(database.StudyKey(due.Study), due.Study, $"message|{due.Edits}", message));
    }

    private async Task<string?> AddressAsync(SqliteTransaction transaction, Due due)
    {
        if (due.Place is { } place)
        {
            return await transaction.FindAsync<byte[]>("select address from place where study = @Study and place = @place and address is not null", new { due.Study, place }) is { } address
                ? AddressSeal.Open(database.StudyKey(due.Study), due.Study, place, address)
                : null;
        }

        return await ContactRow.FindAsync(transaction, database.Vault, due.Study, due.Session!);
    }

    private static string NameOf(PostKind kind) => kind switch
    {
        PostKind.Invitation => "invitation",
        PostKind.Report => "report",
        PostKind.Reminder => "reminder",
        PostKind.Feedback => "feedback",
        _ => "notice",
    };

    private static PostKind KindOf(string name) => name switch
    {
        "invitation" => PostKind.Invitation,
        "report" => PostKind.Report,
        "reminder" => PostKind.Reminder,
        "feedback" => PostKind.Feedback,
        _ => PostKind.Notice,
    };

    private sealed record Due
    {
        public string Study { get; init; } = "";

        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Subject { get; init; } = "";

        public string Platform { get; init; } = "";

        public string? Place { get; init; }

        public string? Session { get; init; }

        public string? Edits { get; init; }

        public int Attempts { get; init; }
    }
}
