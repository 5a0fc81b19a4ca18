using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>Checks what a flow shows, or asks again, of an earlier wave.</summary>
internal static class MirrorCheck
{
    public static void Check(Study study, Flow flow, Node.Object file, Problems problems)
    {
        foreach (var node in FlowDirectory.Items(file))
        {
            if (node.TextOf("type") == "mirror" && flow.Find(node.TextOf("id") ?? "") is Item.Mirror mirror)
                CheckWave(study, flow, mirror, node, problems);
        }
    }

    /// <summary>What is asked again has to be there, on the same scale.</summary>
    public static void CheckAgain(Study study, Node.Object file, Problems problems)
    {
        foreach (var (flow, item) in study.Flows.Values.SelectMany(flow => flow.InFileOrder.Where(item => item.Again is not null).Select(item => (flow, item))))
        {
            var then = item.Again!.Split('.') is [var named, var id] ? study.Flows.GetValueOrDefault(named)?.Find(id) : flow.Find(item.Again);
            if (then is null || then.GetType() != item.GetType() || Labels.ScaleOf(then)?.Points.Length != Labels.ScaleOf(item)?.Points.Length || ReferenceEquals(then, item))
                problems.Error(
                    "FV053", file.Where("id"), $"flows/{flow.Id}.json: '{item.Id}' asks '{Problems.Shown(item.Again)}' again, and that is no other {(item is Item.Pair ? "pair" : "scale")} item with as many points",
                    "write FLOW.ITEM of the earlier question, and ask it on the same scale");
        }
    }

    private static void CheckWave(Study study, Flow flow, Item.Mirror mirror, Node.Object node, Problems problems)
    {
        var wave = mirror.Rule.Wave;
        if (study.Waves.IsEmpty && wave.Length == 0)
            return;
        if (study.Waves.FirstOrDefault(its => its.Id == wave) is not { } earlier)
        {
            problems.Unknown("FV052", node.Where("wave"), "wave", wave, study.Waves.Select(its => its.Id));
            return;
        }

        var asked = study.Waves.Where(its => its.Flows.IsEmpty || its.Flows.Contains(flow.Id)).ToArray();
        if (asked.Length > 0 && asked.All(its => study.Waves.IndexOf(its) <= study.Waves.IndexOf(earlier)))
            problems.Error("FV052", node.Where("wave"), $"'{wave}' is no earlier wave than the one in which this is asked", "a mirror shows what was said in a wave before");
    }
}
