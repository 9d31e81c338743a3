namespace Bot.Tests;

/// <summary>A test on PostgreSQL: runs where AFTERPILOT_TEST_POSTGRES names a server.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (string.IsNullOrEmpty(TestStore.Server))
        {
            Skip = $"Needs PostgreSQL: set {TestStore.ServerVariable} to its connection string. CI starts one.";
        }
    }
}
