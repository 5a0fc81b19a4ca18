using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>Compiles <c>study.json</c>.</summary>
internal static class StudyReader
{
    /// <summary>The study without its flows, or null where the file is too broken to say what it is.</summary>
    public static Study? Read(Node root, string folder, Codebook codebook, Problems problems)
    {
        ShapeCheck.Check(StudyShape.File, root, problems);
        if (root is not Node.Object file || problems.Hopeless)
            return null;

        if (file.TextOf("id") is { } id && id != folder)
            problems.Error("FV021", file.Where("id"), $"the id '{Problems.Shown(id)}' differs from the folder's name '{folder}'", "give both the same name");

        var defaultFlow = file.TextOf("default_flow") ?? "";
        var places = file.ObjectOf("places");
        var privacy = file.ObjectOf("privacy");
        var report = file.ObjectOf("report");
        return new Study
        {
            Id = folder,
            Title = file.TextOf("title") ?? "",
            Project = file.TextOf("project") ?? "",
            Language = file.TextOf("language") ?? "en",
            Sides = file.TextMapOf("sides").DistinctBy(s => s.Key).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Team = TeamOf(file.ObjectOf("team")),
            DefaultFlow = defaultFlow,
            Waves = Waves(file, problems),
            Sources = places?.TextsOf("sources") ?? [],
            Pool = places?.TruthOf("pool") ?? true,
            OneTimeCodes = places?.TruthOf("one_time_codes") ?? false,
            Attestation = AttestationOf(file.ObjectOf("attestation"), problems),
            MinimumGroup = privacy?.WholeOf("minimum_group") ?? 10,
            RetainDays = privacy?.WholeOf("retain_days") ?? 365,
            Noise = privacy?.NumberOf("noise"),
            Release = ReleaseOf(file.ObjectOf("release"), problems),
            CountUnchecked = file.ObjectOf("coding")?.TextOf("count") != "confirmed",
            LearnFrom = file.ObjectOf("coding")?.WholeOf("learn_from") ?? 8,
            Schedule = Schedule(report, problems),
            TimeZone = TimeZone(report, problems),
            Channels = Channels(report, problems),
            PreviewHours = report?.WholeOf("preview_hours") ?? 0,
            TensionsShown = report?.WholeOf("tensions_shown") ?? 3,
            Tensions = Tensions(file, defaultFlow, problems),
            Help = file.TextOf("help"),
            Codebook = codebook,
            Flows = ImmutableSortedDictionary<string, Flow>.Empty,
        };
    }

    /// <summary>Stands in for a study whose file can't be read, so that its flows can be checked all the same.</summary>
    public static Study Unknown(string folder, Codebook codebook) => new()
    {
        Id = folder,
        Title = folder,
        Project = folder,
        Language = "en",
        Sides = ImmutableSortedDictionary<string, string>.Empty,
        Team = TeamOf(null),
        DefaultFlow = "",
        Codebook = codebook,
        Flows = ImmutableSortedDictionary<string, Flow>.Empty,
    };

    /// <summary>What a flow needs to know of its study: among the tensions those of which both halves are asked in it.</summary>
    public static Setting SettingFor(Study study, string flow) => new(
        study.Id, study.Project, study.Sides,
        [.. study.Tensions.Where(t => t.A.Flow == flow && t.B.Flow == flow).Select(t => new Tension(t.Id, t.A.Item, t.B.Item, t.Label, t.Starter))],
        study.Help);

    /// <summary>What can only be checked once the flows have been read.</summary>
    public static void CheckAgainstFlows(Study study, Node root, IReadOnlyCollection<string> flowIds, Problems problems)
    {
        if (root is not Node.Object file)
            return;

        if (!flowIds.Contains(study.DefaultFlow))
            problems.Unknown("FV022", file.Where("default_flow"), "flow", study.DefaultFlow, flowIds);

        foreach (var flow in file.ListOf("waves").OfType<Node.Object>().SelectMany(w => w.ListOf("flows")).OfType<Node.Text>().Where(f => !flowIds.Contains(f.Value)))
            problems.Unknown("FV022", flow.At, "flow", flow.Value, flowIds);

        MirrorCheck.CheckAgain(study, file, problems);
        foreach (var node in file.ListOf("tensions").OfType<Node.Object>())
        {
            foreach (var key in (string[])["a", "b"])
            {
                if (node.TextOf(key) is { } name)
                    CheckHalf(study, HalfOf(name, study.DefaultFlow), node.Where(key), flowIds, problems);
            }
        }
    }

    private static void CheckHalf(Study study, Half half, Position at, IReadOnlyCollection<string> flowIds, Problems problems)
    {
        if (!flowIds.Contains(half.Flow))
            problems.Unknown("FV022", at, "flow", half.Flow, flowIds);
        else if (study.Flows.GetValueOrDefault(half.Flow) is not { } flow)
            return; // The flow has errors of its own, which come first.
        else if (flow.Find(half.Item) is not { } item)
            problems.Unknown("FV012", at, "item", half.Item, flow.InFileOrder.Where(IsRated).Select(i => i.Id));
        else if (!IsRated(item))
            problems.Error("FV023", at, $"'{half.Item}' can't be half of a tension", "a half is an item of type scale or pair");
    }

    private static bool IsRated(Item item) => item is Item.Rating or Item.Pair;

    private static Team TeamOf(Node.Object? team) => new(
        team?.TextsOf("names") ?? [], team?.TextOf("contact") ?? "", team?.TextOf("ethics") ?? "", team?.TextOf("positions") ?? "");

