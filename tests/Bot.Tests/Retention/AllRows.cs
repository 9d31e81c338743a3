using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Retention;

/// <summary>Everything that is in a set of tables.</summary>
internal static class AllRows
{
    private static readonly MethodInfo Reading = typeof(AllRows).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>A line for each row, by table.</summary>
    public static async Task<List<string>> OfAsync(DbContext db)
    {
        var lines = new List<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(type => !type.IsOwned()))
        {
            lines.AddRange(await (Task<List<string>>)Reading.MakeGenericMethod(type.ClrType).Invoke(null, [db])!);
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The tables that hold anything.</summary>
    public static IReadOnlySet<string> Tables(IEnumerable<string> lines) => lines.Select(line => line[..line.IndexOf(' ')]).ToHashSet();

    private static async Task<List<string>> ReadAsync<TRow>(DbContext db)
        where TRow : class => (await db.Set<TRow>().AsNoTracking().ToListAsync()).ConvertAll(row => $"{typeof(TRow).Name} {JsonSerializer.Serialize(row)}");
}
