namespace Bot.Host.Tests.Teams;

/// <summary>A test with other people's programs: runs where AFTERPILOT_TEST_NODE names tests/node with its packages installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public const string Variable = "AFTERPILOT_TEST_NODE";

    public NodeFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Environment.GetEnvironmentVariable(Variable) ?? "", "node_modules")))
        {
            Skip = $"Needs Node and npm ci in tests/node: set {Variable} to that folder. CI does.";
        }
    }
}
