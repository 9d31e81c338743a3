using Bot.Host.Tests.Browser;

namespace Bot.Host.Tests.Teams;

/// <summary>A test of the Agents Playground in a real browser: runs where both are named.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PlaygroundFactAttribute : FactAttribute
{
    public PlaygroundFactAttribute() => Skip = new NodeFactAttribute().Skip ?? new BrowserFactAttribute().Skip;
}
