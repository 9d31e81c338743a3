namespace Bot.Host.Tests.Browser;

/// <summary>A test in a real browser: runs where AFTERPILOT_TEST_CHROMIUM names one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public const string Variable = "AFTERPILOT_TEST_CHROMIUM";

    public BrowserFactAttribute()
    {
        if (!File.Exists(Environment.GetEnvironmentVariable(Variable)))
        {
            Skip = $"Needs Chromium: set {Variable} to its path. CI installs it.";
        }
    }
}
