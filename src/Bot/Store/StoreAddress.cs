using Npgsql;

namespace Bot.Store;

/// <summary>What keeps the store.</summary>
public enum Database
{
    /// <summary>One file, one machine.</summary>
    Sqlite,

    /// <summary>A server, any number of machines.</summary>
    Postgres,
}

/// <summary>Where the store is.</summary>
public sealed record StoreAddress(Database Database, string ConnectionString)
{
    public const string PostgresExample = "Host=db.example.org;Database=afterpilot;Username=afterpilot;Password=...";

    /// <summary>Null when it names no server or no database, or cannot be read.</summary>
    public static StoreAddress? Postgres(string? connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "Afterpilot" };
            return string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database) ? null : new StoreAddress(Database.Postgres, parsed.ToString());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
