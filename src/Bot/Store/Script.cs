using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store;

/// <summary>
/// The SQL of a migration for one database, written by hand: the design-time package that would write it does not restore, and plain SQL
/// says exactly what happens to an operator's data. A test holds that an empty database migrated equals the model.
/// </summary>
public static class Script
{
    /// <summary>Of the file beside the migration that is named for it and the database, for example <c>Initial.sqlite.sql</c>.</summary>
    public static string Of<TMigration>(string? provider)
        where TMigration : Migration
    {
        var database = provider switch
        {
            "Microsoft.EntityFrameworkCore.Sqlite" => "sqlite",
            "Npgsql.EntityFrameworkCore.PostgreSQL" => "postgres",
            _ => throw new NotSupportedException($"There is no migration {typeof(TMigration).Name} for {provider}."),
        };
        var name = $"{typeof(TMigration).FullName}.{database}.sql";
        using var stream = typeof(TMigration).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
