using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using SkiaSharp;

namespace FossVoices.Reports;

/// <summary>
/// A report as a picture, 1000 units wide, with letters that can be read on a phone: per row one line from 0 to 100 %, on it
/// downstream's share (▼, orange) and upstream's (▲, blue). Shape and place tell the sides apart without colour. A share that is
/// only told in words is a band, not a point. PNG and SVG come from the same drawing.
/// </summary>
internal static class GapPicture
{
    public const int MostRows = 6;

    /// <summary>The longest edge of a PNG in pixels: Teams shows none that is longer.</summary>
    public const int LongestEdge = 1024;

    private const int Width = 1000;
    private const int Margin = 40;
    private const int Header = 172;
    private const int RowHeight = 158;
    private const int Footer = 74;
    private const float Left = 60;
    private const float Right = Width - 60;

    private static readonly Lazy<SKTypeface> s_regular = new(() => Embedded("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> s_bold = new(() => Embedded("DejaVuSans-Bold.ttf"));

    /// <param name="dark">Drawn on dark; the ground is always opaque, since nobody knows what it will stand on.</param>
    public static byte[] Png(GapReport report, bool dark)
    {
        var rows = PictureRow.Of(report, MostRows);
        var scale = Math.Min(1, (float)LongestEdge / Height(rows));
        using var surface = SKSurface.Create(new SKImageInfo((int)(Width * scale), (int)(Height(rows) * scale), SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException("The picture could not be drawn: no drawing surface.");
        surface.Canvas.Scale(scale);
        Draw(surface.Canvas, report, rows, dark ? Theme.Dark : Theme.Light);
        using var pixels = surface.PeekPixels() ?? throw new InvalidOperationException("The picture could not be drawn: no pixels.");
        // Flat areas compress best, and fastest, without filters.
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, zLibLevel: 5))
            ?? throw new InvalidOperationException("The picture could not be drawn: it could not be encoded.");
        return data.ToArray();
    }

    public static string Svg(GapReport report, bool dark)
    {
        var rows = PictureRow.Of(report, MostRows);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height(rows)), stream))
            Draw(canvas, report, rows, dark ? Theme.Dark : Theme.Light);

