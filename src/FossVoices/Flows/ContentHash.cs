using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>SHA-256 over what people are asked: the file's content without its layout, and what the study fills in.</summary>
internal static class ContentHash
{
    public static string Of(Node file, Setting setting)
    {
        var text = new StringBuilder();
        Write(file, text);
        text.Append(CultureInfo.InvariantCulture, $"|{setting.Study}|{setting.Project}|{setting.Help}");
        foreach (var (side, label) in setting.Sides)
            text.Append(CultureInfo.InvariantCulture, $"|{side}={label}");
        foreach (var tension in setting.Tensions)
            text.Append(CultureInfo.InvariantCulture, $"|{tension}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Members sorted by name, since their order says nothing; save under <c>options</c> and <c>scales</c>, where people see it.</summary>
    private static void Write(Node node, StringBuilder text, bool keepOrder = false)
    {
        switch (node)
        {
            case Node.Object form:
                text.Append('{');
                foreach (var member in keepOrder ? form.Members : [.. form.Members.OrderBy(m => m.Name, StringComparer.Ordinal)])
                {
                    Quote(member.Name, text).Append(':');
                    Write(member.Value, text, member.Name is "options" or "vary");
                    text.Append(',');
                }

                text.Append('}');
                break;
            case Node.List list:
                text.Append('[');
                foreach (var item in list.Items)
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case Node.Text said:
                Quote(said.Value, text);
                break;
            case Node.Number number:
                text.Append(number.Raw);
                break;
            default:
                text.Append(node.Kind);
                break;
        }
    }

    private static StringBuilder Quote(string value, StringBuilder text) => text.Append(value.Length).Append('"').Append(value).Append('"');
}
