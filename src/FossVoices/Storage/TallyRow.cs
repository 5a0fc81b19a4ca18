using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A cell of the tallies as its columns.</summary>
internal sealed record TallyRow
{
    private const string Columns = "wave, public, attested, side, about, area, name, kind, value, counted";

    public string Study { get; init; } = "";

    public string Wave { get; init; } = "";

    public int Public { get; init; }

    public int Attested { get; init; }

    public string Side { get; init; } = "";

    public string About { get; init; } = "";

    public string Area { get; init; } = "";

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Value { get; init; } = "";

    public long Counted { get; init; }

    public static TallyRow Of(string study, TallyCell cell, long counted) => new()
    {
        Study = study,
        Wave = cell.Wave,
        Public = cell.Public ? 1 : 0,
        Attested = cell.Attested ? 1 : 0,
        Side = cell.Side,
        About = cell.About,
        Area = cell.Area,
        Name = cell.Name,
        Kind = cell.Kind,
        Value = cell.Value,
        Counted = counted,
    };

    /// <summary>The cells of a study.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<TallyCell, long>>> ListAsync(SqliteTransaction moment, string study) =>
        (await moment.ListAsync<TallyRow>($"select {Columns} from tally where study = @study", new { study })).ConvertAll(row => row.ToCell());

    /// <summary>The cells of one wave and stratum.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<TallyCell, long>>> ListAsync(SqliteTransaction moment, Stratum stratum) =>
        (await moment.ListAsync<TallyRow>(
            $"select {Columns} from tally where study = @Study and wave = @Wave and public = @isPublic and attested = @attested",
            new { stratum.Study, stratum.Wave, isPublic = stratum.Public ? 1 : 0, attested = stratum.AttestedOnly ? 1 : 0 })).ConvertAll(row => row.ToCell());

    private KeyValuePair<TallyCell, long> ToCell() => new(new TallyCell(Wave, Public != 0, Attested != 0, Side, About, Area, Name, Kind, Value), Counted);
}
