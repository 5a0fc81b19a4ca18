using System.Reflection;
using FossVoices.Flows;
using FossVoices.Tests.Planted;
using NetArchTest.Rules;

namespace FossVoices.Tests.Architecture;

/// <summary>The house rules of docs/architecture.md, held by reading the compiled assembly.</summary>
public sealed class FolderTests
{
    /// <summary>A folder uses only folders that stand above it here.</summary>
    private static readonly string[] s_folders =
    [
        "Definitions", "Gaps", "Codebooks", "Flows", "Studies", "Sessions", "Coding", "Reports", "Exchange", "Channels", "Storage", "Fieldwork",
    ];

    /// <summary>Folders that may open files.</summary>
    private static readonly string[] s_openFiles = ["Studies", "Storage"];

    private static readonly Assembly s_engine = typeof(Flow).Assembly;

    public static TheoryData<string, string> Downwards()
    {
        var data = new TheoryData<string, string>();
        for (var i = 0; i < s_folders.Length; i++)
        {
            for (var j = i + 1; j < s_folders.Length; j++)
                data.Add(s_folders[i], s_folders[j]);
        }

        return data;
    }

    public static TheoryData<string> Pure() => [.. s_folders.TakeWhile(f => f != "Storage")];

    [Theory]
    [MemberData(nameof(Downwards))]
    public void A_folder_uses_no_folder_below_it(string folder, string below)
    {
        var types = In(folder);
        Assert.NotEmpty(types.GetTypes());
        Assert.NotEmpty(In(below).GetTypes());
        Assert.Empty(Offenders(types, $"FossVoices.{below}"));
    }

    [Theory]
    [MemberData(nameof(Pure))]
    public void A_pure_folder_uses_no_SQL_no_network_and_no_files(string folder)
    {
        var types = In(folder);
        Assert.NotEmpty(types.GetTypes());
        foreach (var outside in (string[])["Dapper", "Microsoft.Data.Sqlite", "DbUp", "System.Net"])
            Assert.Empty(Offenders(types, outside));
        if (!s_openFiles.Contains(folder))
        {
            foreach (var file in (string[])["System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.IO.FileInfo"])
                Assert.Empty(Offenders(types, file));
        }
    }

    [Fact]
    public void Every_folder_of_the_engine_is_on_the_list() =>
        Assert.Empty(s_engine.GetTypes()
            .Where(t => t.Namespace is { } name && name.StartsWith("FossVoices.", StringComparison.Ordinal) && !s_folders.Contains(name["FossVoices.".Length..].Split('.')[0]))
            .Select(t => t.FullName));

    [Fact]
    public void The_engine_references_no_chat_platform_and_no_web_server() =>
        Assert.DoesNotContain(
            s_engine.GetReferencedAssemblies().Select(a => a.Name!),
            name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.Contains("Discord", StringComparison.Ordinal) || name.Contains("Teams", StringComparison.Ordinal));

    [Fact] // FossVoices.Tests.Planted.Leak holds a Database.
    public void The_rule_itself_catches_a_planted_offender() =>
        Assert.Equal(
            [typeof(Leak).FullName],
            Offenders(Types.InAssembly(typeof(Leak).Assembly).That().ResideInNamespace(typeof(Leak).Namespace), "FossVoices.Storage"));

    private static PredicateList In(string folder) => Types.InAssembly(s_engine).That().ResideInNamespace($"FossVoices.{folder}");

    private static IEnumerable<string> Offenders(PredicateList types, string forbidden) =>
        types.ShouldNot().HaveDependencyOn(forbidden).GetResult().FailingTypeNames ?? [];
}
