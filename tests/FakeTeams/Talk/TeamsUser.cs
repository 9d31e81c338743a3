using System.Text.Json.Nodes;

namespace FakeTeams.Talk;

/// <summary>Somebody of the tenant.</summary>
/// <param name="Id">As the bot knows them.</param>
/// <param name="AadObjectId">As the tenant knows them.</param>
public sealed record TeamsUser(string Id, string AadObjectId, string Name, string PrincipalName)
{
    /// <summary>IANA name; activities tell it, rosters do not.</summary>
    public string TimeZone { get; init; } = "Europe/Berlin";

    public string Locale { get; init; } = "en-GB";

    /// <summary>The mailbox; rosters tell it where there is one.</summary>
    public string? Email { get; init; } = PrincipalName;

    internal JsonObject AsMember(string tenantId) => new()
    {
        ["id"] = Id,
        ["aadObjectId"] = AadObjectId,
        ["name"] = Name,
        ["givenName"] = Name.Split(' ')[0],
        ["surname"] = Name.Split(' ')[^1],
        ["email"] = Email,
        ["userPrincipalName"] = PrincipalName,
        ["tenantId"] = tenantId,
        ["userRole"] = "user",
    };

    internal JsonObject AsSender() => new() { ["id"] = Id, ["name"] = Name, ["aadObjectId"] = AadObjectId };
}
