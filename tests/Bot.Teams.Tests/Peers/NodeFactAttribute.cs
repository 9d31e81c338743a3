namespace Bot.Teams.Tests.Peers;

/// <summary>A test against other people's implementations: runs where AFTERPILOT_TEST_NODE names tests/node with its packages installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!Node.IsThere)
        {
            Skip = $"Needs Node and npm ci in tests/node: set {Node.Variable} to that folder. CI does.";
        }
    }
}
