using FakeSlack.World;

namespace FakeSlack.OAuth;

/// <summary>What the person at Slack's consent page does; a browser that comes there gets this answer.</summary>
/// <param name="By">Who is signed in.</param>
/// <param name="Workspace">Where it is installed; ignored for an organisation.</param>
/// <param name="Organisation">Set: installed for the whole organisation, and in no workspace yet.</param>
public sealed record Consent(string By, Workspace Workspace, Enterprise? Organisation = null)
{
    public bool IsGiven { get; init; } = true;

    /// <summary>Optional scopes that are not granted.</summary>
    public IReadOnlyList<string> LeavesOut { get; init; } = [];
}
