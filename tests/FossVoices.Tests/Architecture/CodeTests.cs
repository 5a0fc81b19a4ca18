using System.Reflection;
using System.Runtime.CompilerServices;
using FossVoices.Flows;
using FossVoices.Host.Commands;
using Microsoft.Extensions.Logging;

namespace FossVoices.Tests.Architecture;

/// <summary>Habits of the code that nobody should have to watch over.</summary>
public sealed class CodeTests
{
    private static readonly IEnumerable<Type> s_types = new[] { typeof(Flow).Assembly, typeof(FossVoices.Discord.BotToken).Assembly, typeof(FossVoices.Teams.TeamsSettings).Assembly, typeof(Verbs).Assembly }
        .SelectMany(a => a.GetTypes())
        .Where(t => t.Namespace?.StartsWith("FossVoices", StringComparison.Ordinal) == true && !IsGenerated(t));

    [Fact]
    public void Every_class_is_sealed_or_abstract_or_a_page() =>
        Assert.Empty(s_types.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsPage(t)).Select(t => t.FullName));

    [Fact]
    public void No_static_field_can_change() =>
        Assert.Empty(s_types
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !f.IsDefined(typeof(CompilerGeneratedAttribute)) && !f.Name.StartsWith('<'))
            .Select(f => $"{f.DeclaringType}.{f.Name}"));

    [Fact]
    public void No_log_line_holds_what_somebody_said()
    {
        var messages = s_types
            .SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()?.Message).OfType<string>().ToArray();

        Assert.NotEmpty(messages);
        Assert.DoesNotContain(messages, m => ((string[])["{Text", "{Answer", "{Words", "{Reply", "{Said"]).Any(w => m.Contains(w, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void No_file_names_a_folder_of_one_machine()
    {
        var offenders = Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".json" or ".md" or ".csproj" or ".props" && !Path.GetRelativePath(Repository.Root, f).Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj" or ".git" or "data"))
            .Where(f => File.ReadLines(f).Any(line => line.Contains(string.Concat("/wo", "rk/"), StringComparison.Ordinal) || line.Contains(string.Concat("/ro", "ot/"), StringComparison.Ordinal)));

        Assert.Empty(offenders);
    }

    private static bool IsGenerated(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.Name.Contains('<', StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsPage(Type type) =>
        typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type) || type.Name == "_Imports";
}
