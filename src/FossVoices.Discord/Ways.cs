using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Fieldwork;

namespace FossVoices.Discord;

/// <summary>A study and one of its flows.</summary>
internal sealed record Way(string Code, string Study, string Flow);

/// <summary>
/// Short codes for studies and flows, since a component carries a hundred characters at most. A code is a hash of the two ids: it stays the
/// same after a restart, and on every server.
/// </summary>
internal sealed class Ways
{
    private const int CodeDigits = 10;

    private readonly FrozenDictionary<string, Way> _byCode;

    public Ways(OpenStudies studies) =>
        _byCode = studies.All
            .SelectMany(open => open.Study.Flows.Keys.Select(flow => Of(open.Study.Id, flow)))
            .ToFrozenDictionary(way => way.Code, StringComparer.Ordinal);

    public Way? Find(string code) => _byCode.GetValueOrDefault(code);

    public static Way Of(string study, string flow) => new(Digits($"{study}\0{flow}")[..CodeDigits], study, flow);

    internal static string Digits(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
