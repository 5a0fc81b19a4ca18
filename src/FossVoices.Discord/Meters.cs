using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FossVoices.Discord;

/// <summary>What is measured of the traffic with Discord.</summary>
internal sealed class Meters : IDisposable
{
    public const string Name = "FossVoices.Discord";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _acknowledgement;

    public Meters() => _acknowledgement = _meter.CreateHistogram<double>(
        "fossvoices.discord.acknowledgement", "s", "From the arrival of an interaction to its first answer.");

    /// <param name="transport"><c>gateway</c> or <c>http</c>.</param>
    /// <param name="kind"><c>command</c>, <c>component</c>, <c>autocomplete</c> or <c>modal</c>.</param>
    /// <param name="how"><c>answered</c>, <c>deferred</c> or <c>late</c>.</param>
    public void Acknowledged(TimeSpan after, string transport, string kind, string how) =>
        _acknowledgement.Record(after.TotalSeconds, new TagList { { "transport", transport }, { "kind", kind }, { "how", how } });

    public void Dispose() => _meter.Dispose();
}