    private static ImmutableSortedDictionary<string, Attestation> AttestationOf(Node.Object? node, Problems problems)
    {
        var proofs = ImmutableSortedDictionary.CreateBuilder<string, Attestation>(StringComparer.Ordinal);
        foreach (var (side, at, value) in node?.Members ?? [])
        {
            if (side is not ("upstream" or "downstream"))
                problems.Unknown("FV013", at, "side", side, ["upstream", "downstream"]);
            else if (value is Node.Object proof)
                proofs[side] = new Attestation(proof.TextsOf("discord_roles"), proof.TextsOf("teams"), proof.TruthOf("codes"));
        }

        return proofs.ToImmutable();
    }

    private static ReleaseTerms? ReleaseOf(Node.Object? node, Problems problems)
    {
        if (node is null)
            return null;
        var offered = node.TextsOf("offer").Select(Releases.TryRead).OfType<Release>().Append(Release.None).Append(Release.Count).Distinct().Order().ToImmutableArray();
        if (offered.Contains(Release.Named) && node.TextOf("license") is not { Length: > 0 })
            problems.Error("FV051", node.Where("offer"), "words that are released under a name need a licence that says what others may do with them", "add \"license\", such as \"CC BY 4.0\"");
        return new ReleaseTerms(node.TextOf("text") ?? "", offered, node.TextOf("license") ?? "")
        {
            ReplyDays = node.WholeOf("reply_days") ?? ReleaseTerms.UsualReplyDays,
        };
    }

    private static string? Schedule(Node.Object? report, Problems problems)
    {
        if (report?.TextOf("schedule") is not { } line)
            return null;
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 5 && line.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '*' or '/' or ',' or '-' or '#' or '?'))
            return line;
        problems.Error("FV004", report.Where("schedule"), $"'{Problems.Shown(line)}' is no schedule", "five fields: minute, hour, day of the month, month, weekday, such as 0 9 * * MON");
        return null;
    }

    private static string TimeZone(Node.Object? report, Problems problems)
    {
        var id = report?.TextOf("time_zone") ?? "Etc/UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out _))
            problems.Error("FV004", report!.Where("time_zone"), $"'{Problems.Shown(id)}' is no time zone", "write it as Europe/Berlin or Etc/UTC");
        return id;
    }

    private static ImmutableArray<string> Channels(Node.Object? report, Problems problems)
    {
        foreach (var channel in report?.ListOf("channels").OfType<Node.Text>() ?? [])
        {
            var isDiscord = channel.Value.StartsWith("discord:", StringComparison.Ordinal) && channel.Value["discord:".Length..].Split('/') is [{ Length: > 0 }, { Length: > 0 }];
            if (!isDiscord && !(channel.Value.StartsWith("teams:", StringComparison.Ordinal) && channel.Value.Length > "teams:".Length))
                problems.Error("FV004", channel.At, $"'{Problems.Shown(channel.Value)}' is no channel", "write discord:GUILD_ID/CHANNEL_ID or teams:CONVERSATION_ID");
        }

        return report?.TextsOf("channels") ?? [];
    }

    private static ImmutableArray<Wave> Waves(Node.Object file, Problems problems)
    {
        var nodes = file.ListOf("waves").OfType<Node.Object>().ToImmutableArray();
        CheckTwice(nodes, "wave", problems);
        ImmutableArray<Wave> waves = [.. nodes.Select(w => new Wave(w.TextOf("id") ?? "", w.TextsOf("flows"), Day(w, "open", problems), Day(w, "close", problems), w.WholeOf("remind_after_days")))];
        foreach (var (wave, node) in waves.Zip(nodes))
        {
            if (wave.Open > wave.Close)
                problems.Error("FV045", node.Where("close"), $"the wave '{wave.Id}' closes before it opens", "a wave closes on the day it opens, or later");
            else if (waves.TakeWhile(w => !ReferenceEquals(w, wave)).FirstOrDefault(w => wave.Open <= w.Close && w.Open <= wave.Close) is { } other)
                problems.Error("FV045", node.Where("open"), $"the wave '{wave.Id}' opens before '{other.Id}' has closed", "an answer belongs to one wave: let them follow one another");
        }

        return waves;
    }

    private static DateOnly? Day(Node.Object node, string key, Problems problems)
    {
        if (node.TextOf(key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Error("FV004", node.Where(key), $"'{Problems.Shown(text)}' is no day", "write it as 2026-12-01");
        return null;
    }

    private static ImmutableArray<StudyTension> Tensions(Node.Object file, string defaultFlow, Problems problems)
    {
        var tensions = file.ListOf("tensions").OfType<Node.Object>().ToImmutableArray();
        CheckTwice(tensions, "tension", problems);
        return [.. tensions.Select(t => new StudyTension(
            t.TextOf("id") ?? "", HalfOf(t.TextOf("a") ?? "", defaultFlow), HalfOf(t.TextOf("b") ?? "", defaultFlow),
            t.TextOf("label") ?? "", t.TextOf("starter") ?? ""))];
    }

    private static Half HalfOf(string name, string defaultFlow) =>
        name.Split('.') is [var flow, var item] ? new Half(flow, item) : new Half(defaultFlow, name);

    private static void CheckTwice(ImmutableArray<Node.Object> nodes, string what, Problems problems)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in nodes.Select(n => n.Find("id")).OfType<Node.Text>().Where(id => !ids.Add(id.Value)))
            problems.Error("FV007", id.At, $"the {what} '{id.Value}' stands here a second time", "give each an id of its own");
    }
}
