using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace FossVoices.Tests.Web;

/// <summary>What nobody should send, and what is sent back.</summary>
public sealed class HostileTests
{
    [Fact]
    public async Task An_answer_of_ten_megabytes_gets_a_kind_page_and_is_not_kept()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync("/s/garden/talk");
        await reader.SendAsync(("choice", "downstream"));

        var page = await reader.SendAsync(("text", new string('x', 10 * 1024 * 1024)), ("do", "next"));

        Assert.Equal((413, "That was too long"), (page.Status, page.Heading));
        Assert.Contains("back button brings your text back", page.Text, StringComparison.Ordinal);
        Assert.Single(await Rows.AllAsync(served, "select address from answer"));
    }

    [Fact]
    public async Task A_body_whose_length_is_not_told_is_read_within_the_same_bounds()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        using var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes("text=" + new string('x', 3 * 1024 * 1024))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        content.Headers.ContentLength = null;

        Assert.Equal(413, (await reader.SendAsync("/s/garden", content)).Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "do=agree", 400)]
    [InlineData("application/x-www-form-urlencoded", "%%%&&&===\u0000%E0%80", 400)]
    [InlineData("application/json", "{}", 415)]
    [InlineData("text/plain", "do=agree", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x--", 415)]
    public async Task What_is_no_form_of_ours_changes_nothing(string type, string body, int status)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        var page = await reader.SendAsync("/s/garden", content);

        Assert.Equal(status, page.Status);
        Assert.Contains("<h1>", page.Html, StringComparison.Ordinal);
        Assert.Empty(await Rows.AllAsync(served, "select session from session"));
    }

    [Fact]
    public async Task A_form_of_another_site_is_turned_away_with_its_text_shown()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync("/s/garden/talk");
        await reader.SendAsync(("choice", "downstream"));
        var asked = reader.Page.Hidden.First(h => h.Key == "asked").Value;
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("asked", asked), KeyValuePair.Create("text", "From <elsewhere>"), KeyValuePair.Create("do", "next")]);

        var page = await reader.SendAsync("/s/garden/talk", content);

        Assert.Equal((400, "From <elsewhere>"), (page.Status, page.Written));
        Assert.Single(await Rows.AllAsync(served, "select address from answer"));
    }

    [Theory]
    [InlineData("asked", "x")]
    [InlineData("asked", "a~b~c")]
    [InlineData("asked", "")]
    [InlineData("do", "fly")]
    public async Task A_field_that_was_made_up_gets_a_kind_page(string field, string value)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        var fields = reader.Page.Hidden.Where(h => h.Key != field).Append(KeyValuePair.Create(field, value)).Append(KeyValuePair.Create("choice", "downstream"));
        using var content = new FormUrlEncodedContent(fields);

        var page = await reader.SendAsync("/s/garden", content);

        Assert.Equal((400, "That could not be read"), (page.Status, page.Heading));
        Assert.Empty(await Rows.AllAsync(served, "select address from answer"));
    }

    [Theory]
    [InlineData("choice", "nothing-of-the-kind")]
    [InlineData("choice", "downstream' or 1=1 --")]
    [InlineData("text", "neither of them")]
    [InlineData("number", "12")]
    public async Task An_option_that_was_made_up_is_refused(string field, string value)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();

        var page = await reader.SendAsync((field, value));

        Assert.Equal((422, "Please choose one of the answers shown, or skip the question."), (page.Status, page.Note));
    }

    [Fact]
    public async Task A_null_character_is_no_text()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();

        var page = await reader.SendAsync(("text", "nul \0 here"), ("do", "next"));

        Assert.Equal((400, "That could not be read"), (page.Status, page.Heading));
    }

    [Theory]
    [InlineData("/s/nowhere")]
    [InlineData("/s/garden/nothing")]
    [InlineData("/s/..%2f..%2fetc%2fpasswd")]
    [InlineData("/mine/nowhere")]
    [InlineData("/nothing/of/the/kind")]
    [InlineData("/resume/garden/kingfisher")]
    public async Task What_is_not_there_is_said_kindly(string path)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);

        var page = await reader.OpenAsync(path);

        Assert.Equal(404, page.Status);
        Assert.NotEmpty(page.Heading);
    }

    [Theory]
    [InlineData("HEAD", "/", 200)]
    [InlineData("HEAD", "/style.css", 200)]
    [InlineData("PUT", "/s/garden", 404)]
    [InlineData("DELETE", "/withdraw/garden", 404)]
    [InlineData("POST", "/nowhere", 404)]
    [InlineData("GET", "/favicon.ico", 404)]
    public async Task Other_methods_and_files_are_answered_in_order(string method, string path, int status)
    {
        await using var served = await Served.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(served.Home, path));

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(method == "HEAD", (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length == 0);
    }

    [Fact]
    public async Task Hostile_strings_stay_text_wherever_they_are_shown()
    {
        string[] pieces =
        [
            "<script>alert(1)</script>", "</textarea>", "</span></dd>", "\"'><img src=x onerror=alert(1)>", "<!--", "-->", "&lt;b&gt;", "&#60;", "{{7*7}}", "@(1+1)", "@View.Way",
            "javascript:alert(1)", "<svg/onload=alert(1)>", "\u202Eright to left\u202C", "\u2066isolated", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L", "👩‍🚀", "@everyone", "[bank](http://evil.example)",
            "=HYPERLINK(\"x\")", "\u0001\u0008\u000B\u001F\u007F", "\uFFFE\uFFFF", "\u2028\u2029\u0085", "\r", "'; drop table answer; --",
        ];
        var strings = pieces.SelectMany(a => pieces.Select(b => $"{a} and {b} words")).ToArray();
        var some = Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? strings : [.. strings.Where((_, i) => i % 13 == 0)];
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync("/s/garden/talk");
        await reader.SendAsync(("choice", "downstream"));

        foreach (var typed in some)
        {
            await reader.OpenAsync("/s/garden/talk?q=story");
            var sent = await reader.SendAsync(("text", typed), ("do", "next"));
            var form = await reader.OpenAsync("/s/garden/talk?q=story");
            foreach (var page in new[] { sent, form })
            {
                Assert.Equal(200, page.Status);
                Assert.DoesNotMatch("<(script|img|svg|!--)", page.Html);
                Assert.Equal(page.Html.Split("<textarea").Length, page.Html.Split("</textarea>").Length);
            }

            Assert.Equal(typed.Trim(), form.Written);
        }
    }

    [Theory]
    [InlineData("no-such-question")]
    [InlineData("hello")]
    [InlineData("hours")]
    [InlineData("%27%22%3E%3Cscript%3E")]
    public async Task A_question_that_was_not_asked_shows_the_one_that_stands(string address)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();

        var page = await reader.OpenAsync($"/s/garden?q={address}");

        Assert.Equal((200, "Which is closer to you?"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Every_page_forbids_scripts_frames_storing_and_everything_from_elsewhere()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        var pages = new List<Page> { await reader.OpenAsync("/"), await reader.OpenAsync("/s/garden"), await reader.AgreeAsync(), await reader.OpenAsync("/nowhere"), await reader.OpenAsync("/mine/garden") };

        Assert.All(pages, page =>
        {
            Assert.Contains(
                "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'", page.Headers, StringComparison.Ordinal);
            Assert.Contains("Cache-Control: no-store", page.Headers, StringComparison.Ordinal);
            Assert.Contains("Referrer-Policy: no-referrer", page.Headers, StringComparison.Ordinal);
            Assert.Contains("X-Content-Type-Options: nosniff", page.Headers, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("style=", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("<html lang=\"en\">", page.Html);
            Assert.DoesNotMatch("(src|href)=\"(https?:)?//(?!127)", page.Html);
        });
        Assert.Equal("", served.Log.ToString());
    }

    [Fact]
    public async Task A_connection_that_breaks_off_in_the_middle_of_a_form_harms_nobody()
    {
        await using var served = await Served.StartAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, served.Home.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes("POST /s/garden HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\ndo=ag"),
                TestContext.Current.CancellationToken);
        }

        using var reader = new Reader(served);
        Assert.Equal("Which is closer to you?", (await reader.AgreeAsync()).Heading);
        Assert.Equal("", served.Log.ToString());
    }
}
