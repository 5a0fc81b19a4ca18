using System.Security.Cryptography;
using System.Text;
using Dapper;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_tables_are_these()
    {
        await using var store = await Store.OpenAsync();
        await using var connection = await store.Database.ReadAsync(TestContext.Current.CancellationToken);

        var schema = await connection.QueryAsync<string>("select sql from sqlite_master where sql is not null and name <> 'SchemaVersions' order by name");

        Golden.Match(string.Join("\n\n", schema));
    }

    [Fact]
    public async Task Every_column_of_a_key_is_required_and_the_study_comes_first()
    {
        await using var store = await Store.OpenAsync();
        await using var connection = await store.Database.ReadAsync(TestContext.Current.CancellationToken);

        var keys = (await connection.QueryAsync<(string Table, string Column, long Required, long Place)>(
            """
            select t.name, c.name, c."notnull", c.pk from sqlite_master t join pragma_table_info(t.name) c
             where t.type = 'table' and t.name not in ('SchemaVersions', 'master_key') and t.name not like 'sqlite_%' and c.pk > 0
            """)).ToList();

        Assert.True(keys.Count > 20);
        Assert.All(keys, key => Assert.Equal(1, key.Required));
        Assert.All(keys.Where(key => key.Place == 1), key => Assert.Equal("study", key.Column));
    }

    /// <summary>A script that ran somewhere must stay what it was: whoever needs another table adds a script.</summary>
    [Fact]
    public void A_script_never_changes()
    {
        var assembly = typeof(Database).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd().ReplaceLineEndings("\n");
            return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))} {name}";
        });

        Golden.Match(string.Join('\n', scripts));
    }

    [Fact]
    public void Only_this_folder_speaks_to_the_database()
    {
        var types = NetArchTest.Rules.Types.InAssembly(typeof(Database).Assembly);
        Assert.NotEmpty(types.That().ResideInNamespace("FossVoices.Storage").And().HaveDependencyOn("Dapper").GetTypes());

        var others = types.That().DoNotResideInNamespace("FossVoices.Storage").And().HaveDependencyOnAny("Dapper", "Microsoft.Data.Sqlite", "DbUp").GetTypes();

        Assert.Empty(others.Select(type => type.FullName));
    }
}
