using System.Collections.Immutable;
using CsCheck;
using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>Who sees whose words, whatever was released by whomever.</summary>
public sealed class MirrorDrawTests
{
    private static readonly string[] s_sides = ["upstream", "downstream"];

    private static readonly Gen<MirrorRule> s_rules =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[1, 4], (other, own, atLeast) => new MirrorRule("w1", "survey", "why", [], other, own, atLeast));

    private static readonly Gen<(ImmutableArray<Candidate> Candidates, ImmutableArray<MirrorReader> Readers)> s_people =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 7], Gen.Int[0, 1]).Array[0, 9].Select(people => (
            people.SelectMany((its, person) => Enumerable.Range(0, its.Item1).Select(n => new Candidate(
                $"x{person}.{n}", $"p{person}", s_sides[its.Item3], Picked: its.Item2 == 7 && n == 0, Barred: its.Item2 < 2 && n == 1))).ToImmutableArray(),
            people.Select((its, person) => new MirrorReader($"p{person}", s_sides[its.Item3])).ToImmutableArray()));

    private static readonly Gen<(MirrorRule Rule, ImmutableArray<Candidate> Candidates, ImmutableArray<MirrorReader> Readers, int Seed)> s_draws =
        Gen.Select(s_rules, s_people, Gen.Int, (rule, people, seed) => (rule, people.Candidates, people.Readers, seed));

    [Fact]
    public void Nobody_is_shown_own_or_barred_words_or_the_same_twice_or_more_than_the_rule_says() => s_draws.Sample(draw =>
    {
        var by = draw.Candidates.ToDictionary(candidate => candidate.Id);
        foreach (var reader in draw.Readers)
        {
            var shown = Drawn(draw)[reader.Respondent].Select(id => by[id]).ToArray();
            Assert.All(shown, its => Assert.NotEqual(reader.Respondent, its.Author));
            Assert.All(shown, its => Assert.False(its.Barred));
            Assert.Distinct(shown.Select(its => its.Id));
            Assert.True(shown.Count(its => its.Side == reader.Side) <= draw.Rule.Own);
            Assert.True(shown.Count(its => its.Side != reader.Side) <= draw.Rule.Other);
        }
    });

    [Fact]
    public void Words_that_say_too_little_come_only_where_there_are_no_others_or_a_researcher_picked_them()
    {
        ImmutableArray<Candidate> candidates =
            [new("yes", "p1", "upstream", Slight: true), new("long", "p2", "upstream"), new("longer", "p2", "upstream"), new("no", "p3", "upstream", Slight: true)];
        var rule = new MirrorRule("w1", "survey", "why", [], Other: 2, Own: 0, AtLeast: 2);

        Assert.Equal(["long", "longer"], Of(candidates).Order());
        Assert.Contains("no", Of(candidates.SetItem(3, candidates[3] with { Picked = true })));
        Assert.Equal(["long", "longer", "no", "yes"], MirrorDraw.Of(rule with { Other = 4 }, "seen", candidates, [new MirrorReader("r", "downstream")], 5)["r"].Order());

        ImmutableArray<string> Of(ImmutableArray<Candidate> some) => MirrorDraw.Of(rule, "seen", some, [new MirrorReader("r", "downstream")], 5)["r"];
    }

    [Fact]
    public void From_fewer_people_than_the_study_allows_nothing_of_a_side_is_shown_and_else_as_much_as_there_is() => s_draws.Sample(draw =>
    {
        foreach (var reader in draw.Readers)
        {
            foreach (var side in s_sides)
            {
                var theirs = draw.Candidates.Where(its => its.Side == side && its.Author != reader.Respondent && !its.Barred).ToArray();
                var enough = theirs.Select(its => its.Author).Distinct().Count() >= draw.Rule.AtLeast;
                var wanted = side == reader.Side ? draw.Rule.Own : draw.Rule.Other;
                Assert.Equal(enough ? Math.Min(wanted, theirs.Length) : 0, Drawn(draw)[reader.Respondent].Count(id => theirs.Any(its => its.Id == id)));
            }
        }
    });

    [Fact]
    public void Nobody_is_heard_twice_by_a_reader_while_somebody_else_is_not_heard() => s_draws.Sample(draw =>
    {
        var by = draw.Candidates.ToDictionary(candidate => candidate.Id);
        foreach (var reader in draw.Readers)
        {
            foreach (var side in Drawn(draw)[reader.Respondent].Select(id => by[id]).GroupBy(its => its.Side))
            {
                var authors = draw.Candidates.Where(its => its.Side == side.Key && its.Author != reader.Respondent && !its.Barred).Select(its => its.Author).Distinct().Count();
                Assert.Equal(Math.Min(side.Count(), authors), side.Select(its => its.Author).Distinct().Count());
            }
        }
    });

    [Fact]
    public void Drawn_again_in_any_order_it_is_the_same() => s_draws.Sample(draw =>
        Assert.Equal(Print(Drawn(draw)), Print(MirrorDraw.Of(draw.Rule, "m", draw.Candidates.Reverse(), draw.Readers.Reverse(), draw.Seed))));

    [Fact]
    public void Everybody_is_heard_about_as_often() => Gen.Int.Sample(seed =>
    {
        var readers = Enumerable.Range(0, 6).Select(i => new MirrorReader($"p{i}", s_sides[i % 2])).ToArray();
        var candidates = readers.SelectMany((reader, i) => Enumerable.Range(0, 1 + i).Select(n => new Candidate($"x{i}.{n}", reader.Respondent, reader.Side))).ToArray(); // Some say much.
        var drawn = MirrorDraw.Of(new MirrorRule("w1", null, null, [], 2, 1, 2), "m", candidates, readers, seed);
        var heard = drawn.Values.SelectMany(ids => ids).CountBy(id => id.Split('.')[0]).ToDictionary();
        Assert.Equal(6, heard.Count);
        Assert.InRange(heard.Values.Max() - heard.Values.Min(), 0, 2);
    });

    [Fact]
    public void What_is_picked_goes_before_what_chance_would_take()
    {
        MirrorReader[] readers = [new("me", "upstream")];
        for (var seed = 0; seed < 20; seed++)
        {
            Candidate[] candidates = [new("a", "ann", "downstream"), new("b", "bob", "downstream", Picked: true), new("c", "cat", "downstream")];
            Assert.Equal(["b"], MirrorDraw.Of(new MirrorRule("w1", null, null, [], 1, 0, 2), "m", candidates, readers, seed)["me"]);
        }
    }

    [Fact]
    public void An_excerpt_is_one_line_of_bounded_length_that_tears_nothing_apart() => Gen.String[Gen.Char["ab .!\n\té\u0301\uD83D\uDE00"], 0, 900].Sample(text =>
    {
        var excerpt = Excerpt.Of(text);
        Assert.True(excerpt.Length <= Excerpt.Longest);
        Assert.DoesNotContain('\n', excerpt);
        var whole = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(excerpt.EndsWith(" …", StringComparison.Ordinal) && excerpt != whole ? excerpt[..^2] : excerpt, whole, StringComparison.Ordinal);
    });

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Drawn((MirrorRule Rule, ImmutableArray<Candidate> Candidates, ImmutableArray<MirrorReader> Readers, int Seed) draw) =>
        MirrorDraw.Of(draw.Rule, "m", draw.Candidates, draw.Readers, draw.Seed);

    private static string Print(ImmutableSortedDictionary<string, ImmutableArray<string>> drawn) => string.Join('|', drawn.Select(its => $"{its.Key}:{string.Join(',', its.Value)}"));
}
