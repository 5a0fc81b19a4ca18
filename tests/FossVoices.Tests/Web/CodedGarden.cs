using FossVoices.Host.Commands;

namespace FossVoices.Tests.Web;

/// <summary>The garden's study with the stories of some people, read by the lexicon.</summary>
internal static class CodedGarden
{
    public static async Task<Served> StartAsync(params string[] stories)
    {
        var served = await Served.StartAsync();
        foreach (var story in stories)
        {
            using var person = new Reader(served);
            await person.AtTheStoryAsync();
            await person.SendAsync(("text", story), ("do", "next"));
        }

        var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TimeProvider.System);
        Assert.Equal(0, await Verbs.RunAsync(["code", "garden", "--data", served.Data, "--studies", served.Studies], terminal, TestContext.Current.CancellationToken));
        return served;
    }
}
