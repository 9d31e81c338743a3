using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Bot.Benchmarks;

/// <summary>Writes rows by the million: COPY on PostgreSQL, one prepared statement in one transaction on SQLite. Tables, columns and stored values are those of the product's model.</summary>
internal static class BulkRows
{
    public static async Task<long> WriteAsync<TRow>(DbContext db, IEnumerable<TRow> rows)
        where TRow : class
    {
        var type = db.Model.FindEntityType(typeof(TRow))!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        var columns = Columns(type, table, row => row).ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        await db.Database.OpenConnectionAsync();
        try
        {
            return db.Database.GetDbConnection() is NpgsqlConnection postgres
                ? await CopyAsync(postgres, $"COPY \"{table.Name}\" ({names}) FROM STDIN (FORMAT BINARY)", columns, rows)
                : await InsertAsync((SqliteConnection)db.Database.GetDbConnection(), $"INSERT INTO \"{table.Name}\" ({names})", columns, rows);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<long> CopyAsync<TRow>(NpgsqlConnection connection, string copy, List<Column> columns, IEnumerable<TRow> rows)
        where TRow : class
    {
        await using var writer = await connection.BeginBinaryImportAsync(copy);
        writer.Timeout = TimeSpan.FromMinutes(30);
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            foreach (var column in columns)
            {
                if (column.Stored(row) is { } value)
                {
                    await writer.WriteAsync(value, column.StoreType);
                }
                else
                {
                    await writer.WriteNullAsync();
                }
            }
        }

        return (long)await writer.CompleteAsync();
    }

    private static async Task<long> InsertAsync<TRow>(SqliteConnection connection, string into, List<Column> columns, IEnumerable<TRow> rows)
        where TRow : class
    {
        await using var all = (SqliteTransaction)await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.Transaction = all;
#pragma warning disable CA2100 // Names come from the product's model.
        insert.CommandText = $"{into} VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
#pragma warning restore CA2100
        var parameters = columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter($"$p{i}", null))).ToList();
        var written = 0L;
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                parameters[i].Value = columns[i].Stored(row) ?? DBNull.Value;
            }

            written += insert.ExecuteNonQuery();
        }

        await all.CommitAsync();
        return written;
    }

    private static IEnumerable<Column> Columns(ITypeBase type, StoreObjectIdentifier table, Func<object, object?> holder)
    {
        foreach (var property in type.GetProperties())
        {
            yield return new Column(property.GetColumnName(table)!, property.GetRelationalTypeMapping().StoreType, holder, property.PropertyInfo!, property.GetRelationalTypeMapping().Converter);
        }

        foreach (var complex in type.GetComplexProperties())
        {
            foreach (var column in Columns(complex.ComplexType, table, row => holder(row) is { } held ? complex.PropertyInfo!.GetValue(held) : null))
            {
                yield return column;
            }
        }
    }

    private sealed record Column(string Name, string StoreType, Func<object, object?> Holder, PropertyInfo Property, ValueConverter? Converter)
    {
        public object? Stored(object row)
        {
            var value = Holder(row) is { } held ? Property.GetValue(held) : null;
            return value is null || Converter is null ? value : Converter.ConvertToProvider(value);
        }
    }
}
