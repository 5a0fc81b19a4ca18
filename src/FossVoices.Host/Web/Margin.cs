using FossVoices.Host.Web.Pages;

namespace FossVoices.Host.Web;

/// <summary>What stands beside the page that one request is answered with.</summary>
internal sealed class Margin
{
    /// <summary>Null for whoever really answers.</summary>
    public MarginView? Shown { get; set; }
}
