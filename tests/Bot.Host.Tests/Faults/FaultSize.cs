namespace Bot.Host.Tests.Faults;

/// <summary>How much of a fault: a short form by default, the full one where a variable asks for it.</summary>
internal static class FaultSize
{
    public static int Kills => Of("AFTERPILOT_TEST_KILLS", 6);

    public static int Seed => Of("AFTERPILOT_TEST_SEED", Random.Shared.Next());

    /// <summary>Of a round that is interrupted.</summary>
    public static int People => Of("AFTERPILOT_TEST_PEOPLE", 400);

    public static TimeSpan StoreGone => TimeSpan.FromSeconds(Of("AFTERPILOT_TEST_STORE_GONE", 15));

    public static TimeSpan PlatformAway => TimeSpan.FromSeconds(Of("AFTERPILOT_TEST_PLATFORM_AWAY", 20));

    private static int Of(string variable, int otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? int.Parse(set) : otherwise;
}
