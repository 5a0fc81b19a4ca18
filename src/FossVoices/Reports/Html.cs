using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FossVoices.Reports;

/// <summary>A report as a page that needs nothing from elsewhere: no script, no font, no picture fetched.</summary>
internal static class Html
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1.05rem; margin-bottom: .25rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .95rem; overflow-wrap: normal; } th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8888; }
        figure { margin: 1.5rem 0; } figure svg, figure img { max-width: 100%; height: auto; }
        """;

    /// <summary>A whole page.</summary>
    /// <param name="language">The language of the study's texts, such as <c>en</c>.</param>
    /// <param name="svg">The picture, to stand below the title; null for none.</param>
    public static string Page(Document document, string language, string? svg) => $"""
        <!doctype html>
        <html lang="{Encoded(language)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encoded(document.Title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        <h1>{Encoded(document.Title)}</h1>
        {(svg is null ? "" : $"<figure>{svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].TrimEnd()}</figure>\n")}{Body(document)}</main>
        </body>
        </html>

        """;

    /// <summary>What stands below the title.</summary>
    public static string Body(Document document)
    {
        var html = new StringBuilder();
        var (under, tables) = (document.Title, 0);
        foreach (var block in document.Blocks)
        {
            switch (block)
            {
                case Block.Heading(var heading):
                    (under, tables) = (heading, 0);
                    html.Append("<h2>").Append(Encoded(heading)).Append("</h2>\n");
                    break;
                case Block.Paragraph(var words):
                    html.Append("<p>").Append(Encoded(words)).Append("</p>\n");
                    break;
                case Block.Entry(var title, var lines):
                    html.Append("<h3>").Append(Encoded(title)).Append("</h3>\n");
                    foreach (var line in lines)
                        html.Append("<p>").Append(Encoded(line)).Append("</p>\n");
                    break;
                case Block.Bullets(var items):
                    html.Append("<ul>\n");
                    foreach (var item in items)
                        html.Append("<li>").Append(Encoded(item)).Append("</li>\n");
                    html.Append("</ul>\n");
                    break;
                case Block.Table table:
                    // A table that is wider than a phone scrolls by itself, also by keyboard.
                    var name = string.Create(CultureInfo.InvariantCulture, $"Table {++tables}: {under}");
                    html.Append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Encoded(name)).Append("\"><table>\n<thead><tr>");
                    foreach (var cell in table.Header)
                        html.Append(cell.Length == 0 ? "<td>" : "<th scope=\"col\">").Append(Encoded(cell)).Append(cell.Length == 0 ? "</td>" : "</th>");
                    html.Append("</tr></thead>\n<tbody>\n");
                    foreach (var row in table.Rows)
                    {
                        html.Append("<tr><th scope=\"row\">").Append(Encoded(row[0])).Append("</th>");
                        foreach (var cell in row.Skip(1))
                            html.Append("<td>").Append(Encoded(cell)).Append("</td>");
                        html.Append("</tr>\n");
                    }

                    html.Append("</tbody></table></div>\n");
                    break;
            }
        }

        return html.ToString();
    }

    private static string Encoded(string text) => s_encoder.Encode(Harmless.Line(text));
}
