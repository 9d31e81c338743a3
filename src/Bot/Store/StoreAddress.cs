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
public sealed record StoreAddress(Database Database, string ConnectionString);
