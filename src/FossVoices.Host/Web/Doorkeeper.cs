using System.Threading.RateLimiting;
using FossVoices.Channels;
using FossVoices.Fieldwork;

namespace FossVoices.Host.Web;

/// <summary>How much may be said at once, and how fast after that.</summary>
/// <param name="Person">What one person may say in a burst.</param>
/// <param name="PersonAfter">And then in each period.</param>
/// <param name="Place">What may come from one place in a burst, looks included: a network's address in the web, a person in a chat.</param>
/// <param name="Codes">Codes that may be tried from one place in a minute.</param>
internal sealed record Limits(int Person, int PersonAfter, int Place, int PlaceAfter, TimeSpan Period, int Codes)
{
    /// <summary>Far above what people do, and far below what would make others wait.</summary>
    public static Limits Usual { get; } = new(Person: 60, PersonAfter: 10, Place: 600, PlaceAfter: 100, TimeSpan.FromSeconds(1), Codes: 10);
}

/// <summary>
/// Stands before the conversation, the same for every platform: whoever says more than anybody can read is asked to wait, before anything is looked up or
/// queued, so that the others do not notice. Nothing is kept of what is turned away, and the person is told so.
/// </summary>
/// <param name="conversationOf">By study: the demo has a conversation of its own.</param>
internal sealed class Doorkeeper(Func<string, Conversation> conversationOf, OpenStudies studies, Limits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<Incoming> _talk = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Incoming, string>(said => said.Said is Said.Hello
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter($"{said.Person.Platform}|{said.Person.Id}", _ => Bucket(limits.Person, limits.PersonAfter, limits.Period))),
        // In the web anybody can be a thousand people. A chat platform answers for who is who, and a whole community may press Start in one channel at once.
        PartitionedRateLimiter.Create<Incoming, string>(said => RateLimitPartition.GetTokenBucketLimiter(
            $"{said.Place.Platform}|{(said.Place.Platform == Place.Web ? said.Place.Id : said.Person.Id)}", _ => Bucket(limits.Place, limits.PlaceAfter, limits.Period))));

    private readonly PartitionedRateLimiter<Incoming> _codes = PartitionedRateLimiter.Create<Incoming, string>(said => RateLimitPartition.GetFixedWindowLimiter(
        said.Place.Platform == Place.Web ? said.Place.Id : $"{said.Person.Platform}|{said.Person.Id}",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.Codes, Window = TimeSpan.FromMinutes(1) }));

    public async Task<Outcome> HearAsync(Incoming said, CancellationToken cancellationToken)
    {
        using var talk = _talk.AttemptAcquire(said);
        if (!talk.IsAcquired)
            return new Outcome.Unavailable(Say(said, "too_fast"));
        if (said.Said is Said.Hello { Code.Length: > 0 } or Said.Agree { Code.Length: > 0 } or Said.Attest)
        {
            using var tried = _codes.AttemptAcquire(said);
            if (!tried.IsAcquired)
                return new Outcome.Unavailable(Say(said, "too_many_codes"));
        }

        return await conversationOf(said.Study).HearAsync(said, cancellationToken);
    }

    public void Dispose()
    {
        _talk.Dispose();
        _codes.Dispose();
    }

    private string Say(Incoming said, string key) => Sentences.Say(studies.Find(said.Study)?.Study.In(said.Locale).Language, key);

    private static TokenBucketRateLimiterOptions Bucket(int burst, int after, TimeSpan period) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = after,
        ReplenishmentPeriod = period,
        AutoReplenishment = true,
    };
}
