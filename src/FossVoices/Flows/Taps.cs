namespace FossVoices.Flows;

/// <summary>How much somebody has to do: one tap a choice or scale point, one for each option picked or ranked and one to send them.</summary>
public static class Taps
{
    /// <summary>The most taps that anybody needs until the core is complete, everything before it included.</summary>
    public static int ToCompleteCore(Flow flow)
    {
        var lastCore = -1;
        for (var i = 0; i < flow.Items.Length; i++)
        {
            if (HasCore(flow.Items[i]))
                lastCore = i;
        }

        return flow.Items.Take(lastCore + 1).Sum(AtMost);
    }

    /// <summary>The most taps that an item takes.</summary>
    public static int AtMost(Item item) => item switch
    {
        Item.Notice => 0,
        Item.Pair => 2,
        Item.Pick pick => pick.Most + 1,
        Item.Rank rank => rank.Top + 1,
        Item.Group { Show.Count: > 0 } group => group.Items.Select(AtMost).OrderDescending()
            .Take(group.Show.Count == 2 ? group.Show.Values.Max() : group.Items.Length).Sum(),
        Item.Group group => group.Items.Sum(AtMost),
        _ => 1,
    };

    private static bool HasCore(Item item) => item.Core || (item is Item.Group group && group.Items.Any(HasCore));
}
