using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;

namespace FossVoices.Tests.Web;

/// <summary>Somebody with a browser: keeps cookies, follows redirections, fills in forms. Without script, as everything must work.</summary>
internal sealed class Reader : IDisposable
{
    private readonly HttpClientHandler _handler;
    private readonly HttpClient _client;
    private Uri _home;

    public Reader(Served served, CookieContainer? cookies = null)
        : this(served.Home, cookies)
    {
    }

    public Reader(Uri home, CookieContainer? cookies = null)
    {
        _handler = new HttpClientHandler { CookieContainer = cookies ?? new CookieContainer() };
        _client = new HttpClient(_handler);
        _home = home;
    }

    /// <summary>The languages that the browser asks for.</summary>
    public string Prefers
    {
        init => _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", value);
    }

    /// <summary>The page that is open.</summary>
    public Page Page { get; private set; } = Page.None;

    /// <summary>The same person after the program was started again, on another port: cookies do not look at ports.</summary>
    public void Follow(Served served) => _home = served.Home;

    public async Task<Page> OpenAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(_home, path), TestContext.Current.CancellationToken);
        return Page = await Page.OfAsync(response);
    }

    /// <summary>Presses a button of the open page's form, with fields filled in.</summary>
    public async Task<Page> SendAsync(params (string Name, string Value)[] fields) => Page = await SendAsync(Page, fields);

    /// <summary>Sends the form of a page that may not be the open one: a second tab, a second click.</summary>
    public async Task<Page> SendAsync(Page from, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(from.Hidden.Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        using var response = await _client.PostAsync(new Uri(_home, from.Action), form, TestContext.Current.CancellationToken);
        return await Page.OfAsync(response);
    }

    /// <summary>Sends anything anywhere.</summary>
    public async Task<Page> SendAsync(string path, HttpContent content)
    {
        using var response = await _client.PostAsync(new Uri(_home, path), content, TestContext.Current.CancellationToken);
        return Page = await Page.OfAsync(response);
    }

    /// <summary>Opens a study and agrees.</summary>
    public async Task<Page> AgreeAsync(string path = "/s/garden")
    {
        await OpenAsync(path);
        return await SendAsync(("quotes", "no"), ("do", "agree"));
    }

    /// <summary>Answers the small study up to its number.</summary>
    public async Task AtTheHoursAsync()
    {
        await AgreeAsync();
        await SendAsync(("choice", "downstream"));
        await SendAsync(("choice", "4"));
        Assert.Equal("/s/garden?q=hours", (await SendAsync(("choice", "tap"), ("do", "next"))).Path);
    }

    /// <summary>Answers the small study up to its open question.</summary>
    public async Task AtTheStoryAsync()
    {
        await AtTheHoursAsync();
        Assert.Equal("/s/garden?q=story", (await SendAsync(("number", "12"), ("do", "next"))).Path);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }
}

/// <summary>A page as it came.</summary>
internal sealed partial record Page(int Status, string Path, string Html, string Cookies, string Headers)
{
    public static Page None { get; } = new(0, "", "", "", "");

    public string Heading => Inside(HeadingPattern());

    /// <summary>What the form posts to.</summary>
    public string Action => WebUtility.HtmlDecode(FormPattern().Match(Html).Groups["action"].Value);

    public ImmutableArray<KeyValuePair<string, string>> Hidden =>
        [.. HiddenPattern().Matches(FormPattern().Match(Html).Groups["it"].Value)
            .Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups["name"].Value), WebUtility.HtmlDecode(m.Groups["it"].Value)))];

    public string Note => Inside(NotePattern());

    public string Receipt => Inside(ReceiptPattern());

    public string Written => WebUtility.HtmlDecode(TextPattern().Match(Html).Groups["it"].Value);

    /// <summary>Everything that can be read, without the tags.</summary>
    public string Text => WebUtility.HtmlDecode(TagPattern().Replace(Html, " "));

    public static async Task<Page> OfAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join('\n', set) : "";
        return new Page((int)response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, html, cookies, $"{response.Headers}{response.Content.Headers}");
    }

    private string Inside(Regex pattern) => WebUtility.HtmlDecode(TagPattern().Replace(pattern.Match(Html).Groups["it"].Value, "")).Trim();

    [GeneratedRegex("<h1[^>]*>(?<it>.*?)</h1>", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\"[^>]*>(?<it>.*?)</form>", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\"( value=\"(?<it>[^\"]*)\")?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HiddenPattern();

    [GeneratedRegex("role=\"alert\">(?<it>.*?)</p>", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NotePattern();

    [GeneratedRegex("Your receipt: <strong class=\"code\">(?<it>.*?)</strong>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ReceiptPattern();

    [GeneratedRegex("<textarea[^>]*>(?<it>.*?)</textarea>", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TextPattern();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TagPattern();
}
