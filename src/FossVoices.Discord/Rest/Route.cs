using System.Globalization;

namespace FossVoices.Discord.Rest;

/// <summary>One place of the API.</summary>
/// <param name="Template">The path with placeholders: what Discord calls the route. It holds no secret and may be logged.</param>
/// <param name="Major">The value by which Discord counts the route apart (channel, guild, or webhook with token); empty where it counts all together.</param>
/// <param name="Path">The path as requested. An interaction's token is part of it.</param>
internal sealed record Route(HttpMethod Method, string Template, string Major, string Path)
{
    /// <summary>Whether the bot's token goes with it. The webhook routes carry their own token in the path.</summary>
    public bool NeedsBot { get; private init; } = true;

    /// <summary>Interactions do not count against the global limit.</summary>
    public bool CountsGlobally { get; private init; } = true;

    /// <summary>What the body is, so that mentions can be switched off in it.</summary>
    public Carries Carries { get; private init; } = Carries.Nothing;

    public static Route BotGateway { get; } = new(HttpMethod.Get, "gateway/bot", "", "gateway/bot");

    public static Route Me { get; } = new(HttpMethod.Get, "users/@me", "", "users/@me");

    public static Route Application { get; } = new(HttpMethod.Get, "applications/@me", "", "applications/@me");

    /// <summary>Opens, or finds, the direct messages with one person.</summary>
    public static Route OpenDirectMessages { get; } = new(HttpMethod.Post, "users/@me/channels", "", "users/@me/channels") { Repeats = true };

    /// <summary>Whether doing it twice is the same as doing it once.</summary>
    public bool Repeats { get; private init; } = Method != HttpMethod.Post;

    public static Route Commands(string application) => To(HttpMethod.Put, "applications/{0}/commands", "", application);

    public static Route GuildCommands(string application, string guild) =>
        To(HttpMethod.Put, "applications/{0}/guilds/{1}/commands", guild, application, guild);

    public static Route Guild(string guild) => To(HttpMethod.Get, "guilds/{0}", guild, guild);

    public static Route Roles(string guild) => To(HttpMethod.Get, "guilds/{0}/roles", guild, guild);

    public static Route Member(string guild, string user) => To(HttpMethod.Get, "guilds/{0}/members/{1}", guild, guild, user);

    public static Route Channel(string channel) => To(HttpMethod.Get, "channels/{0}", channel, channel);

    public static Route CreateMessage(string channel) => To(HttpMethod.Post, "channels/{0}/messages", channel, channel) with { Carries = Carries.Message };

    public static Route EditMessage(string channel, string message) =>
        To(HttpMethod.Patch, "channels/{0}/messages/{1}", channel, channel, message) with { Carries = Carries.Message };

    public static Route DeleteMessage(string channel, string message) => To(HttpMethod.Delete, "channels/{0}/messages/{1}", channel, channel, message);

    /// <summary>The first answer to an interaction. It is given once: a second is refused, so it is never repeated on a guess.</summary>
    public static Route Callback(string interaction, string token) =>
        OfInteraction(HttpMethod.Post, "interactions/{0}/{1}/callback", interaction, token) with { Carries = Carries.Callback };

    public static Route FollowUp(string application, string token) =>
        OfInteraction(HttpMethod.Post, "webhooks/{0}/{1}", application, token) with { Carries = Carries.Message };

    public static Route EditOriginal(string application, string token) =>
        OfInteraction(HttpMethod.Patch, "webhooks/{0}/{1}/messages/@original", application, token) with { Carries = Carries.Message };

    public static Route EditFollowUp(string application, string token, string message) =>
        OfInteraction(HttpMethod.Patch, "webhooks/{0}/{1}/messages/{2}", application, token, message) with { Carries = Carries.Message };

    public static Route DeleteOriginal(string application, string token) =>
        OfInteraction(HttpMethod.Delete, "webhooks/{0}/{1}/messages/@original", application, token);

    private string Name { get; } = $"{Method} {Template}";

    /// <summary>Method and template: the path may hold an interaction's token.</summary>
    public override string ToString() => Name;

    private static Route OfInteraction(HttpMethod method, string template, string id, string token, params string[] more) =>
        To(method, template, $"{id}/{token}", [id, token, .. more]) with { NeedsBot = false, CountsGlobally = false };

    private static Route To(HttpMethod method, string template, string major, params string[] parts) =>
        new(method, template, major, string.Format(CultureInfo.InvariantCulture, template, [.. parts.Select(Uri.EscapeDataString)]));
}

/// <summary>What a request's body is.</summary>
internal enum Carries
{
    Nothing,
    Message,
    Callback,
}
