namespace Bot.Slack.Tests;

/// <summary>A test against what Slack itself publishes for Node: runs where AFTERPILOT_TEST_NODE names tests/node with its packages installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public const string Variable = "AFTERPILOT_TEST_NODE";

    public NodeFactAttribute()
    {
        if (Folder is not { } folder || !Directory.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt")))
        {
            Skip = $"Needs Node and the packages of tests/node: set {Variable} to its path, and run npm ci there. CI does both.";
        }
    }

    public static string? Folder => Environment.GetEnvironmentVariable(Variable);
}
