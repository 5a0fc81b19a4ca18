using System.Globalization;

namespace FossVoices.Reports;

/// <summary>What the picture shows, for whoever cannot see it.</summary>
internal static class AltText
{
    public const int Limit = 1024;

    public static string Of(GapReport report)
    {
        var rows = PictureRow.Of(report, GapPicture.MostRows);
        var text = $"{(report.Simulated ? "Made-up numbers. " : "")}{Shortened.To(ReportText.Title(report), 200)}. "
            + (rows.IsEmpty ? "There is nothing to show yet." : $"A chart of the {rows[0].Axis}, per side.");
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $" {i + 1}. {Shortened.To(row.Name, 100)}: downstream {row.Downstream?.Label ?? "not shown"}, upstream {row.Upstream?.Label ?? "not shown"}; {row.Says}.");
            if (text.Length + line.Length > Limit)
                break;
            text += line;
        }

        return text;
    }
}
