using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using static FossVoices.Tests.Fieldwork.RoundTests;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A mirror that is about one topic shows answers in which that topic counts, as it counts everywhere else, and of them the passage about it.</summary>
public sealed class MirrorCodesTests
{
    private static readonly Flow s_trust = new(
        Round, 1, "en", Template.Parse("What others said"), 2, new ConsentText(Template.Parse("You see what others said."), "Yes", "No", Quotes: null),
        [.. Mirrors.Mirrors.Select(mirror => mirror with { Rule = mirror.Rule with { Codes = ["trust"] } })],
        Template.Parse("Thank you."), new Setting(SmallFlow.Study, "Project", ImmutableSortedDictionary<string, string>.Empty, [], Help: null), hash: "3e");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_answers_count_in_which_the_code_counts()
    {
        await using var street = await AnsweredAsync();
        await ReleaseAllAsync(street);
        await CodeAsync(street, LexiconCoder.Name, text => "trust");
        Assert.Equal(People.Order(StringComparer.Ordinal), await FittingAsync(street));

        await street.Store.DoAsync($"update assignment set status = 'superseded' where {Of("up0")}");
        await street.Store.DoAsync($"update assignment set status = 'rejected' where {Of("up1")}");
        await street.Store.DoAsync($"update assignment set coder = '{Coders.Llm}' where {Of("up2")}"); // A language model's word alone is none.
        await street.Store.DoAsync($"update assignment set coder = '{Coders.Llm}', status = 'confirmed' where {Of("down0")}");
        await street.Store.DoAsync( // Settled by people, who did not find it.
            $"insert into reading (study, session, address, coder, coder_version, at) select study, session, address, '{Coders.Gold}', coder_version, at from reading where {Of("down1")}");

        Assert.Equal(["down0", "down2"], await FittingAsync(street));
    }

    [Fact]
    public async Task The_passage_is_about_the_mirrors_code_not_where_most_was_coded()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 12).Select(i => $"Sentence number {i} says little."));
        await using var street = await AnsweredAsync($"{filler} Here many things are said. {filler} Trust is spoken of here. {filler}");
        await ReleaseAllAsync(street);
        await CodeAsync(street, LexiconCoder.Name, text => "burnout", "many");
        await CodeAsync(street, LinearCoder.Name, text => "busfactor", "many");
        await CodeAsync(street, CombinedCoder.Name, text => "trust", "Trust");
        var rounds = Rounds(street);

        var prepared = await rounds.PrepareAsync(street.Study, "w2", s_trust, Cancellation);
        Assert.All(prepared.Excerpts, excerpt => Assert.Contains(". Trust is spoken of here. ", rounds.Shown(street.Study, excerpt.Words).Text, StringComparison.Ordinal));
        Assert.NotEmpty(prepared.Excerpts);
        Assert.True(await rounds.OpenAsync(street.Study, prepared, "max", Cancellation));

        var reader = prepared.Mirrors[0];
        var mirror = s_trust.Mirrors.Single();
        Assert.All(
            await rounds.ShownAsync(street.Study, mirror, reader.Excerpts[mirror.Id], reader.Respondent, Cancellation),
            shown => Assert.Contains(". Trust is spoken of here. ", shown.Text, StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> FittingAsync(Street street)
    {
        var prepared = await Rounds(street).PrepareAsync(street.Study, "w2", s_trust, Cancellation);
        return prepared.Excerpts.Select(excerpt => excerpt.Words.Text(street.Store.Database.Vault).Split(' ')[^1]).Order(StringComparer.Ordinal);
    }

    /// <summary>The answer of a person, whose session is told by when it began.</summary>
    private static string Of(string person) => $"session = (select session from session where flow = '{SmallFlow.Id}' order by started_at, rowid limit 1 offset {Array.IndexOf(People, person)})";

    private static async Task CodeAsync(Street street, string coder, Func<string, string> code, string word = "the")
    {
        var coding = CodingStoreTests.Coding(street.Store);
        foreach (var answer in await coding.UncodedAsync(SmallFlow.Study, coder, "1", 100, Cancellation))
        {
            var its = CodingStoreTests.Suggested(answer.Session, answer.Address, code(answer.Text)) with { Coder = coder, Start = answer.Text.IndexOf(word, StringComparison.Ordinal), Length = word.Length };
            await coding.SaveAsync(SmallFlow.Study, coder, "1", [new CodedAnswer(answer.Session, answer.Address, answer.TextHash, [its])], Cancellation);
        }
    }
}
