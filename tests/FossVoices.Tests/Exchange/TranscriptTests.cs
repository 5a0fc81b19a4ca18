using FossVoices.Exchange;

namespace FossVoices.Tests.Exchange;

public sealed class TranscriptTests
{
    [Fact]
    public void A_name_in_capitals_begins_a_turn_and_all_else_continues_it()
    {
        var transcript = Read("""
            # A heading before anybody speaks
            ANA: How do you keep it running?

            BEA: With patience.
            And he also told me: keep going.

            Still me.
            ANA, TYPING: Thanks.
            BEA (typed): Bye.
            """);

        Assert.Equal(["ANA", "BEA", "ANA", "BEA"], transcript.Turns.Select(t => t.Speaker));
        Assert.Equal("With patience.\nAnd he also told me: keep going.\n\nStill me.", transcript.Turns[1].Words);
        Assert.Equal(4, transcript.Turns[1].Line);
    }

    [Fact]
    public void Quoted_lines_and_headings_are_nobodys_answer()
    {
        var answers = Answers("""
            ANA: What do you make of this?
            > CAI: It was on fire.
            BEA: I see it the same way.
            # Part two
            > BEA: Once more.
            And that is all.
            """);

        Assert.Equal(["I see it the same way.\nAnd that is all."], answers.Select(a => a.Words));
    }

    [Fact]
    public void An_answer_comes_with_what_the_interviewers_said_before_it()
    {
        var answers = Answers("""
            ANA: First?
            BEA: One.
            ANA: Well.
            ANA: Second?
            BEA: Two.
            BEA: And more.
            """);

        Assert.Equal(["First?", "Well.\n\nSecond?", ""], answers.Select(a => a.Question));
        Assert.Equal(["One.", "Two.", "And more."], answers.Select(a => a.Words));
    }

    [Fact]
    public void A_turn_of_nothing_but_a_note_is_no_answer_and_its_question_waits_for_one()
    {
        var answers = Answers("""
            ANA: Can you hear me?
            BEA: [inaudible]
            ANA: And now?
            BEA: Yes [laughs], now I can.
            """);

        var answer = Assert.Single(answers);
        Assert.Equal("Can you hear me?\n\nAnd now?", answer.Question);
        Assert.Equal("Yes [laughs], now I can.", answer.Words);
        Assert.Equal("Yes         , now I can.", TranscriptReader.WithoutNotes(answer.Words));
    }

    [Fact]
    public void Naming_narrators_keeps_only_theirs()
    {
        var transcript = Read("ANA: Who?\nBEA: Me.\nCAI: And me.");

        Assert.Equal(["And me."], transcript.Answers(Set("ANA"), Set("CAI")).Select(a => a.Words));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Just a letter, with nobody: speaking.")]
    [InlineData("> ANA: only quoted")]
    public void A_file_in_which_nobody_speaks_is_refused_in_one_sentence(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => Read(text));

        Assert.Contains("talk.md has no line that begins with a speaker", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_six_narrators_of_the_study_come_out_and_no_more()
    {
        var folder = Repository.Shared("transcripts");
        var transcripts = Directory.EnumerateFiles(folder, "*-full.md").Order(StringComparer.Ordinal).Select(file =>
        {
            using var text = File.OpenText(file);
            return TranscriptReader.Read(Path.GetFileName(file), text);
        }).ToArray();

        var answers = transcripts.SelectMany(t => t.Answers(Set("MEL", "MIRABAI", "AMANDA"), Set())).ToArray();

        Assert.Equal(16, transcripts.Length);
        Assert.Equal(["DONALD", "ERNEST", "JACKIE", "NAOMI", "NICK", "TERRI"], answers.Select(a => a.Narrator).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(answers.Length, 600, 760);
    }

    private static Transcript Read(string text)
    {
        using var reader = new StringReader(text);
        return TranscriptReader.Read("talk.md", reader);
    }

    private static NarratedTurn[] Answers(string text) => [.. Read(text).Answers(Set("ANA"), Set())];

    private static HashSet<string> Set(params string[] names) => [.. names];
}