        var svg = Encoding.UTF8.GetString(stream.ToArray());
        var encoder = HtmlEncoder.Create(UnicodeRanges.All);
        var opening = svg.IndexOf("<svg", StringComparison.Ordinal);
        var inside = svg.IndexOf('>', opening) + 1;
        // A view box lets the picture shrink with its page; the names are what a screen reader says.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{svg[..(inside - 1)]} viewBox=\"0 0 {Width} {Height(rows)}\" role=\"img\" aria-labelledby=\"gap-title gap-desc\"><title id=\"gap-title\">{encoder.Encode(Harmless.Line(ReportText.Title(report)))}</title><desc id=\"gap-desc\">{encoder.Encode(Harmless.Line(AltText.Of(report)))}</desc>{svg[inside..]}");
    }

    private static int Height(ImmutableArray<PictureRow> rows) => Header + Math.Max(1, rows.Length) * RowHeight + Footer;

    private static void Draw(SKCanvas canvas, GapReport report, ImmutableArray<PictureRow> rows, Theme theme)
    {
        using var ground = new SKPaint { Color = theme.Ground };
        canvas.DrawRect(0, 0, Width, Height(rows), ground);
        Write(canvas, Glyphs.Of(report.Title, s_bold.Value) ?? report.Study, Margin, 58, 34, theme.Ink, bold: true, most: Width - 2 * Margin);
        var about = (report.Simulated ? "MADE-UP NUMBERS · " : "") + Title(report, rows);
        Write(canvas, about, Margin, 98, 24, report.Simulated ? theme.Warning : theme.Muted, most: Width - 2 * Margin);
        Triangle(canvas, Margin + 12, 134, up: false, theme.Down);
        var next = Write(canvas, "downstream", Margin + 34, 143, 24, theme.Ink);
        Triangle(canvas, next + 40, 134, up: true, theme.Up);
        next = Write(canvas, "upstream", next + 62, 143, 24, theme.Ink);
        if (rows.Length > 0)
            Write(canvas, $"{rows[0].Axis}, 0 to 100 %", next + 40, 143, 24, theme.Muted, most: Width - Margin - next - 40);

        if (rows.IsEmpty)
            Write(canvas, "There is nothing to show yet.", Margin, Header + 70, 28, theme.Ink);
        for (var i = 0; i < rows.Length; i++)
            Row(canvas, rows[i], i + 1, Header + i * RowHeight, theme);
        var limits = PictureRow.OfPublishedWords(report, rows) ? "So few people prove nothing about anybody else." : "People chose to answer: no vote, and not everyone.";
        Write(canvas, limits, Margin, Height(rows) - 28, 22, theme.Muted, most: Width - 2 * Margin);
    }

    private static string Title(GapReport report, ImmutableArray<PictureRow> rows)
    {
        var persons = report.Sections[PictureRow.OfPublishedWords(report, rows) ? ^1 : 0].Persons;
        return $"{(Glyphs.Of(report.Project, s_regular.Value) is { } project ? $"{project} · " : "")}▼ {persons.Downstream} and ▲ {persons.Upstream} people";
    }

    private static void Row(SKCanvas canvas, PictureRow row, int number, float top, Theme theme)
    {
        var name = Glyphs.Of(row.Name, s_bold.Value) ?? string.Create(CultureInfo.InvariantCulture, $"{number}. (its words stand in the text)");
        Write(canvas, name, Margin, top + 28, 26, theme.Ink, bold: true, most: Width - 2 * Margin);
        Write(canvas, row.Says, Margin, top + 58, 22, theme.Muted, most: Width - 2 * Margin);

        var y = top + 102;
        using (var line = new SKPaint { Color = theme.Line, StrokeWidth = 3, IsAntialias = true })
        {
            canvas.DrawLine(Left, y, Right, y, line);
            foreach (var tick in (ReadOnlySpan<double>)[0, 0.5, 1])
                canvas.DrawLine(At(tick), y - 6, At(tick), y + 6, line);
        }

        if (row is { Downstream: { } d, Upstream: { } u })
        {
            using var between = new SKPaint { Color = theme.Between, StrokeWidth = 9, IsAntialias = true };
            canvas.DrawLine(At(d.Middle), y, At(u.Middle), y, between);
        }

        Share(canvas, row.Upstream, y, up: true, theme);
        Share(canvas, row.Downstream, y, up: false, theme);
    }

    /// <summary>Upstream stands above the line and downstream below it, so that equal shares do not cover each other.</summary>
    private static void Share(SKCanvas canvas, PictureShare? share, float y, bool up, Theme theme)
    {
        if (share is null)
            return;

        var color = up ? theme.Up : theme.Down;
        if (!share.IsFigure)
        {
            using var band = new SKPaint { Color = color.WithAlpha(90) };
            canvas.DrawRect(At(share.From), up ? y - 12 : y + 2, At(share.To) - At(share.From), 10, band);
        }

        var x = At(share.Middle);
        Triangle(canvas, x, up ? y - 13 : y + 13, up, color);
        using var font = new SKFont(s_bold.Value, 23);
        var width = font.MeasureText(share.Label);
        // The label stands beside its mark, on the side where there is room.
        var labelAt = x + 20 + width > Width - 10 ? x - 20 - width : x + 20;
        var beside = share.IsFigure ? 0 : 12; // off the band
        Write(canvas, share.Label, labelAt, up ? y - 8 - beside : y + 28 + beside, 23, color, bold: true);
    }

    private static float At(double share) => Left + (float)share * (Right - Left);

    private static void Triangle(SKCanvas canvas, float x, float y, bool up, SKColor color)
    {
        var tip = up ? -12 : 12;
        using var path = new SKPath();
        path.MoveTo(x, y + tip);
        path.LineTo(x - 13, y - tip * 0.8f);
        path.LineTo(x + 13, y - tip * 0.8f);
        path.Close();
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawPath(path, paint);
    }

    /// <summary>Writes a line, smaller or shorter where it would not fit, and returns where it ends.</summary>
    private static float Write(SKCanvas canvas, string text, float x, float y, float size, SKColor color, bool bold = false, float most = float.MaxValue)
    {
        var line = Harmless.Line(text);
        using var font = new SKFont(bold ? s_bold.Value : s_regular.Value, size);
        if (font.MeasureText(line) > most)
            font.Size = Math.Max(size * 0.8f, size * most / font.MeasureText(line));
        // What fits is measured once, so that a title of a million letters costs no more than one pass over it.
        for (var length = font.MeasureText(line) > most ? font.BreakText(line, most) : 0; length > 1 && font.MeasureText(line) > most; length--)
            line = Shortened.To(line, length);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(line, x, y, SKTextAlign.Left, font, paint);
        return x + font.MeasureText(line);
    }

    private static SKTypeface Embedded(string name)
    {
        using var stream = typeof(GapPicture).Assembly.GetManifestResourceStream($"FossVoices.Reports.Fonts.{name}")
            ?? throw new InvalidOperationException($"The font {name} is missing from the program.");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The font {name} cannot be read.");
    }

    /// <summary>Okabe and Ito's orange and blue, which people who see red and green alike can tell apart.</summary>
    private sealed record Theme(SKColor Ground, SKColor Ink, SKColor Muted, SKColor Line, SKColor Between, SKColor Up, SKColor Down, SKColor Warning)
    {
        public static readonly Theme Light = new(
            SKColor.Parse("#ffffff"), SKColor.Parse("#1e1f22"), SKColor.Parse("#55595f"), SKColor.Parse("#c4c7cc"), SKColor.Parse("#dcdfe4"),
            SKColor.Parse("#0072B2"), SKColor.Parse("#B84E00"), SKColor.Parse("#a40000"));

        public static readonly Theme Dark = new(
            SKColor.Parse("#1e1f22"), SKColor.Parse("#f2f3f5"), SKColor.Parse("#b5bac1"), SKColor.Parse("#5a5d64"), SKColor.Parse("#43464d"),
            SKColor.Parse("#56B4E9"), SKColor.Parse("#E69F00"), SKColor.Parse("#ff8a80"));
    }
}
