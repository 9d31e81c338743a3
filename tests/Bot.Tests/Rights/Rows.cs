using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Rights;

/// <summary>Every row of every table as it is stored, one line each.</summary>
internal sealed record Rows(IReadOnlyDictionary<string, IReadOnlySet<string>> ByTable)
{
    public static Task<Rows> ReadAsync(Product product) => product.UseAsync(async db =>
    {
        var tables = new Dictionary<string, IReadOnlySet<string>>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct())
        {
            tables[table] = await ReadAsync(db, table);
        }

        return new Rows(tables);
    });

    /// <summary>What is no more as it was.</summary>
    public IEnumerable<string> Without(Rows later) => ByTable.SelectMany(t => t.Value.Except(later.ByTable[t.Key]).Select(row => $"{t.Key}: {row}"));

    private static async Task<IReadOnlySet<string>> ReadAsync(BotDb db, string table)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new HashSet<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i))}")));
        }

        return rows;
    }
}
