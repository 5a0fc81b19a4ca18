using System.Text.Json.Nodes;
using FossVoices.Channels;

namespace FossVoices.Teams.Cards;

/// <summary>In whose name cards are made: the study and flow, and the language.</summary>
/// <param name="Language">What the person reads.</param>
/// <param name="Chosen">The language that the person chose before anything was kept, carried on from card to card; null where Teams' own is followed.</param>
internal sealed record Desk(string Study, string Flow, string Language, string? Chosen = null)
{
    /// <summary>The team whose invitation led here, in a study that reports its places apart: carried on from card to card. Null elsewhere.</summary>
    public string? Through { get; init; }

    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> places) => Sentences.Say(Language, key, places);

    /// <summary>What a button carries, so that any card works after a restart: nothing is remembered but in the store.</summary>
    public JsonObject Data(Act act, Asked? asked = null, string about = "")
    {
        var data = new JsonObject { ["act"] = NameOf(act), ["study"] = Study, ["flow"] = Flow };
        if (asked is not null)
            data["asked"] = asked.ToString();
        if (Chosen is not null)
            data["language"] = Chosen;
        if (Through is not null)
            data["through"] = Through;
        if (about.Length > 0)
            data["about"] = about;
        return data;
    }

    public static string NameOf(Act act) => act.ToString().ToLowerInvariant();
}
