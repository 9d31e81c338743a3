using System.Reflection;
using Bot.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bot.Store;

/// <summary>Copies every row from tables in one database to the same tables in another, whatever database either is.</summary>
public static class MoveStore
{
    private const int Chunk = 1000;
    private static readonly MethodInfo Counting = typeof(MoveStore).GetMethod(nameof(CountRowsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo Copying = typeof(MoveStore).GetMethod(nameof(CopyRowsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Rows by table, in the order of the tables' names.</summary>
    public static async Task<IReadOnlyList<(string Table, int Rows)>> CountAsync(DbContext store, CancellationToken ct)
    {
        var counts = new List<(string Table, int Rows)>();
        foreach (var type in Tables(store))
        {
            counts.Add((type.GetTableName()!, await (Task<int>)Counting.MakeGenericMethod(type.ClrType).Invoke(null, [store, ct])!));
        }

        return counts;
    }

    /// <param name="copied">Told how many more rows are copied.</param>
    public static async Task CopyAsync(DbContext from, DbContext to, Action<int> copied, CancellationToken ct)
    {
        foreach (var type in Tables(from))
        {
            await (Task)Copying.MakeGenericMethod(type.ClrType).Invoke(null, [from, to, copied, ct])!;
        }
    }

    /// <summary>There are no foreign keys, so any order will do.</summary>
    private static IEnumerable<IEntityType> Tables(DbContext store) =>
        store.Model.GetEntityTypes().Where(type => !type.IsOwned()).OrderBy(type => type.GetTableName(), StringComparer.Ordinal);

    private static Task<int> CountRowsAsync<TRow>(DbContext store, CancellationToken ct)
        where TRow : class => store.Set<TRow>().CountAsync(ct);

    private static async Task CopyRowsAsync<TRow>(DbContext from, DbContext to, Action<int> copied, CancellationToken ct)
        where TRow : class
    {
        await foreach (var rows in from.Set<TRow>().AsNoTracking().AsAsyncEnumerable().Chunk(Chunk).WithCancellation(ct))
        {
            to.AddRange(rows);
            foreach (var entry in to.ChangeTracker.Entries())
            {
                Clean(entry.Properties);
                Clean(entry.ComplexProperties.SelectMany(complex => complex.Properties));
            }

            await to.SaveChangesAsync(ct);
            to.ChangeTracker.Clear();
            copied(rows.Length);
        }
    }

    /// <summary>Texts of earlier releases may hold what only SQLite took.</summary>
    private static void Clean(IEnumerable<PropertyEntry> properties)
    {
        foreach (var property in properties)
        {
            if (property.CurrentValue is string text && PlainText.Of(text) is var plain && plain.Length != text.Length)
            {
                property.CurrentValue = plain;
            }
        }
    }
}
