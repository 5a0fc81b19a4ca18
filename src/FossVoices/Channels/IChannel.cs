namespace FossVoices.Channels;

/// <summary>
/// The one port: what a chat platform can be asked to do unasked by anybody there. Replies to what people do go back the way they came and are no
/// business of this. Whoever implements it switches mentions off and makes texts harmless in the platform's own markup.
/// </summary>
public interface IChannel
{
    /// <summary>The platform's name, as in <see cref="Place.Platform"/>.</summary>
    string Platform { get; }

    /// <summary>
    /// For how long after a first try the platform takes a second one with the same nonce for the same message; zero where it never does, so that
    /// whatever may have arrived is never sent again.
    /// </summary>
    TimeSpan KnowsNonce { get; }

    /// <summary>Sends a post to a place, once.</summary>
    /// <param name="address">What this implementation gave to be remembered for the place.</param>
    /// <param name="nonce">24 characters that stand for this post.</param>
    Task<Arrival> SendAsync(string address, Post post, string nonce, CancellationToken cancellationToken);

    /// <summary>Puts a post in place of one that was sent. Doing it twice is as good as once.</summary>
    /// <param name="message">The platform's id of the message, see <see cref="Arrival.Delivered"/>.</param>
    Task<Arrival> EditAsync(string address, string message, Post post, CancellationToken cancellationToken);
}

/// <summary>What became of a post on its way. The reasons are for whoever runs the program, and name no place and no person.</summary>
public abstract record Arrival
{
    private Arrival()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Message">The platform's id of the message, by which it can be edited; empty where the platform tells none.</param>
    public sealed record Delivered(string Message) : Arrival;

    /// <summary>It is not there, and trying again would not help.</summary>
    public sealed record Refused(Hindrance Hindrance, string Why) : Arrival;

    /// <summary>It is not there, for certain, and may be tried again.</summary>
    /// <param name="After">How long the platform asks to wait; null where it does not say.</param>
    public sealed record Later(TimeSpan? After, string Why) : Arrival;

    /// <summary>It may be there or not: the platform broke off, or failed after it may have taken it.</summary>
    public sealed record Unknown(string Why) : Arrival;
}

/// <summary>What stands in the way for good.</summary>
public enum Hindrance
{
    /// <summary>The place is gone.</summary>
    PlaceGone,

    /// <summary>The message to be edited is gone.</summary>
    MessageGone,

    /// <summary>The bot may not write there (any more), or the person does not want it to.</summary>
    Forbidden,

    /// <summary>The platform does not take it as it is: a fault of ours.</summary>
    Unacceptable,
}
