using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>One person on two devices answers the same three questions, each device by what it last showed: every order of six clicks, with clicks delivered again.</summary>
public sealed class TwoDevicesTests
{
    private static readonly string[][] s_choices = [["upstream", "4", "2"], ["downstream", "1", "5"]];

    [Fact]
    public async Task Every_order_of_two_devices_over_three_questions_keeps_one_answer_to_each()
    {
        await using var store = await Store.OpenAsync();
        var run = 0;
        foreach (var order in Orders(3, 3))
        {
            foreach (var again in new[] { -1, 0, 1, 2, 3, 4, 5, 6 })
                await RunAsync(store, $"s{run++}", order, again);
        }

        Assert.Equal(20 * 8, run);
    }

    /// <param name="order">Which device clicks, six times.</param>
    /// <param name="again">Which click is delivered again at once and at the end; 6 for all of them, -1 for none.</param>
    private static async Task RunAsync(Store store, string id, int[] order, int again)
    {
        await store.BeginAsync($"person of {id}", id);
        int[] shown = [0, 0];
        var accepted = new List<(int Question, string Choice)>();
        var sent = new List<(string Delivery, string Choice, int Asked)>();
        for (var click = 0; click < order.Length; click++)
        {
            var device = order[click];
            if (shown[device] > 2)
                continue; // It shows the fourth question, which is not in the game.

            var (delivery, choice, asked) = ($"{id} {click}", s_choices[device][shown[device]], shown[device]);
            sent.Add((delivery, choice, asked));
            var kept = await store.SayAsync(delivery, SmallFlow.Choose(choice), id, asked);
            if (kept is Kept.Now now)
                accepted.Add((asked, choice));
            else
                Assert.IsType<Kept.TooLate>(kept);
            shown[device] = kept switch
            {
                Kept.Now(var session, _) => session.Revision,
                Kept.TooLate(var session) => session.Revision,
                _ => throw new InvalidOperationException(kept.ToString()),
            };
            if (again == click || again == 6)
                Assert.IsType<Kept.Before>(await store.SayAsync(delivery, SmallFlow.Choose(choice), id, asked));
        }

        foreach (var (delivery, choice, asked) in sent.Where((_, i) => again == i || again == 6))
        {
            Assert.IsType<Kept.Before>(await store.SayAsync(delivery, SmallFlow.Choose(choice), id, asked));
            Assert.IsNotType<Kept.Now>(await store.SayAsync($"{delivery} under a new id", SmallFlow.Choose(choice), id, asked));
        }

        var final = await store.LoadAsync(id);
        Assert.Equal(accepted.Select(a => a.Question), Enumerable.Range(0, accepted.Count)); // One for each question, in order.
        Assert.Equal(accepted.Count, final.Revision);
        Assert.Equal(accepted.Count, final.Progress.Answers.Count);
        Assert.Equal(new Value.Option(accepted[0].Choice), final.Progress.Answers["role"].Value);
    }

    private static IEnumerable<int[]> Orders(int first, int second)
    {
        if (first == 0 && second == 0)
            return [[]];
        return (first > 0 ? Orders(first - 1, second).Select(rest => (int[])[0, .. rest]) : [])
            .Concat(second > 0 ? Orders(first, second - 1).Select(rest => (int[])[1, .. rest]) : []);
    }
}
