namespace FossVoices.Benchmarks;

/// <summary>A study of ten questions with five choices each, as files.</summary>
internal static class TeamsStudy
{
    /// <summary>Writes it, and returns the folder of studies.</summary>
    public static string Write(string folder)
    {
        var study = Directory.CreateDirectory(Path.Combine(folder, "studies", "ten")).FullName;
        Directory.CreateDirectory(Path.Combine(study, "flows"));
        File.WriteAllText(Path.Combine(study, "study.json"), """
            { "id": "ten", "title": "Ten questions", "project": "it", "language": "en",
              "sides": { "upstream": "those who make it", "downstream": "those who use it" },
              "team": { "names": ["The makers"], "contact": "ten@example.org", "ethics": "none: a benchmark", "positions": "None." },
              "default_flow": "ten", "privacy": { "minimum_group": 10, "retain_days": 30, "noise": null }, "help": "Ask ten@example.org." }
            """);
        File.WriteAllText(Path.Combine(study, "codebook.json"), """{ "id": "ten", "version": 1, "codes": [{ "id": "load", "label": "Load", "brief": "It is about too much work.", "full": "Anything about too much work." }] }""");
        var items = string.Join(",\n", Enumerable.Range(1, 10).Select(i => $$"""{ "id": "q{{i}}", "type": "scale", "scale": "far", "reading": "owed", "core": true, "ask": "Question {{i}}: how far should it be so?", "short": "It should be so, {{i}}", "codes": [] }"""));
        File.WriteAllText(Path.Combine(study, "flows", "ten.json"), $$"""
            { "id": "ten", "version": 1, "language": "en", "title": "Ten questions", "minutes": 3,
              "consent": { "text": "Who asks: the makers.\nWhy: to learn how fast it is.\nHow long: about 3 minutes.\nWhat is kept: your answers, under a pseudonym, until {retention_date}.\nVoluntary: skip any question, stop at any time.\nWithdrawing: until {retention_date}, with /voices withdraw or your receipt. What cannot be undone: figures already posted.\nWho reads your words: the makers.\nEthics: none.\nWhom to ask: ten@example.org",
                "agree": "I agree", "decline": "No, thanks" },
              "scales": { "far": { "points": ["not at all", "a little", "somewhat", "mostly", "fully"], "agree_from": 4, "dont_know": "I don't know" } },
              "items": [ { "id": "role", "type": "choice", "sets": "side", "ask": "Which is closer to you?", "options": { "upstream": "I make it", "downstream": "I use it" } },
            {{items}} ],
              "end": "Thank you. You can withdraw until {retention_date}." }
            """);
        return Path.Combine(folder, "studies");
    }
}
