using SkiaSharp;

namespace FossVoices.Host.Commands;

/// <summary>The two pictures of the Teams app: two people talking past each other, as in the web chat's icon.</summary>
internal static class TeamsIcons
{
    public const int ColorSize = 192;
    public const int OutlineSize = 32;

    /// <summary>Teams cuts the corners off in some places; what matters stays within the middle half.</summary>
    private const float ColorDrawing = ColorSize * 0.6f;

    /// <summary>Both are drawn on a field of 32 by 32.</summary>
    private const float Field = 32;

    private const string Left = "M6 3h14a4 4 0 0 1 4 4v6a4 4 0 0 1-4 4h-7l-6 5v-5.1A4 4 0 0 1 2 13V7a4 4 0 0 1 4-4z";
    private const string Right = "M27 13v1a6 6 0 0 1-6 6h-7.5l-1.8 1.5A4 4 0 0 0 15 24h5l5 5v-5a4 4 0 0 0 5-4v-3a4 4 0 0 0-3-4z";

    private static readonly SKColor s_ground = new(0x1d, 0x5c, 0x56);
    private static readonly SKColor s_other = new(0xe8, 0xb2, 0x6c);

    /// <summary>The coloured icon, a PNG without transparency.</summary>
    public static byte[] Color() => Png(ColorSize, SKAlphaType.Opaque, canvas =>
    {
        canvas.Clear(s_ground);
        canvas.Translate((ColorSize - ColorDrawing) / 2, (ColorSize - ColorDrawing) / 2);
        canvas.Scale(ColorDrawing / Field);
        Fill(canvas, Left, SKColors.White);
        Fill(canvas, Right, s_other);
    });

    /// <summary>The outline, white and nothing else, on nothing.</summary>
    public static byte[] Outline() => Png(OutlineSize, SKAlphaType.Unpremul, canvas =>
    {
        canvas.Clear(SKColors.Transparent);
        using var path = SKPath.ParseSvgPathData(Left);
        using var pen = new SKPaint { Color = SKColors.White, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 2, StrokeJoin = SKStrokeJoin.Round };
        canvas.DrawPath(path, pen);
        Fill(canvas, Right, SKColors.White);
    });

    private static void Fill(SKCanvas canvas, string shape, SKColor color)
    {
        using var path = SKPath.ParseSvgPathData(shape);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawPath(path, paint);
    }

    private static byte[] Png(int size, SKAlphaType alpha, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Rgba8888, alpha == SKAlphaType.Opaque ? alpha : SKAlphaType.Premul));
        using (var canvas = new SKCanvas(bitmap))
            draw(canvas);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100) ?? throw new InvalidOperationException("The icon could not be encoded.");
        return data.ToArray();
    }
}
