namespace Bot.Store.Migrations;

/// <summary>
/// The SQL of a migration for one database, written by hand: the design-time package that would write it does not restore, and plain SQL
/// says exactly what happens to an operator's data. A test holds that an empty database migrated equals the model.
/// </summary>
internal static class Script
{
    public static string Of(string migration, string? provider)
    {
        var database = provider switch
        {
            "Microsoft.EntityFrameworkCore.Sqlite" => "sqlite",
            "Npgsql.EntityFrameworkCore.PostgreSQL" => "postgres",
            _ => throw new NotSupportedException($"There is no migration {migration} for {provider}."),
        };
        var name = $"Bot.Store.Migrations.{migration}.{database}.sql";
        using var stream = typeof(Script).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
