using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord;

/// <summary>What somebody did in Discord, as far as the bot is concerned.</summary>
/// <param name="Id">Discord's id of this event.</param>
/// <param name="User">Who did it, by Discord's own word.</param>
/// <param name="Permissions">What the person may do in this channel.</param>
/// <param name="Locale">The language of the person's Discord.</param>
/// <param name="Act">Which kind, and what belongs to it.</param>
internal sealed record UserAction(string Id, string User, string? Guild, string Channel, Permissions Permissions, string? Locale, UserAct Act)
{
    /// <summary>The ids of the person's roles in this server.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Reads an interaction; null for kinds that the bot does not know, and for what is none.</summary>
    public static UserAction? TryRead(JsonElement json)
    {
        if (ApiJson.Text(json, "id") is not { } id || Who(json) is not { } user || ActOf(json) is not { } act)
            return null;
        var permissions = json.TryGetProperty("member", out var member)
            && ulong.TryParse(ApiJson.Text(member, "permissions"), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? (Permissions)bits : Permissions.None;
        return new UserAction(id, user, ApiJson.Text(json, "guild_id"), ApiJson.Text(json, "channel_id") ?? "", permissions, ApiJson.Text(json, "locale"), act)
        {
            Roles = Strings(member, "roles"),
        };
    }

    private static string? Who(JsonElement json) =>
        (json.TryGetProperty("member", out var member) && member.TryGetProperty("user", out var user)) || json.TryGetProperty("user", out user) ? ApiJson.Text(user, "id") : null;

    /// <summary>What was done, whoever did it.</summary>
    public static UserAct? ActOf(JsonElement json)
    {
        if (!json.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            return null;
        var type = json.TryGetProperty("type", out var kind) && kind.TryGetInt32(out var number) ? number : 0;
        return type switch
        {
            2 => CommandOf(data) is { } command ? new UserAct.Command(command.Name, command.Subcommand, command.Options) : null,
            3 => new UserAct.Click(ApiJson.Text(data, "custom_id") ?? "", Strings(data, "values")),
            4 => CommandOf(data) is { } typing ? new UserAct.Typing(typing.Name, typing.Focused?.Option ?? "", typing.Focused?.Begun ?? "") : null,
            5 => new UserAct.Form(ApiJson.Text(data, "custom_id") ?? "", Fields(data), json.TryGetProperty("message", out _)),
            _ => null,
        };
    }

    private static (string Name, string Subcommand, ImmutableDictionary<string, string> Options, (string Option, string Begun)? Focused)? CommandOf(JsonElement data)
    {
        if (ApiJson.Text(data, "name") is not { } name)
            return null;
        var (subcommand, options) = ("", Elements(data, "options"));
        if (options is [var only] && only.TryGetProperty("type", out var type) && type.TryGetInt32(out var kind) && kind == 1)
            (subcommand, options) = (ApiJson.Text(only, "name") ?? "", Elements(only, "options"));
        var named = options.Where(o => ApiJson.Text(o, "name") is not null).ToArray();
        var focused = named.FirstOrDefault(o => o.TryGetProperty("focused", out var f) && f.ValueKind == JsonValueKind.True);
        return (name, subcommand,
            named.ToImmutableDictionary(o => ApiJson.Text(o, "name")!, o => ApiJson.Text(o, "value") ?? "", StringComparer.Ordinal),
            focused.ValueKind == JsonValueKind.Object ? (ApiJson.Text(focused, "name")!, ApiJson.Text(focused, "value") ?? "") : null);
    }

    /// <summary>What a form holds, by the inputs' ids; each input sits in a label of its own.</summary>
    private static ImmutableDictionary<string, ImmutableArray<string>> Fields(JsonElement data)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var label in Elements(data, "components"))
        {
            if (label.TryGetProperty("component", out var input) && ApiJson.Text(input, "custom_id") is { } id)
                fields[id] = ApiJson.Text(input, "value") is { } value ? [value] : Strings(input, "values");
        }

        return fields.ToImmutable();
    }

    private static ImmutableArray<string> Strings(JsonElement json, string name) =>
        [.. Elements(json, name).Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)];

    private static JsonElement[] Elements(JsonElement json, string name) =>
        ApiJson.Get(json, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}

/// <summary>The kinds of interaction.</summary>
internal abstract record UserAct
{
    private UserAct()
    {
    }

    /// <summary>A slash command.</summary>
    public sealed record Command(string Name, string Subcommand, ImmutableDictionary<string, string> Options) : UserAct;

    /// <summary>Somebody types the value of a command's option and wants to see what there is.</summary>
    /// <param name="Option">Which option.</param>
    public sealed record Typing(string Name, string Option, string Begun) : UserAct;

    /// <summary>A button or a list.</summary>
    public sealed record Click(string CustomId, ImmutableArray<string> Values) : UserAct;

    /// <summary>A form that was sent.</summary>
    /// <param name="FromMessage">Whether it was opened from a message, which can then be changed.</param>
    public sealed record Form(string CustomId, ImmutableDictionary<string, ImmutableArray<string>> Fields, bool FromMessage) : UserAct;

    /// <summary>An ordinary message to the bot.</summary>
    public sealed record Message(string Text) : UserAct;
}

/// <summary>The permissions that matter here, as Discord numbers them.</summary>
[Flags]
internal enum Permissions : ulong
{
    None = 0,
    Administrator = 1 << 3,
    ManageGuild = 1 << 5,
}
