using System.Collections.Immutable;
using CsCheck;
using FossVoices.Codebooks;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class LexiconTests
{
    [Theory]
    [InlineData("taken for granted", "we just took it for granted, really", "took it for granted")]
    [InlineData("decide ... ourselves", "we decided it all by ourselves", "decided it all by ourselves")]
    [InlineData("not think about", "I don’t think about it", "don’t think about")]
    [InlineData("not think about", "i dont ever think", null)]
    [InlineData("never think", "Never THOUGHT so", "Never THOUGHT")]
    [InlineData("one|two person have the keys", "two people really have all the keys", null)]
    [InlineData("one|two person have keys", "two people really have the keys", "two people really have the keys")]
    [InlineData("nobody know", "no one knows", "no one knows")]
    [InlineData("no one knows", "nobody knew", "nobody knew")]
    [InlineData("organise sprints", "they organized a sprint", "organized a sprint")]
    [InlineData("open source", "an open-source thing", "open-source")]
    [InlineData("do-ocracy", "it is a do ocracy", "do ocracy")]
    [InlineData("burn out", "🔥🔥 burned out 🔥", "burned out")]
    [InlineData("שלום עולם", "אמרו שלום עולם היום", "שלום עולם")]
    public void Words_are_compared_by_their_stems_and_the_span_is_exact(string phrase, string text, string? words)
    {
        phrase = phrase.Replace("taken for", "take it for", StringComparison.Ordinal);

        Assert.Equal(words is null ? [] : [words], Hearing.For(phrase).WordsIn(text));
    }

    [Theory]
    [InlineData("it was, you know, always there", false)]
    [InlineData("it was like that, you know.", false)]
    [InlineData("you know what it was", true)]
    [InlineData("I think you know them all", true)]
    public void A_you_know_that_only_fills_a_pause_tells_of_no_knowing(string text, bool isKnowing) =>
        Assert.Equal(isKnowing, !Hearing.For("know").In(text).IsEmpty);

    [Fact]
    public void The_same_words_listed_by_two_indicators_are_one_piece_of_evidence()
    {
        var twice = Hearing.Of(Hearing.Code("x", Hearing.Indicator("x.1", ["organizer"], confidence: 0.4), Hearing.Indicator("x.2", ["organizer", "translator"], confidence: 0.3)));

        Assert.Empty(twice.In("she is an organizer"));
        Assert.Equal(0.58, Assert.Single(twice.In("an organizer and a translator")).Confidence, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_gap_spans_up_to_five_words(int words) =>
        Assert.Single(Hearing.For("decide ... ourselves").In("we decide " + string.Concat(Enumerable.Repeat("x ", words)) + "ourselves"));

    [Fact]
    public void A_gap_spans_no_sixth_word_and_no_end_of_sentence()
    {
        var hearing = Hearing.For("decide ... ourselves");

        Assert.Empty(hearing.In("we decide a1 b1 c1 d1 e1 f1 ourselves"));
        Assert.Empty(hearing.In("They decide. Ourselves we cook."));
        Assert.Single(hearing.In("They decide in setup.py for ourselves"));
    }

    [Fact]
    public void A_guard_drops_a_hit_beside_it_and_leaves_one_far_away()
    {
        var hearing = Hearing.For("trust", not: ["trust me", "bank"]);

        Assert.Empty(hearing.In("trust me on that"));
        Assert.Empty(hearing.In("the bank holds it in trust"));
        Assert.Single(hearing.In("I trust them. Much later, and in another matter altogether, the bank called"));
    }

    [Fact]
    public void What_must_be_near_must_be_near()
    {
        var hearing = Hearing.For("answer", near: ["issue", "bug report"], within: 3);

        Assert.Equal(["answered"], hearing.WordsIn("my issue was answered"));
        Assert.Equal(["answered"], hearing.WordsIn("they answered every single bug report"));
        Assert.Empty(hearing.In("they answered me kindly about that old bug report"));
        Assert.Empty(hearing.In("they answered"));
    }

    [Fact]
    public void Several_words_are_sure_one_word_is_weak_and_a_cue_needs_company()
    {
        Assert.Equal(0.95, Assert.Single(Hearing.For("bus factor").In("our bus factor")).Confidence);
        Assert.Equal(0.6, Assert.Single(Hearing.For("burnout").In("burnout")).Confidence);
        Assert.Empty(Hearing.For("tool", confidence: 0.3).In("a tool, a tool, a tool"));

        var two = Hearing.Of(Hearing.Code("tooling", Hearing.Indicator("t.1", ["tool"], confidence: 0.3), Hearing.Indicator("t.2", ["test"], confidence: 0.4)));
        Assert.Equal(["t.2", "t.1"], Assert.Single(two.In("a tool for tests")).Evidence.Select(e => e.Indicator));
    }

    [Fact]
    public void Weak_evidence_never_adds_up_to_a_sure_one() =>
        Assert.InRange(
            Assert.Single(Hearing.Of(Hearing.Code("x", [.. "abcdefgh".Select(c => Hearing.Indicator($"x.{c}", [$"{c}{c}"], confidence: 0.9))])).In("aa bb cc dd ee ff gg hh")).Confidence,
            0.9, Confidence.Sure - 0.001);

    [Theory]
    [InlineData("I am worn out", nameof(Polarity.Asserted))]
    [InlineData("I am not worn out", nameof(Polarity.Negated))]
    [InlineData("I never said that, I am worn out", nameof(Polarity.Asserted))]
    [InlineData("not that, but worn out", nameof(Polarity.Asserted))]
    [InlineData("if somebody were worn out", nameof(Polarity.Hypothetical))]
    [InlineData("she was worn out", nameof(Polarity.OtherPerson))]
    [InlineData("she saw that I was worn out", nameof(Polarity.Asserted))]
    public void A_hit_is_kept_and_marked_with_how_it_is_meant(string text, string polarity) =>
        Assert.Equal(polarity, Assert.Single(Hearing.For("worn out").In(text)).Polarity.ToString());

    [Theory]
    [InlineData("#BusFactor!", "#BusFactor")]
    [InlineData("so #bus-factor.", "#bus-factor")]
    [InlineData("#lotteryfactor", "#lotteryfactor")]
    [InlineData("#busfactor-ish", "#busfactor")]
    [InlineData("see issue#busfactor", null)]
    [InlineData("https://example.org/#busfactor", null)]
    [InlineData("#1 and #2", null)]
    [InlineData("#busfactory", null)]
    public void A_typed_hashtag_is_certain(string text, string? tag)
    {
        var hearing = Hearing.Of(Hearing.Code("busfactor") with { Aliases = ["lottery factor"] });

        Assert.Equal(tag is null ? [] : [tag], hearing.WordsIn(text));
        Assert.All(hearing.In(text), suggestion => Assert.Equal(1.0, suggestion.Confidence));
    }

    [Fact]
    public void A_retired_code_is_hidden_and_a_merged_one_is_heard_as_the_other()
    {
        var hearing = Hearing.Of(
            Hearing.Code("old", Hearing.Indicator("old.1", ["old thing"])) with { MergedInto = "new" },
            Hearing.Code("gone", Hearing.Indicator("gone.1", ["gone thing"])) with { Status = CodeStatus.Retired },
            Hearing.Code("new"));

        Assert.Equal(["new"], hearing.CodesIn("an old thing, a gone thing"));
        Assert.Equal(["new"], hearing.CodesIn("#old #gone"));
    }

    [Fact]
    public void The_version_changes_with_the_indicators_and_not_with_a_label()
    {
        Assert.Equal(Version("a phrase", "A"), Version("a phrase", "B"));
        Assert.NotEqual(Version("a phrase", "A"), Version("another phrase", "A"));

        static string Version(string phrase, string label) =>
            new Lexicon(new Codebook("c", 1, [Hearing.Code("x", Hearing.Indicator("x.1", [phrase])) with { Label = label }])).Version;
    }

    [Fact]
    public void No_text_is_too_strange_and_every_span_lies_within_it() => Gen.String.Sample(text =>
    {
        var strange = text + "\ud83d burnout \udc00#burnout" + text;
        var suggestion = Assert.Single(Hearing.Of(Hearing.Code("exhaustion", Hearing.Indicator("e.1", ["burnout"])) with { Aliases = ["burnout"] }).In(strange));
        Assert.All(suggestion.Evidence, evidence => Assert.Contains("urnout", strange.Substring(evidence.Start, evidence.Length), StringComparison.OrdinalIgnoreCase));
    });

    [Fact]
    public void Many_threads_hear_the_same()
    {
        var hearing = Hearing.For("volunteer ... burned out");
        var texts = Enumerable.Range(0, 200).Select(i => $"word{i} volunteers w{i} burn out").ToImmutableArray();

        Assert.All(texts.AsParallel().WithDegreeOfParallelism(8).Select(hearing.WordsIn), words => Assert.Single(words));
    }
}
