using FossVoices.Channels;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using static FossVoices.Tests.Fieldwork.RoundTests;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>What people of a mirror round read: passages of long answers, and what became of themes.</summary>
public sealed class RoundReadingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_long_answer_the_coded_passage_is_shown_by_people_before_machines_and_as_somebody_looked_at_it()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 12).Select(i => $"Sentence number {i} says little."));
        await using var street = await AnsweredAsync($"{filler} The machine points here. {filler} A person points here. {filler} Nobody points here.");
        await ReleaseAllAsync(street);
        var rounds = Rounds(street);
        Assert.All(await ShownAsync(), text => Assert.StartsWith("Sentence number 0 ", text, StringComparison.Ordinal));

        await CodeAsync("lexicon", "machine");
        Assert.All(await ShownAsync(), text => Assert.Contains(". The machine points here. ", text, StringComparison.Ordinal));
        await CodeAsync("eve", "person");
        Assert.All(await ShownAsync(), text => Assert.Contains(". A person points here. ", text, StringComparison.Ordinal));

        await OpenAsync(street);
        var before = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Agree("no"))).Prompt.Before;
        Assert.All(before, line => Assert.Matches("^[1-3]\\. “… .*\\. A person points here\\. .* …”", line));
        await CodeAsync("ann", "Nobody"); // Too late for this round.
        Assert.Equal(before, Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Hello())).Prompt.Before);

        foreach (var person in People) // Whoever let nothing be made of it lets it be shown again, but not what was heard in it.
        {
            await street.SaysAsync(person, new Said.Release("1", "none"));
            await street.SaysAsync(person, new Said.Release("1", "anonymous", Hidden: []));
        }

        Assert.All(Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Hello())).Prompt.Before, line => Assert.Contains("“Sentence number 0 ", line, StringComparison.Ordinal));

        async Task<IEnumerable<string>> ShownAsync() =>
            (await rounds.PrepareAsync(street.Study, "w2", Mirrors, Cancellation)).Excerpts.Select(excerpt => rounds.Shown(street.Study, excerpt.Words).Text!);

        async Task CodeAsync(string coder, string word)
        {
            var (coding, reading) = (CodingStoreTests.Coding(street.Store), new ReviewStore(street.Store.Database));
            foreach (var answer in await coding.UncodedAsync(SmallFlow.Study, coder, "1", 100, Cancellation))
            {
                var (start, its) = (answer.Text.IndexOf($"{word} points", StringComparison.Ordinal), CodingStoreTests.Suggested(answer.Session, answer.Address, "trust"));
                if (Coders.IsMachine(coder))
                    Assert.Equal(1, await coding.SaveAsync(SmallFlow.Study, coder, "1", [new CodedAnswer(answer.Session, answer.Address, answer.TextHash, [its with { Start = start, Length = word.Length }])], Cancellation));
                else if (await reading.ReadAsync(SmallFlow.Study, answer.Session, answer.Address, Cancellation) is { } read)
                    Assert.Equal(Deed.Done, await new PeopleStore(street.Store.Database, street.Store.Writer, street.Store.Time).SaveAsync(
                        SmallFlow.Study, new PersonCoding(answer.Session, answer.Address, read.TextHash, coder, coder, [new GivenCode("burnout", start, word.Length, its.Polarity, "definition-1")], [], ""), Cancellation));
            }
        }
    }

    [Fact]
    public async Task What_became_of_themes_is_read_before_the_first_mirror_and_nowhere_else()
    {
        await using var street = await AnsweredAsync();
        await ReleaseAllAsync(street);
        await OpenAsync(street);
        var plain = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Agree("no"))).Prompt.Before;
        var themes = new ReleasedStore(street.Store.Database, street.Store.Writer, street.Store.Time);
        foreach (var action in (ThemeAction[])
        [
            new("busfactor", "Said first, so it gives way.", "", ""), new("trust", "", "", ""), new("gone from the codebook", "x", "x", "x"),
            .. street.Study.Codebook.Given.Where(code => code.Id is not ("busfactor" or "trust")).Take(2).Select(code => new ThemeAction(code.Id, "", "", new string('d', 999))),
            new("trust", "It takes too long.\u202E\n", "", "A date on every answer."),
        ])
        {
            await themes.SayAsync(SmallFlow.Study, action, "max", Cancellation);
            street.Store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var asked = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Hello())).Prompt.Before;
        Assert.Equal(plain, asked[Became.MostThemes..]);
        Assert.Equal($"What became of “{street.Study.Codebook.WithId("trust")!.Label}” since: We heard: It takes too long. · Done: A date on every answer.", asked[0]);
        Assert.All(asked, line => Assert.InRange(line.Length, 1, Excerpt.Longest + 60));
        Assert.DoesNotContain(asked, line => line.Contains("Said first", StringComparison.Ordinal));
        Assert.EndsWith(
            $" depuis de « {street.Study.Codebook.WithId("trust")!.Label} » : Entendu : Trop long. · Fait : Une date.",
            Became.Line(street.Study with { Language = "fr" }, new ThemeAction("trust", "Trop long.", "", "Une date.")), StringComparison.Ordinal);

        var next = Assert.IsType<Outcome.Question>(await SaysAsync(street, "up0", new Said.Answer(new Reply.Said("I see.")))).Prompt;
        Assert.DoesNotContain(next.Before, line => line.Contains("What became", StringComparison.Ordinal));
    }
}
