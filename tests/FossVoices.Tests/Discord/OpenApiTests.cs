using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FossVoices.Tests.Discord;

/// <summary>Discord's own description refuses what the reference says it refuses, and our rules the rest.</summary>
public sealed partial class OpenApiTests
{
    private static OpenApi Description { get; } = OpenApi.TryLoad()!;

    private static OpenApi Needed()
    {
        Repository.Shared("reference", "discord-openapi.json");
        return Description;
    }

    /// <summary>A request's body; <c>~46~</c> in it stands for 46 letters.</summary>
    private static JsonObject Component(string json) =>
        JsonNode.Parse(Length().Replace(json, length => new string('x', int.Parse(length.Groups["times"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture))))!.AsObject();

    /// <summary>So many entries of an array; <c>#</c> becomes the entry's number.</summary>
    private static string Many(int times, string json) => string.Join(',', Enumerable.Range(0, times).Select(i => json.Replace("#", $"{i}", StringComparison.Ordinal)));

    public static TheoryData<string, string> Refused => new()
    {
        { "modal title of 46", """{"type":9,"data":{"custom_id":"m","title":"~46~","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"t","style":1}}]}}""" },
        { "label of 46", """{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"~46~","component":{"type":4,"custom_id":"t","style":1}}]}}""" },
        { "unknown component", """{"type":4,"data":{"content":"c","components":[{"type":99}]}}""" },
        { "content of 2001", """{"type":4,"data":{"content":"~2001~"}}""" },
        { "6 buttons", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[""" + Many(6, """{"type":2,"style":1,"label":"l","custom_id":"#"}""") + """]}]}}""" },
        { "26 options", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[{"type":3,"custom_id":"s","options":[""" + Many(26, """{"label":"l","value":"#"}""") + """]}]}]}}""" },
        { "button label of 81", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[{"type":2,"style":1,"label":"~81~","custom_id":"b"}]}]}}""" },
        { "custom_id of 101", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"~101~"}]}]}}""" },
        { "radio of one", """{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":21,"custom_id":"r","options":[{"label":"a","value":"a"}]}}]}}""" },
        { "text of 4001", """{"type":4,"data":{"flags":32768,"components":[{"type":10,"content":"~4001~"}]}}""" },
        { "alt text of 1025", """{"type":4,"data":{"content":"c","attachments":[{"id":"0","description":"~1025~"}]}}""" },
        { "attachment id as a number", """{"type":4,"data":{"content":"c","attachments":[{"id":0}]}}""" },
        { "embed title of 257", """{"type":4,"data":{"embeds":[{"title":"~257~"}]}}""" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_description_refuses_it(string what, string callback)
    {
        var check = new RequestCheck(Needed(), openMentions: true);

        var refusal = Assert.Throws<LoopbackRefusal>(() => check.Callback(Component(callback)));

        Assert.Equal(50035, refusal.Code);
        Assert.NotEmpty(what);
    }

    public static TheoryData<string, string> RefusedByRule => new()
    {
        { "6 rows", """{"type":4,"data":{"content":"c","components":[""" + Many(6, """{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"#"}]}""") + """]}}""" },
        { "one custom_id twice", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"b"},{"type":2,"style":1,"label":"m","custom_id":"b"}]}]}}""" },
        { "button beside select", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"b"},{"type":3,"custom_id":"s","options":[{"label":"a","value":"a"}]}]}]}}""" },
        { "button without custom_id", """{"type":4,"data":{"content":"c","components":[{"type":1,"components":[{"type":2,"style":1,"label":"l"}]}]}}""" },
        { "version 2 with content", """{"type":4,"data":{"content":"c","flags":32768,"components":[{"type":10,"content":"t"}]}}""" },
        { "version 2 without flag", """{"type":4,"data":{"components":[{"type":10,"content":"t"}]}}""" },
        { "41 components", """{"type":4,"data":{"flags":32768,"components":[{"type":17,"components":[""" + Many(40, """{"type":10,"content":"t"}""") + """]}]}}""" },
        { "deferral with content", """{"type":5,"data":{"content":"c"}}""" },
        { "deferral with another flag", """{"type":5,"data":{"flags":32768}}""" },
        { "update of nothing", """{"type":7}""" },
        { "empty message", """{"type":4,"data":{}}""" },
        { "6 fields in a modal", """{"type":9,"data":{"custom_id":"m","title":"t","components":[""" + Many(6, """{"type":18,"label":"l","component":{"type":4,"custom_id":"#","style":1}}""") + """]}}""" },
        { "required checkbox", """{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":23,"custom_id":"c","required":true}}]}}""" },
        { "4100 characters of text", """{"type":4,"data":{"flags":32768,"components":[{"type":10,"content":"~2050~"},{"type":10,"content":"~2050~"}]}}""" },
    };

    /// <summary>These hold without the description too.</summary>
    [Theory]
    [MemberData(nameof(RefusedByRule))]
    public void Our_own_rules_refuse_it(string what, string callback)
    {
        Assert.Throws<LoopbackRefusal>(() => new RequestCheck(null, openMentions: true).Callback(Component(callback)));
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("""[{"name":"Voices","description":"d"}]""")]
    [InlineData("""[{"name":"my voices","description":"d"}]""")]
    [InlineData("""[{"name":"voices"}]""")]
    [InlineData("""[{"name":"voices","description":"d","options":[{"type":3,"name":"o","description":"d","autocomplete":true,"choices":[{"name":"a","value":"a"}]}]}]""")]
    [InlineData("""[{"name":"voices","description":"d","options":[{"type":3,"name":"o","description":"d","min_length":5,"max_length":4}]}]""")]
    [InlineData("""[{"name":"voices","description":"d"},{"name":"voices","description":"e"}]""")]
    public void Commands_have_rules_too(string commands) => Assert.Throws<LoopbackRefusal>(() => new RequestCheck(null).Commands(JsonNode.Parse(commands)));

    [Fact]
    public void What_is_well_formed_passes()
    {
        var check = new RequestCheck(Needed());

        check.Callback(FossVoices.Discord.Mentions.OffInCallback(Scripted.Message("hello")));
        check.Callback(Scripted.Modal("m"));
        check.Callback(Component("""{"type":5,"data":{"flags":64}}"""));
        check.Callback(Component("""{"type":6}"""));
        check.Callback(Component("""{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":10,"content":"# Question"},{"type":18,"label":"l","component":{"type":21,"custom_id":"r","options":[{"label":"a","value":"a"},{"label":"b","value":"b"}]}}]}}"""));
        check.Commands(JsonNode.Parse("""[{"name":"voices","description":"d","default_member_permissions":"32","contexts":[0,1],"integration_types":[0],"options":[{"type":1,"name":"mydata","description":"d","options":[{"type":3,"name":"study","description":"d","autocomplete":true}]}]}]"""));
        check.Message(FossVoices.Discord.Mentions.Off(Scripted.WithButtons("hello", "a", "b")), "MessageCreateRequest", isNew: true);
    }

    [Fact]
    public void A_message_that_could_call_somebody_is_refused() =>
        Assert.Throws<LoopbackRefusal>(() => new RequestCheck(null).Message(Scripted.WithButtons("hello", "a"), "MessageCreateRequest", isNew: true));

    [GeneratedRegex("~(?<times>[0-9]+)~", RegexOptions.None, 1000)]
    private static partial Regex Length();
}
